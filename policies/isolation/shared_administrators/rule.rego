# METADATA
# title: Who administrates a test cluster does not thereby administrate production
# description: rights on a test cluster are given freely and seldom taken back, and with one group
#   for both each of them is a right on production
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/manage-azure-rbac
#     description: Microsoft, use Azure RBAC for Kubernetes authorization
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/privileged-identity-management/pim-configure
#     description: Microsoft, Privileged Identity Management
# custom:
#   severity: notice
#   scope: platform
#   remedy: make a group for production alone, with few members or ones that ask for it each time
package isolation.shared_administrators

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	[first, group] := min({[other, group] |
		some other, shared in input.environments
		shared.tier != "production"
		some group in shared.cluster.adminGroups
		group in environment.cluster.adminGroups
	})

	finding := {
		"path": ["environments", name, "cluster", "adminGroups"],
		"other": ["environments", first, "cluster", "adminGroups"],
		"message": concat("", [
			$"the Entra group `{group}` administrates the clusters of `{name}`, a production environment, ",
			$"and of `{first}`",
		]),
	}
}
