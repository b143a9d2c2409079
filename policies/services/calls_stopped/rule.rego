# METADATA
# title: What is called runs
# description: a service without pods has an address and nobody behind it; who calls it waits, or
#   fails at each request
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/
#     description: Service
# custom:
#   severity: warning
#   scope: environment
#   remedy: raise replicaCount of the service that is called, or stop its callers as well
package services.calls_stopped

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	some index, called in placed.calls
	called in stopped[environment]
	not is_stopped(placed)

	finding := {
		"path": ["services", service.name, "environments", environment, "calls", index],
		"other": ["services", called, "environments", environment, "replicaCount"],
		"message": concat("", [
			$"`{service.name}` calls `{called}` in `{environment}`, ",
			"which has replicaCount 0 there",
		]),
	}
}

stopped[environment] contains service.name if {
	some service in input.services
	some environment, placed in service.environments
	placed.replicaCount == 0
}

is_stopped(placed) if placed.replicaCount == 0

is_stopped(placed) if placed.schedule.suspended
