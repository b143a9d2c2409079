# METADATA
# title: Production stays in its namespace
# description: Argo CD prunes everything in the old namespace and makes it in the new one, where
#   no sealed secret opens, as it is sealed for its namespace, and where every volume is empty
# related_resources:
#   - ref: https://github.com/bitnami-labs/sealed-secrets#scopes
#     description: Sealed Secrets, scopes
# custom:
#   severity: warning
#   scope: change
#   remedy: take it back; or seal the secrets for the new namespace first, and copy the volumes
#     over
package change.moved_namespace

import data.lib.changes

findings contains finding if {
	some name in changes.production
	both := changes.environments[name]
	[was, is] := changes.differs(both.before, both.after, ["namespace"])

	finding := {
		"path": ["environments", name, "namespace"],
		"message": $"`{name}`, a production environment, was in namespace `{was}` and is in `{is}`",
	}
}
