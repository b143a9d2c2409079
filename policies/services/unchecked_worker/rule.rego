# METADATA
# title: Somebody notices when a worker hangs
# description: a worker takes no requests, so nothing fails when it hangs, and its queue may grow
#   for a weekend before anybody looks
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: Liveness, readiness and startup probes
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: Configure probes
# custom:
#   severity: notice
#   scope: service
#   remedy: add a liveness probe; a command that looks how old a file is, which the worker touches
#     after each piece of work, is enough
package services.unchecked_worker

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	input.environments[environment].tier == "production"
	deployment.kind == "deployment"
	deployment.ports == []
	deployment.probes.liveness == null
	deployment.replicaCount != 0

	finding := {
		"path": ["services", service.name, "environments", environment, "probes", "liveness"],
		"message": concat("", [
			$"`{service.name}` has neither ports nor a liveness probe in `{environment}`, a production environment: ",
			"nobody notices when it hangs",
		]),
	}
}
