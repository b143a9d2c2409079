# METADATA
# title: A production database can be brought back
# description: a fault found after two weeks, or the loss of a zone, must not be the end of the data
# custom:
#   severity: error
#   scope: environment
#   remedy: keep backups for 14 days or more, and make high availability zone-redundant;
#     geo-redundant backup can only be chosen for a new server
package databases.production_backup

findings contains finding if {
	some environment in input.environments
	environment.tier == "production"
	some name, database in environment.databases
	database.backupRetentionDays < 14

	finding := {
		"path": ["environments", environment.name, "databases", name, "backupRetentionDays"],
		"message": concat("", [
			$"database `{name}` of `{environment.name}`, a production environment, ",
			$"keeps backups for {database.backupRetentionDays} days; at least 14 expected",
		]),
	}
}

findings contains finding if {
	some environment in input.environments
	environment.tier == "production"
	some name, database in environment.databases
	not survives_a_zone(database)

	finding := {
		"path": ["environments", environment.name, "databases", name, "highAvailability"],
		"message": concat("", [
			$"database `{name}` of `{environment.name}`, a production environment, ",
			"has neither a standby in another zone nor a backup in another region",
		]),
	}
}

survives_a_zone(database) if database.highAvailability == "ZoneRedundant"

survives_a_zone(database) if database.geoRedundantBackup
