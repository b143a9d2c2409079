# METADATA
# title: A database is not taken away by a change beside others
# description: its data and its backups go with it, and whoever deletes a line too many in a long
#   file does not mean that
# custom:
#   severity: error
#   scope: change
#   remedy: take it back; or keep its data elsewhere, and waive this rule in the environment for
#     the change that removes it
package change.removed_database

import data.lib.changes

findings contains finding if {
	some name, both in changes.environments
	some key, before in both.before.databases
	not both.after.databases[key]
	not before.server in {database.server | some database in both.after.databases}

	finding := {
		"path": ["environments", name, "databases"],
		"message": $"database `{key}` of `{name}` is gone, with its server and its data",
	}
}

findings contains finding if {
	some database in changes.databases
	some name in database.before.databases
	not name in database.after.databases

	finding := {
		"path": ["environments", database.environment, "databases", database.key, "databases"],
		"message": $"database `{name}` on server `{database.key}` of `{database.environment}` is gone, with its data",
	}
}
