# METADATA
# title: Versions go up, those of Kubernetes one at a time
# description: AKS refuses an older version of Kubernetes, and one that skips a minor, when the
#   change is applied; an older version of PostgreSQL is a new and empty server to Terraform, as
#   no server goes back
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/upgrade-aks-cluster
#     description: Microsoft, upgrade an AKS cluster
# custom:
#   severity: error
#   scope: change
#   remedy: write the version that runs, or for Kubernetes the one after it
package change.downgraded_version

import data.lib.changes

findings contains finding if {
	some name, both in changes.environments
	[was, is] := changes.differs(both.before, both.after, ["cluster", "kubernetesVersion"])
	not changes.made_anew[name]
	message := verdict(minor(was), minor(is))

	finding := {
		"path": ["environments", name, "cluster", "kubernetesVersion"],
		"message": $"the cluster of `{name}` runs Kubernetes {was} and is to run {is}, {message}",
	}
}

findings contains finding if {
	some database in changes.databases
	[was, is] := changes.differs(database.before, database.after, ["version"])
	to_number(is) < to_number(was)

	finding := {
		"path": ["environments", database.environment, "databases", database.key, "version"],
		"message": concat("", [
			$"database `{database.key}` of `{database.environment}` runs PostgreSQL {was} and is to run {is}, ",
			"which is older",
		]),
	}
}

minor(version) := to_number(split(version, ".")[1])

verdict(was, is) := "which is older" if is < was

verdict(was, is) := $"which skips {is - was - 1}" if is > was + 1
