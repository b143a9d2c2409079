# METADATA
# title: Production runs on with one node lost
# description: a node that fails is replaced within minutes, and until then its pods need room on
#   the others
# custom:
#   severity: warning
#   scope: environment
#   remedy: give the pool one node more, or lower the requests of its services
package capacity.node_loss

import data.lib.capacity

findings contains finding if {
	some environment in input.environments
	environment.tier == "production"
	some name, pool in environment.cluster.pools
	needed := environment.nodesNeeded[name].fewest
	needed > 0
	nodes := capacity.nodes(pool)
	needed > nodes - 1

	finding := {
		"path": ["environments", environment.name, "cluster", "pools", name, "scaling"],
		"message": concat("", [
			$"deployments on pool `{name}` of `{environment.name}` need, at their fewest replicas, ",
			$"{needed} nodes, and {nodes - 1} remain when one of {nodes} is lost",
		]),
	}
}
