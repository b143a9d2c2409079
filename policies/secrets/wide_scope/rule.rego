# METADATA
# title: What is sealed opens as the one Secret that it was sealed for
# description: a value that was sealed for a whole namespace or cluster opens under any name there,
#   so whoever may write a SealedSecret can copy it from Git into one of their own and read it
# related_resources:
#   - ref: https://github.com/bitnami-labs/sealed-secrets#scopes
#     description: sealed-secrets, scopes
# custom:
#   severity: warning
#   scope: service
#   remedy: seal the value again without `--scope`, and take the annotation away
package secrets.wide_scope

import data.lib.manifests

findings contains finding if {
	some extra in manifests.extra
	extra.manifest.kind == "SealedSecret"
	some scope in ["cluster", "namespace"]
	key := $"sealedsecrets.bitnami.com/{scope}-wide"
	extra.manifest.metadata.annotations[key] == "true"

	finding := {
		"path": array.concat(extra.path, ["metadata", "annotations", key]),
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` is sealed for the whole {scope}: ",
			"it opens there under any name",
		]),
	}
}
