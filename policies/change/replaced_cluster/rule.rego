# METADATA
# title: A production cluster is not made anew by a change beside others
# description: Terraform destroys the cluster before it makes the new one, and with it all that
#   runs there and whatever is kept in it alone, such as the key that opens sealed secrets
# custom:
#   severity: error
#   scope: change
#   remedy: take the change back; for a new cluster add an environment, move the traffic over and
#     remove the old one
package change.replaced_cluster

import data.lib.changes

findings contains finding if {
	some name in changes.production
	path := changes.made_anew[name]
	both := changes.environments[name]
	[was, is] := changes.differs(both.before, both.after, path)

	finding := {
		"path": array.concat(["environments", name], path),
		"message": concat("", [
			$"the cluster of `{name}`, a production environment, is destroyed and made anew: ",
			$"`{concat(".", path)}` was `{was}` and is `{is}`",
		]),
	}
}

# also where nobody said it before, and Azure chose
findings contains finding if {
	some name in changes.production
	not changes.made_anew[name]
	both := changes.environments[name]
	both.before.cluster
	was := object.get(both.before.extraInputs, ["cluster", "node_resource_group"], null)
	is := object.get(both.after.extraInputs, ["cluster", "node_resource_group"], null)
	was != is

	finding := {
		"path": ["environments", name, "extraInputs"],
		"message": concat("", [
			$"the cluster of `{name}`, a production environment, is destroyed and made anew: ",
			"extra inputs give its nodes another resource group",
		]),
	}
}
