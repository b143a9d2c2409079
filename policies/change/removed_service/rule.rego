# METADATA
# title: A production service is not taken away by a change beside others
# description: Argo CD prunes it as soon as the change is there, whoever still calls it; and
#   whoever deletes a line too many in a long file does not mean that
# related_resources:
#   - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/
#     description: Argo CD, automated sync policy
# custom:
#   severity: warning
#   scope: change
#   remedy: take it back; or see that nobody calls it any more, and remove it by a change of its
#     own
package change.removed_service

import data.lib.changes

# what a release runs once is gone when it is done
findings contains finding if {
	some key, service in input.before.services
	some name, before in service.environments
	name in changes.production
	before.kind != "releaseJob"
	not input.after.services[key].environments[name]

	finding := {
		"path": parent(key),
		"message": $"`{key}` is gone from `{name}`, a production environment",
	}
}

parent(key) := ["services", key] if input.after.services[key]

else := ["services"]
