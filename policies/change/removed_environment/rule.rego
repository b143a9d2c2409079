# METADATA
# title: An environment is not taken away by a change beside others
# description: all that is of it is pruned and destroyed, its databases among them; whoever deletes
#   a line too many in a long file does not mean that
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/
# custom:
#   severity: error
#   scope: change
#   remedy: take it back; or waive this rule in the platform, for the change that removes the
#     environment
package change.removed_environment

findings contains finding if {
	some name, _ in input.before.environments
	not input.after.environments[name]

	finding := {
		"path": ["environments"],
		"message": $"environment `{name}` is gone, with its cluster, its databases and all that runs there",
	}
}
