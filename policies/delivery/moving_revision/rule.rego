# METADATA
# title: Production follows no branch of somebody else
# description: whoever pushes to that branch, or takes the repository over, deploys to production
#   without anybody here having looked, as the tags of tj-actions/changed-files showed in 2025; and
#   there is nothing to go back to
# related_resources:
#   - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/
#     description: Argo CD, tracking and deployment strategies
#   - ref: https://nvd.nist.gov/vuln/detail/CVE-2025-30066
#     description: NVD, CVE-2025-30066
# custom:
#   severity: warning
#   scope: service
#   remedy: write a version or a commit, and raise it when it was tried
package delivery.moving_revision

import data.lib.manifests

findings contains finding if {
	some extra in manifests.extra
	input.environments[extra.environment].tier == "production"
	within := followed_in[manifests.type_of(extra.manifest)]
	some [path, source] in followed(extra.manifest, within)
	not is_ours(source.repoURL)
	revision := object.get(source, "targetRevision", "HEAD")
	moves(revision)

	finding := {
		"path": array.concat(extra.path, path),
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}`, a production environment, ",
			$"follows `{revision}` of {source.repoURL}",
		]),
	}
}

findings contains finding if {
	some extra in manifests.extra
	input.environments[extra.environment].tier == "production"
	manifests.type_of(extra.manifest) == "source.toolkit.fluxcd.io/GitRepository"
	not is_ours(extra.manifest.spec.url)
	ref := object.get(extra.manifest.spec, "ref", {})
	count(object.filter(ref, {"commit", "name", "semver", "tag"})) == 0

	finding := {
		"path": array.concat(extra.path, ["spec"]),
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}`, a production environment, ",
			$"follows `{object.get(ref, "branch", "master")}` of {extra.manifest.spec.url}",
		]),
	}
}

followed_in := {
	"argoproj.io/Application": ["spec"],
	"argoproj.io/ApplicationSet": ["spec", "template", "spec"],
}

# one source, or a list of them
followed(manifest, within) := one | several if {
	spec := object.get(manifest, within, {})
	one := {[array.concat(within, ["source"]), spec.source] | spec.source.repoURL}
	several := {[array.concat(within, [list, index]), source] |
		list := "sources"
		some index, source in spec[list]
		source.repoURL
	}
}

# what is in one's own repository was looked at
is_ours(url) if {
	name := trim_suffix(split(input.gitops.url, ":")[1], ".git")
	some before in ["/", ":"]
	endswith(lower(trim_suffix(url, ".git")), lower($"{before}{name}"))
}

# a name may be that of a tag; these are none
moves(revision) if {
	lower(revision) in {"", "*", "dev", "develop", "head", "latest", "main", "master", "next", "stable", "trunk"}
}

moves(revision) if startswith(revision, "refs/heads/")

moves(revision) if regex.match(`^([\^~<>=]|[0-9v.]*[.][*xX]$)`, revision)
