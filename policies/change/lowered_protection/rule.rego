# METADATA
# title: What protects the data of production is not taken down by the way
# description: it is missed on the one day on which it is needed, and what was not kept until then
#   cannot be kept afterwards
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/reliability/reliability-postgresql-flexible-server
#     description: Microsoft, reliability of Azure Database for PostgreSQL
# custom:
#   severity: warning
#   scope: change
#   remedy: take it back; or waive this rule at the database, with the reason why less is enough
package change.lowered_protection

import data.lib.changes

# of what is too short for production anyway another rule speaks
findings contains finding if {
	some database in changes.databases
	database.environment in changes.production
	[was, is] := changes.differs(database.before, database.after, ["backupRetentionDays"])
	is < was
	is >= 14

	finding := {
		"path": ["environments", database.environment, "databases", database.key, "backupRetentionDays"],
		"message": concat("", [
			$"database `{database.key}` of `{database.environment}`, a production environment, ",
			$"kept backups for {was} days and keeps them for {is}",
		]),
	}
}

# without a backup in another region either another rule speaks
findings contains finding if {
	some database in changes.databases
	database.environment in changes.production
	is_string(database.before.highAvailability)
	database.after.highAvailability == null
	database.after.geoRedundantBackup

	finding := {
		"path": ["environments", database.environment, "databases", database.key, "highAvailability"],
		"message": $"database `{database.key}` of `{database.environment}`, a production environment, loses its standby",
	}
}
