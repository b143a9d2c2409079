# METADATA
# title: Production has an Azure subscription of its own
# description: rights, quotas and budgets are a subscription's, so who may delete there for a test
#   may delete production, and a test that takes all cores leaves none for it; at Code Spaces in
#   2014 one set of rights reached all, and all was deleted
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/governance/management-groups/overview
#     description: Microsoft, management groups and subscriptions
# custom:
#   severity: notice
#   scope: platform
#   remedy: make a subscription for production; what exists is moved, or made anew at the next
#     occasion
package isolation.shared_subscription

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	first := min({other |
		some other, shared in input.environments
		shared.tier != "production"
		shared.subscriptionId == environment.subscriptionId
	})

	finding := {
		"path": ["environments", name, "subscriptionId"],
		"other": ["environments", first, "subscriptionId"],
		"message": $"`{name}`, a production environment, shares its Azure subscription with `{first}`",
	}
}
