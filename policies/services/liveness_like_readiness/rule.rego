# METADATA
# title: A liveness probe fails after the readiness probe
# description: where both ask the same and give up at once, a dependency that is slow restarts every
#   pod together, instead of taking them out until it answers again
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: Liveness, readiness and startup probes
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: Configure probes
# custom:
#   severity: warning
#   scope: service
#   remedy: give the liveness probe a higher failureThreshold than the readiness probe, or a path of
#     its own that asks nobody else
package services.liveness_like_readiness

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	input.environments[environment].tier == "production"
	liveness := deployment.probes.liveness
	readiness := deployment.probes.readiness
	liveness.check == readiness.check

	# a port that is open asks no dependency
	liveness.check.kind != "tcp"
	patience(liveness) <= patience(readiness)

	finding := {
		"path": ["services", service.name, "environments", environment, "probes", "liveness"],
		"other": ["services", service.name, "environments", environment, "probes", "readiness"],
		"message": concat("", [
			$"the liveness probe of `{service.name}` asks what its readiness probe asks in `{environment}`, a production ",
			$"environment, and restarts a pod after {patience(liveness)} s; more than {patience(readiness)} s expected",
		]),
	}
}

patience(probe) := probe.periodSeconds * probe.failureThreshold
