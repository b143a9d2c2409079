# METADATA
# title: A pool that has nodes has services
# description: nodes are paid for by the hour, whether a pod runs on them or not; an empty pool is what
#   is left of a service that moved
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/scale-cluster
#     description: Scale node pools, user pools to no node as well
#   - ref: https://learn.microsoft.com/en-us/azure/aks/cluster-autoscaler
#     description: The cluster autoscaler in AKS
# custom:
#   severity: notice
#   scope: environment
#   remedy: take the pool away, let it scale from 0, or name it in `pool` of the services that belong there
package capacity.idle_pool

import data.lib.capacity

findings contains finding if {
	some environment in input.environments
	some name, pool in environment.cluster.pools
	pool.mode == "User"
	fewest := capacity.fewest_nodes(pool)
	fewest > 0
	not [environment.name, name] in inhabited

	finding := {
		"path": ["environments", environment.name, "cluster", "pools", name, "scaling"],
		"message": concat("", [
			$"pool `{name}` of `{environment.name}` has {fewest} nodes at the least, ",
			"and no service runs on it",
		]),
	}
}

inhabited contains [environment.name, pool] if {
	some environment in input.environments
	some service in input.services
	pool := service.environments[environment.name].scheduling.pool
}
