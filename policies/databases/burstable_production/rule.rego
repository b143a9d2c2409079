# METADATA
# title: A production database has its processors to itself
# description: a burstable size runs at a fraction of a core once its credits are used up, in the
#   busiest hour and not before, and it cannot have a standby
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/postgresql/flexible-server/concepts-compute
#     description: Microsoft, compute options of Azure Database for PostgreSQL
# custom:
#   severity: warning
#   scope: platform
#   remedy: choose a size that begins with `GP_` or `MO_`; the change takes a restart
package databases.burstable_production

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	some key, database in environment.databases
	not environment.extraInputs[$"database-{key}"].sku_name
	startswith(database.size, "B_")

	finding := {
		"path": ["environments", name, "databases", key, "size"],
		"message": $"database `{key}` of `{name}`, a production environment, has the burstable size {database.size}",
	}
}

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	some key, _ in environment.databases
	unit := $"database-{key}"
	size := environment.extraInputs[unit].sku_name
	startswith(size, "B_")

	finding := {
		"path": ["environments", name, "extraInputs", unit, "sku_name"],
		"message": $"extra inputs give database `{key}` of `{name}`, a production environment, the burstable size {size}",
	}
}
