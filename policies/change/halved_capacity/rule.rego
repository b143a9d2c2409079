# METADATA
# title: Production keeps more than half of its room
# description: what it had was likely needed in the busiest hour, which is not the hour of the
#   change; and all that goes at once is drained at once
# custom:
#   severity: warning
#   scope: change
#   remedy: take it down in steps, and look at the busiest day between them
package change.halved_capacity

import data.lib.capacity
import data.lib.changes

findings contains finding if {
	some pool in changes.pools
	pool.environment in changes.production
	not changes.made_anew[pool.environment]
	was := capacity.nodes(pool.before)
	is := capacity.nodes(pool.after)
	halved(was, is)

	finding := {
		"path": ["environments", pool.environment, "cluster", "pools", pool.key, "scaling"],
		"message": concat("", [
			$"pool `{pool.key}` of `{pool.environment}`, a production environment, had at most {was} nodes ",
			$"and has at most {is}",
		]),
	}
}

# of one that is left another rule speaks
findings contains finding if {
	some key, service in input.after.services
	some name, after in service.environments
	name in changes.production
	[_, was] := most(input.before.services[key].environments[name])
	[field, is] := most(after)
	is > 1
	halved(was, is)

	finding := {
		"path": array.concat(["services", key, "environments", name], field),
		"message": $"`{key}` had at most {was} replicas in `{name}`, a production environment, and has at most {is}",
	}
}

most(placed) := [["replicaCount"], placed.replicaCount] if is_number(placed.replicaCount)

else := [["autoscaling", "maxReplicas"], placed.autoscaling.maxReplicas]

halved(was, is) if {
	is < was
	is * 2 <= was
}
