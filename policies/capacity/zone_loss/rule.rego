# METADATA
# title: Production runs on with one zone lost
# description: when a data centre fails, its share of the nodes is gone for hours, and every platform
#   in the region asks for new machines in the zones that are left
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/availability-zones
#     description: Availability zones in AKS
#   - ref: https://kubernetes.io/docs/setup/best-practices/multiple-zones/
#     description: Running in multiple zones
# custom:
#   severity: warning
#   scope: environment
#   remedy: give the pool so many nodes that those of the other zones are enough, or lower the requests
#     of its services
package capacity.zone_loss

import data.lib.capacity

findings contains finding if {
	some environment in input.environments
	environment.tier == "production"
	some name, pool in environment.cluster.pools
	zones := count(pool.zones)
	zones > 1
	needed := environment.nodesNeeded[name].fewest
	nodes := capacity.nodes(pool)

	# what one node less is too few for, `capacity/node_loss` finds
	needed <= nodes - 1
	remaining := nodes - ceil(nodes / zones)
	needed > remaining

	finding := {
		"path": ["environments", environment.name, "cluster", "pools", name, "scaling"],
		"message": concat("", [
			$"deployments on pool `{name}` of `{environment.name}` need, at their fewest replicas, ",
			$"{needed} nodes, and {remaining} of {nodes} remain when one of {zones} zones is lost",
		]),
	}
}
