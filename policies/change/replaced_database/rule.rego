# METADATA
# title: A database server is not made anew by a change beside others
# description: >-
#   Terraform destroys the server before it makes the new one, and the data and the backups go
#   with it: the new one is empty
# custom:
#   severity: error
#   scope: change
#   remedy: take the change back; for such a server add a database beside it, copy the data over,
#     and remove the old one in a later change
package change.replaced_database

import data.lib.changes

findings contains finding if {
	some database in changes.databases
	both := changes.environments[database.environment]
	found := [[path, difference] |
		some path in [["location"], ["resourceGroup"], ["subscriptionId"]]
		difference := changes.differs(both.before, both.after, path)
	]
	finding := told(database, ["environments", database.environment], found[0])
}

# a move says all of it already
findings contains finding if {
	some database in changes.databases
	both := changes.environments[database.environment]
	not changes.first_difference(both.before, both.after, [["location"], ["resourceGroup"], ["subscriptionId"]])
	found := [[path, difference] |
		some path in [["server"], ["geoRedundantBackup"], ["login", "user"]]
		difference := changes.differs(database.before, database.after, path)
	]
	at := ["environments", database.environment, "databases", database.key]
	finding := told(database, at, found[0])
}

told(database, at, [path, [was, is]]) := {
	"path": array.concat(at, path),
	"message": concat("", [
		$"database `{database.key}` of `{database.environment}` is destroyed and made anew, without its data: ",
		$"`{concat(".", path)}` was `{was}` and is `{is}`",
	]),
}
