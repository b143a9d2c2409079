# METADATA
# title: A production node pool goes when nothing runs on it any more
# description: Terraform deletes its nodes when that is applied and Argo CD moves the pods when it
#   syncs, and nothing has them wait for each other; pods that ask for a pool that is gone stay
#   pending
# custom:
#   severity: warning
#   scope: change
#   remedy: keep the pool until its services run on the other one, and remove it in a later change
package change.removed_pool

import data.lib.changes

findings contains finding if {
	some key, service in input.after.services
	some name, after in service.environments
	name in changes.production
	was := input.before.services[key].environments[name].scheduling.pool
	both := changes.environments[name]
	both.before.cluster.pools[was]
	not both.after.cluster.pools[was]

	finding := {
		"path": ["services", key, "environments", name, "scheduling", "pool"],
		"message": concat("", [
			$"`{key}` moves to pool `{after.scheduling.pool}` in `{name}`, a production environment, ",
			$"while its pool `{was}` is removed",
		]),
	}
}
