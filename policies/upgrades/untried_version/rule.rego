# METADATA
# title: Production runs no version that was not tried before
# description: neither a cluster nor a database goes back to an older version
# custom:
#   severity: error
#   scope: platform
#   remedy: upgrade another environment first, and production after it has proved itself there
package upgrades.untried_version

findings contains finding if {
	some environment in input.environments
	environment.tier == "production"
	version := environment.cluster.kubernetesVersion
	newest := max({minor(tried.cluster.kubernetesVersion) | some tried in before_production})
	minor(version) > newest

	finding := {
		"path": ["environments", environment.name, "cluster", "kubernetesVersion"],
		"message": concat("", [
			$"`{environment.name}`, a production environment, runs Kubernetes {version}, ",
			$"and the newest in other environments is 1.{newest}",
		]),
	}
}

findings contains finding if {
	some environment in input.environments
	environment.tier == "production"
	some name, database in environment.databases
	newest := max({to_number(tried.databases[name].version) | some tried in before_production})
	to_number(database.version) > newest

	finding := {
		"path": ["environments", environment.name, "databases", name, "version"],
		"message": concat("", [
			$"database `{name}` of `{environment.name}`, a production environment, has version {database.version}, ",
			$"and the newest in other environments is {newest}",
		]),
	}
}

before_production contains environment if {
	some environment in input.environments
	environment.tier != "production"
}

minor(version) := to_number(split(version, ".")[1])
