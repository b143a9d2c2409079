# METADATA
# title: Terraform finds its state where it was
# description: >-
#   where it finds none, Terraform takes everything for not made yet: it plans to make again what
#   there is, fails half-way at names that are taken, and no longer looks after the rest
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/state
#     description: HashiCorp, Terraform state
# custom:
#   severity: error
#   scope: change
#   remedy: take the change back; or move the state along before it is applied, and waive this
#     rule for the change
package change.moved_state

import data.lib.changes

findings contains finding if {
	found := [[field, difference] |
		some field in ["subscriptionId", "resourceGroup", "storageAccount", "container"]
		difference := changes.differs(input.before.infrastructure, input.after.infrastructure, ["state", field])
	]
	[field, [was, is]] := found[0]

	finding := {
		"path": ["infrastructure", "state", field],
		"message": $"Terraform's state is looked for elsewhere: `{field}` was `{was}` and is `{is}`",
	}
}

findings contains finding if {
	some name, both in changes.environments
	[was, is] := changes.differs(both.before, both.after, ["directory"])

	finding := {
		"path": ["environments", name, "directory"],
		"message": $"Terraform's state of `{name}` is below `{was}` and is looked for below `{is}`",
	}
}

findings contains finding if {
	some name, both in changes.environments
	some was, before in both.before.databases
	some is, after in both.after.databases
	after.server == before.server
	was != is

	finding := {
		"path": ["environments", name, "databases", is],
		"message": concat("", [
			$"Terraform's state of server `{after.server}` of `{name}` is that of database `{was}`, ",
			$"which is now `{is}`",
		]),
	}
}
