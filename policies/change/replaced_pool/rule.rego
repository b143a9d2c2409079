# METADATA
# title: A production node pool is not made anew under what runs on it
# description: machines of another size are other machines; of any pool but the system pool Azure
#   deletes the old ones first, so what runs there is down until the new ones are up, or for good
#   where there is no quota for them
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/resize-node-pool
#     description: Microsoft, resize node pools in AKS
# custom:
#   severity: warning
#   scope: change
#   remedy: add a pool of that size beside it, move its services over, and remove the old one in a
#     later change
package change.replaced_pool

import data.lib.changes

findings contains finding if {
	some pool in changes.pools
	pool.environment in changes.production
	not changes.made_anew[pool.environment]
	not pool.system
	field := changes.first_difference(pool.before, pool.after, [["size"], ["azureName"]])
	[was, is] := changes.differs(pool.before, pool.after, field)

	finding := {
		"path": array.concat(["environments", pool.environment, "cluster", "pools", pool.key], field),
		"message": concat("", [
			$"pool `{pool.key}` of `{pool.environment}`, a production environment, is deleted and made anew: ",
			$"its {names[field[0]]} was `{was}` and is `{is}`",
		]),
	}
}

findings contains finding if {
	some pool in changes.pools
	pool.environment in changes.production
	not changes.made_anew[pool.environment]
	pool.system
	[was, is] := changes.differs(pool.before, pool.after, ["size"])

	finding := {
		"path": ["environments", pool.environment, "cluster", "pools", pool.key, "size"],
		"message": concat("", [
			$"every node of system pool `{pool.key}` of `{pool.environment}`, a production environment, is drained and ",
			$"replaced: its size was `{was}` and is `{is}`",
		]),
	}
}

names := {"azureName": "name in Azure", "size": "size"}
