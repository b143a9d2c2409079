# METADATA
# title: A liveness probe is in no hurry
# description: a restart mends what hangs and nothing else; a pod that is slow for some seconds (a
#   garbage collection, a busy node) is killed by it, its requests go to the others, and they are
#   killed next
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: Liveness, readiness and startup probes
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: Configure probes
# custom:
#   severity: warning
#   scope: service
#   remedy: set failureThreshold and periodSeconds so that 20 s and more pass, and leave what is
#     quicker to the readiness probe
package services.eager_liveness

# what a garbage collection or a busy node takes now and then
shortest_seconds := 20

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	input.environments[environment].tier == "production"
	liveness := deployment.probes.liveness
	seconds := liveness.periodSeconds * liveness.failureThreshold
	seconds < shortest_seconds

	finding := {
		"path": ["services", service.name, "environments", environment, "probes", "liveness"],
		"message": concat("", [
			$"the liveness probe of `{service.name}` restarts a pod in `{environment}`, a production environment, ",
			$"after {seconds} s without an answer; at least {shortest_seconds} s expected",
		]),
	}
}
