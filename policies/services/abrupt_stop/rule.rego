# METADATA
# title: A public service waits before it stops
# description: a pod is told to stop while the ingress controller still sends it requests; without
#   some seconds of waiting each release answers some of them with 502
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
#     description: Termination of pods
#   - ref: https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
#     description: Container lifecycle hooks
# custom:
#   severity: warning
#   scope: service
#   remedy: set shutdown.preStopSeconds to 5 or more, below gracePeriodSeconds
package services.abrupt_stop

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	input.environments[environment].tier == "production"
	deployment.shutdown.preStopSeconds == 0
	host := deployment.ingress.hosts[0]

	finding := {
		"path": ["services", service.name, "environments", environment, "shutdown", "preStopSeconds"],
		"message": concat("", [
			$"`{service.name}` is reachable as `{host.host}` in `{environment}`, a production environment, ",
			"and its pods stop at once, with requests on the way to them",
		]),
	}
}
