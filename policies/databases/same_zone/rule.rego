# METADATA
# title: The standby of a production database is in another zone
# description: a standby beside its server goes down with it when the zone does, as one of Azure's
#   in Sydney did in August 2023; a backup in another region then takes hours, and loses what was
#   written last
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/reliability/reliability-postgresql-flexible-server
#     description: Microsoft, reliability of Azure Database for PostgreSQL
# custom:
#   severity: warning
#   scope: platform
#   remedy: |-
#     write `highAvailability: "ZoneRedundant"`; high availability is switched off and on again for it
package databases.same_zone

# without a backup in another region either, it is found already
findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	some key, database in environment.databases
	database.highAvailability == "SameZone"
	database.geoRedundantBackup

	finding := {
		"path": ["environments", name, "databases", key, "highAvailability"],
		"message": $"the standby of database `{key}` of `{name}`, a production environment, is in the zone of its server",
	}
}
