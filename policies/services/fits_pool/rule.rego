# METADATA
# title: A pod fits on a node of its pool
# description: a pod that asks for more than an empty node has is never scheduled, and no autoscaler
#   adds a node for it
# custom:
#   severity: error
#   scope: service
#   remedy: lower the request, or run the service on a pool of larger machines
package services.fits_pool

import data.lib.quantity

# a machine size that nobody knows is not judged: its allocatable is null, and has no fields
findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	pool := input.environments[environment].cluster.pools[placed.scheduling.pool]
	requested := placed.resources.requests.cpu
	quantity.millicores(requested) > pool.allocatable.cpuMillicores

	finding := {
		"path": ["services", service.name, "environments", environment, "resources", "requests", "cpu"],
		"message": concat("", [
			$"`{service.name}` requests cpu {requested} in `{environment}`, ",
			$"and a node of pool `{pool.name}` has {pool.allocatable.cpuMillicores}m for pods",
		]),
	}
}

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	pool := input.environments[environment].cluster.pools[placed.scheduling.pool]
	requested := placed.resources.requests.memory
	quantity.bytes(requested) > pool.allocatable.memoryMib * quantity.mib

	finding := {
		"path": ["services", service.name, "environments", environment, "resources", "requests", "memory"],
		"message": concat("", [
			$"`{service.name}` requests memory {requested} in `{environment}`, ",
			$"and a node of pool `{pool.name}` has {pool.allocatable.memoryMib}Mi for pods",
		]),
	}
}
