# METADATA
# title: A disruption budget lets at least one pod go
# description: a budget of nothing makes the drain of a node wait until the upgrade of the cluster
#   fails
# custom:
#   severity: error
#   scope: service
#   remedy: set maxUnavailable of the PodDisruptionBudget to 1, and take minAvailable away
package services.blocked_drain

import data.lib.manifests

nothing := {0, "0%"}

findings contains finding if {
	some extra in manifests.extra
	extra.manifest.kind == "PodDisruptionBudget"
	extra.manifest.spec.maxUnavailable in nothing

	finding := {
		"path": array.concat(extra.path, ["spec", "maxUnavailable"]),
		"message": concat("", [
			$"PodDisruptionBudget `{extra.manifest.metadata.name}` lets no pod go in `{extra.environment}`: ",
			$"maxUnavailable is {extra.manifest.spec.maxUnavailable}",
		]),
	}
}

findings contains finding if {
	some extra in manifests.extra
	extra.manifest.kind == "PodDisruptionBudget"
	extra.manifest.spec.minAvailable == "100%"

	finding := {
		"path": array.concat(extra.path, ["spec", "minAvailable"]),
		"message": concat("", [
			$"PodDisruptionBudget `{extra.manifest.metadata.name}` lets no pod go in `{extra.environment}`: ",
			$"minAvailable is {extra.manifest.spec.minAvailable}",
		]),
	}
}
