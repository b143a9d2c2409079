# METADATA
# title: A production service says when it is ready
# description: without a readiness probe a pod gets requests before it listens, and a release that
#   cannot start replaces one that works
# custom:
#   severity: error
#   scope: service
#   remedy: add a readiness probe; a tcp check of the port is the least
package services.missing_readiness

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	input.environments[environment].tier == "production"
	deployment.kind == "deployment"
	deployment.probes.readiness == null
	takes_requests(deployment)

	finding := {
		"path": ["services", service.name, "environments", environment, "probes", "readiness"],
		"message": concat("", [
			$"`{service.name}` takes requests in `{environment}`, a production environment, ",
			"and has no readiness probe",
		]),
	}
}

# metrics are collected pod by pod, ready or not
takes_requests(deployment) if {
	some port in deployment.ports
	port.name != "metrics"
}
