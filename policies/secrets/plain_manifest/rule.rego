# METADATA
# title: No Secret lies in Git
# description: the data of a Secret is only encoded; whoever can read the repository, now or later,
#   can read it
# custom:
#   severity: error
#   scope: service
#   remedy: declare the value under `secrets` and seal it, or write a SealedSecret
package secrets.plain_manifest

import data.lib.manifests

findings contains finding if {
	some extra in manifests.extra
	extra.manifest.kind == "Secret"
	some field in ["data", "stringData"]
	count(extra.manifest[field]) > 0

	finding := {
		"path": array.concat(extra.path, [field]),
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` ",
			"is a Secret with its data in plain text",
		]),
	}
}
