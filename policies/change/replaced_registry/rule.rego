# METADATA
# title: The registry is not made anew by a change beside others
# description: >-
#   Terraform destroys it before it makes the new one, and every image that was ever pushed goes
#   with it: pods that start anew find nothing to run, in all environments
# custom:
#   severity: error
#   scope: change
#   remedy: take the change back; for another registry copy the images over first, with `az acr
#     import`
package change.replaced_registry

import data.lib.changes

findings contains finding if {
	found := [[field, difference] |
		some field in ["name", "location", "resourceGroup", "subscriptionId", "zoneRedundant"]
		difference := changes.differs(input.before.registry, input.after.registry, [field])
	]
	[field, [was, is]] := found[0]

	finding := {
		"path": ["registry", field],
		"message": $"the registry is destroyed and made anew, without its images: its `{field}` was `{was}` and is `{is}`",
	}
}
