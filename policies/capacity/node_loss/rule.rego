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
	requested := capacity.requested(environment.name, name, "fewest")
	nodes := capacity.nodes(pool)
	some shortage in capacity.shortages(requested, pool, nodes - 1)

	finding := {
		"path": ["environments", environment.name, "cluster", "pools", name, "scaling"],
		"message": concat("", [
			$"deployments on pool `{name}` of `{environment.name}` request, at their fewest replicas, ",
			$"{shortage} that remain when one of {nodes} nodes is lost",
		]),
	}
}
