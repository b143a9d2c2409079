# METADATA
# title: Production is not left behind
# description: AKS supports three minor versions and skips none, so a cluster that is two behind is
#   soon without fixes and needs several upgrades in a row; and what is tried elsewhere is then no
#   longer what production runs
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/supported-kubernetes-versions
#     description: Microsoft, supported Kubernetes versions in AKS
#   - ref: https://www.postgresql.org/support/versioning/
#     description: PostgreSQL, versioning policy
# custom:
#   severity: warning
#   scope: platform
#   remedy: upgrade production to what has proved itself elsewhere, a cluster one minor version at a
#     time
package upgrades.left_behind

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	version := environment.cluster.kubernetesVersion
	newest := max({minor(tried.cluster.kubernetesVersion) | some tried in before_production})
	minor(version) < newest - 1

	finding := {
		"path": ["environments", name, "cluster", "kubernetesVersion"],
		"message": concat("", [
			$"`{name}`, a production environment, runs Kubernetes {version}, ",
			$"{newest - minor(version)} versions behind the 1.{newest} of others",
		]),
	}
}

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	some key, database in environment.databases
	newest := max({to_number(tried.databases[key].version) | some tried in before_production})
	to_number(database.version) < newest - 1

	finding := {
		"path": ["environments", name, "databases", key, "version"],
		"message": concat("", [
			$"database `{key}` of `{name}`, a production environment, has version {database.version}, ",
			$"{newest - to_number(database.version)} behind the {newest} of others",
		]),
	}
}

before_production contains environment if {
	some environment in input.environments
	environment.tier != "production"
}

minor(version) := to_number(split(version, ".")[1])
