# METADATA
# title: What the deployments of a pool request, against what its nodes have
# description: |
#   Jobs are left out, because they wait for room. So are the surge of rolling updates and the leftovers of
#   uneven packing: a pool that is too small by these numbers is too small.
package lib.capacity

import data.lib.quantity

# METADATA
# title: The most nodes that a pool may have
# scope: document
nodes(pool) := pool.scaling.count if pool.scaling.kind == "fixed"

nodes(pool) := pool.scaling.max if pool.scaling.kind == "auto"

# METADATA
# title: What all deployments on a pool request
# description: "`{millicores, bytes}`, at their `fewest` or `most` replicas"
requested(environment, pool, extent) := {"millicores": sum(millicores), "bytes": sum(bytes)} if {
	deployments := [placed |
		some service in input.services
		placed := service.environments[environment]
		placed.kind == "deployment"
		placed.scheduling.pool == pool
	]
	millicores := [product([replicas(placed, extent), quantity.millicores(placed.resources.requests.cpu)]) |
		some placed in deployments
	]
	bytes := [product([replicas(placed, extent), quantity.bytes(placed.resources.requests.memory)]) |
		some placed in deployments
	]
}

# METADATA
# title: What so many nodes of a pool do not have of what is requested, in words
# description: empty for a machine size that nobody knows
shortages(request, pool, node_count) := cpu_shortages | memory_shortages if {
	cpu := pool.allocatable.cpuMillicores * node_count
	memory := pool.allocatable.memoryMib * node_count
	mebibytes := ceil(request.bytes / quantity.mib)
	cpu_shortages := {$"cpu {request.millicores}m of {cpu}m" | request.millicores > cpu}
	memory_shortages := {$"memory {mebibytes}Mi of {memory}Mi" | mebibytes > memory}
}

replicas(placed, _) := placed.replicaCount if placed.autoscaling == null

replicas(placed, "fewest") := placed.autoscaling.minReplicas

replicas(placed, "most") := placed.autoscaling.maxReplicas
