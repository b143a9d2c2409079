# METADATA
# title: A pool has room for all that may run on it
# description: when all deployments scale up at once, as they do on a busy day, the last replicas
#   stay Pending
# custom:
#   severity: warning
#   scope: environment
#   remedy: raise the node count of the pool, or lower maxReplicas or requests of its services
package capacity.pool_overcommit

import data.lib.capacity

findings contains finding if {
	some environment in input.environments
	some name, pool in environment.cluster.pools
	needed := environment.nodesNeeded[name].most
	nodes := capacity.nodes(pool)
	needed > nodes

	finding := {
		"path": ["environments", environment.name, "cluster", "pools", name, "scaling"],
		"message": concat("", [
			$"deployments on pool `{name}` of `{environment.name}` need, at their most replicas, ",
			$"{needed} nodes, and it has {nodes}",
		]),
	}
}
