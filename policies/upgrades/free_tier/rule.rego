# METADATA
# title: The API server of production is answered for
# description: of a cluster of tier Free nobody promises that its API server is there, and it is
#   sized for ten nodes; while it is away nothing is scheduled, scaled or delivered
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/free-standard-pricing-tiers
#     description: Microsoft, Free, Standard and Premium pricing tiers of AKS
# custom:
#   severity: warning
#   scope: platform
#   remedy: |-
#     write `tier: "Standard"`, or leave it out; the change needs no new cluster
package upgrades.free_tier

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	not environment.extraInputs.cluster.sku.tier
	environment.cluster.tier == "Free"

	finding := {
		"path": ["environments", name, "cluster", "tier"],
		"message": $"the cluster of `{name}`, a production environment, is of tier Free",
	}
}

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	environment.extraInputs.cluster.sku.tier == "Free"

	finding := {
		"path": ["environments", name, "extraInputs", "cluster", "sku", "tier"],
		"message": $"extra inputs make the cluster of `{name}`, a production environment, one of tier Free",
	}
}
