# METADATA
# title: A memory limit is near its request
# description: a node is filled by what pods request; when all take what they may, its memory is gone,
#   and the kernel kills pods that did nothing wrong
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/
#     description: Node-pressure eviction
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#     description: Resource management for pods and containers
# custom:
#   severity: warning
#   scope: service
#   remedy: request what the service takes on a busy day, and set the limit to twice that at most
package capacity.overcommitted_memory

import data.lib.quantity

# twice is usual
most_times := 4

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	input.environments[environment].tier == "production"
	requested := placed.resources.requests.memory
	limit := placed.resources.limits.memory
	limit != requested
	quantity.bytes(limit) > most_times * quantity.bytes(requested)

	finding := {
		"path": ["services", service.name, "environments", environment, "resources", "limits", "memory"],
		"other": ["services", service.name, "environments", environment, "resources", "requests", "memory"],
		"message": concat("", [
			$"`{service.name}` requests memory {requested} in `{environment}`, a production environment, ",
			$"and may take {limit}: more than {most_times} times as much",
		]),
	}
}
