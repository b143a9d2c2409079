# METADATA
# title: The storage of a database server only grows
# description: Azure shrinks no disk of a server, so Terraform destroys the server and makes an
#   empty one with the smaller disk
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/postgresql/flexible-server/concepts-limits
#     description: Microsoft, limits of Azure Database for PostgreSQL
# custom:
#   severity: error
#   scope: change
#   remedy: keep the size; for less storage add a database beside it, copy the data over, and
#     remove the old one in a later change
package change.shrunk_storage

import data.lib.changes

findings contains finding if {
	some database in changes.databases
	[was, is] := changes.differs(database.before, database.after, ["storageMb"])
	is < was

	finding := {
		"path": ["environments", database.environment, "databases", database.key, "storageMb"],
		"message": concat("", [
			$"storage of database `{database.key}` of `{database.environment}` ",
			$"was {was / 1024} GiB and is {is / 1024} GiB",
		]),
	}
}
