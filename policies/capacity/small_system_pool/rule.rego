# METADATA
# title: The system pool of production has two nodes of four cores
# description: DNS, the metrics server and the network run on it; when its only node is drained or is
#   out of memory, names of the whole cluster resolve no more
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/use-system-pools
#     description: System node pools in AKS
#   - ref: https://learn.microsoft.com/en-us/azure/aks/best-practices-app-cluster-reliability
#     description: Reliability of applications and clusters in AKS
# custom:
#   severity: warning
#   scope: environment
#   remedy: give the system pool at least two nodes, three in three zones, and a machine size of four
#     cores or more
package capacity.small_system_pool

import data.lib.capacity

# what AKS leaves of four cores is more than this, of two less
enough_millicores := 2000

findings contains finding if {
	some environment in input.environments
	environment.tier == "production"
	name := environment.cluster.systemPool
	fewest := capacity.fewest_nodes(environment.cluster.pools[name])
	fewest < 2

	finding := {
		"path": ["environments", environment.name, "cluster", "pools", name, "scaling"],
		"message": concat("", [
			$"system pool `{name}` of `{environment.name}`, a production environment, may have {fewest} node; ",
			"at least 2 expected",
		]),
	}
}

findings contains finding if {
	some environment in input.environments
	environment.tier == "production"
	name := environment.cluster.systemPool
	pool := environment.cluster.pools[name]
	pool.allocatable.cpuMillicores < enough_millicores

	finding := {
		"path": ["environments", environment.name, "cluster", "pools", name, "size"],
		"message": concat("", [
			$"system pool `{name}` of `{environment.name}`, a production environment, is made of {pool.size}, ",
			$"whose nodes have {pool.allocatable.cpuMillicores}m for pods; machines of at least 4 cores expected",
		]),
	}
}
