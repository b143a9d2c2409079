# METADATA
# title: A production host leads on to its service
# description: visitors, links, certificates and other programs still name it, and nobody of them
#   reads this change
# custom:
#   severity: warning
#   scope: change
#   remedy: take it back; or see that nobody comes by this host any more, such as in the log of
#     the ingress controller
package change.removed_host

import data.lib.changes

# of a service that is gone another rule speaks
findings contains finding if {
	some key, service in input.after.services
	some name, after in service.environments
	name in changes.production
	some was in input.before.services[key].environments[name].ingress.hosts
	hosts := {is.host | some is in after.ingress.hosts}
	not was.host in hosts

	finding := {
		"path": ["services", key, "environments", name],
		"message": $"`{was.host}` of `{name}`, a production environment, no longer leads to `{key}`",
	}
}
