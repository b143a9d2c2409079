# METADATA
# title: What Azure fixes when it makes a node pool stays as it is
# description: the plan shows a harmless update and Azure refuses it when it is applied, so that
#   from then on nothing of the cluster can be changed, until somebody finds out why
# custom:
#   severity: error
#   scope: change
#   remedy: write what it was; add a pool with the other value beside it, move its services over,
#     and remove the old one in a later change
package change.refused_pool

import data.lib.changes

findings contains finding if {
	some pool in changes.pools
	not changes.made_anew[pool.environment]
	not is_made_anew(pool)
	some field in ["maxPods", "osDiskGb", "zones"]
	[was, is] := changes.differs(pool.before, pool.after, [field])

	finding := {
		"path": ["environments", pool.environment, "cluster", "pools", pool.key, field],
		"message": concat("", [
			$"pool `{pool.key}` of `{pool.environment}` keeps its `{field}` as long as it is there: ",
			$"it was {text(was)} and is {text(is)}",
		]),
	}
}

is_made_anew(pool) if {
	not pool.system
	changes.first_difference(pool.before, pool.after, [["size"], ["azureName"]])
}

text(value) := $"{value}" if is_number(value)

text(value) := "none" if value == []

text(value) := concat(", ", value) if count(value) > 0
