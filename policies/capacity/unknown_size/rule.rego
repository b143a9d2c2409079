# METADATA
# title: The room on a node is known
# description: of a machine size that the compiler does not know, no rule of capacity says anything;
#   whether pods fit is then found when they stay Pending
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/virtual-machines/sizes/overview
#     description: Sizes for virtual machines in Azure
#   - ref: https://learn.microsoft.com/en-us/azure/aks/node-resource-reservations
#     description: Resource reservations in AKS
# custom:
#   severity: notice
#   scope: environment
#   remedy: add the size, with its cores and memory, to the table in lib/model/capacity.ts, or write one
#     that is there
package capacity.unknown_size

findings contains finding if {
	some environment in input.environments
	some name, pool in environment.cluster.pools
	pool.allocatable == null

	finding := {
		"path": ["environments", environment.name, "cluster", "pools", name, "size"],
		"message": concat("", [
			$"nobody knows how much room a node of {pool.size} has, ",
			$"so capacity of pool `{name}` of `{environment.name}` is not judged",
		]),
	}
}
