package delivery.moving_revision_test

import data.delivery.moving_revision

url := "https://github.com/somebody/charts"

test_versions_and_commits_pass if {
	every revision in ["1.2.3", "v2.0.0", "0f8fad5bd9cb469fa16570867728950e0f8fad5b", "release-2024", "refs/tags/v1"] {
		moving_revision.findings == set() with input as application({"source": source(revision)})
	}
}

test_a_branch_is_found if {
	found := moving_revision.findings with input as application({"source": source("main")})
	found == {{
		"path": ["services", "api", "environments", "blue", "extraManifests", 0, "spec", "source"],
		"message": $"extra manifest `tool` of `blue`, a production environment, follows `main` of {url}",
	}}
}

test_all_that_moves_is_found if {
	every revision in ["HEAD", "", "refs/heads/v1", "1.x", "1.2.*", "*", "^1.0", "~2.1", ">=3"] {
		found := moving_revision.findings with input as application({"source": source(revision)})
		count(found) == 1
	}
}

test_every_usual_name_of_a_branch_is_found if {
	names := ["dev", "develop", "head", "latest", "main", "master", "next", "stable", "trunk"]
	missed := {name |
		some name in names
		moving_revision.findings == set() with input as application({"source": source(name)})
	}
	missed == set()
}

test_a_source_without_a_repository_passes if {
	unfinished := {"path": "charts/tool", "targetRevision": "main"}
	moving_revision.findings == set() with input as application({"source": unfinished})
	moving_revision.findings == set() with input as application({"sources": [unfinished]})
}

test_no_revision_is_the_newest if {
	found := moving_revision.findings with input as application({"sources": [source("1.2.3"), {"repoURL": url}]})
	found == {{
		"path": ["services", "api", "environments", "blue", "extraManifests", 0, "spec", "sources", 1],
		"message": $"extra manifest `tool` of `blue`, a production environment, follows `HEAD` of {url}",
	}}
}

test_a_set_of_applications_is_judged_as_well if {
	manifest := {
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "tool"},
		"spec": {"template": {"spec": {"source": source("main")}}},
	}
	found := moving_revision.findings with input as model("production", manifest)
	{finding.path | some finding in found} == {[
		"services", "api", "environments", "blue", "extraManifests", 0,
		"spec", "template", "spec", "source",
	]}
}

test_the_own_repository_may_be_followed if {
	every ours in ["git@github.com:acme/acme-gitops.git", "https://github.com/Acme/acme-gitops"] {
		spec := {"source": {"repoURL": ours, "targetRevision": "main"}}
		moving_revision.findings == set() with input as application(spec)
	}
}

test_a_repository_that_is_called_alike_is_not_ones_own if {
	spec := {"source": {"repoURL": "https://github.com/not-acme/acme-gitops", "targetRevision": "main"}}
	found := moving_revision.findings with input as application(spec)
	count(found) == 1
}

test_a_repository_of_flux_without_a_fixed_reference_is_found if {
	every ref, branch in {"{}": "master", "{\"branch\": \"trunk\"}": "trunk"} {
		found := moving_revision.findings with input as model("production", git_repository(json.unmarshal(ref)))
		found == {{
			"path": ["services", "api", "environments", "blue", "extraManifests", 0, "spec"],
			"message": $"extra manifest `tool` of `blue`, a production environment, follows `{branch}` of {url}",
		}}
	}
}

test_a_repository_of_flux_with_a_fixed_reference_passes if {
	every kind in ["commit", "name", "semver", "tag"] {
		moving_revision.findings == set() with input as model("production", git_repository({kind: "1.2.3"}))
	}
}

test_the_own_repository_of_flux_may_be_followed if {
	ours := object.union(git_repository({"branch": "main"}), {"spec": {"url": "https://github.com/acme/acme-gitops"}})
	moving_revision.findings == set() with input as model("production", ours)
}

test_other_kinds_with_a_url_pass if {
	charts := object.union(git_repository({}), {"kind": "HelmRepository"})
	moving_revision.findings == set() with input as model("production", charts)
}

test_staging_may_follow if {
	followed := object.union(application({"source": source("main")}), {"environments": {"blue": {"tier": "staging"}}})
	moving_revision.findings == set() with input as followed
	moving_revision.findings == set() with input as model("staging", git_repository({"branch": "main"}))
}

source(revision) := {"repoURL": url, "targetRevision": revision}

application(spec) := model("production", {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "Application",
	"metadata": {"name": "tool"},
	"spec": spec,
})

git_repository(ref) := {
	"apiVersion": "source.toolkit.fluxcd.io/v1",
	"kind": "GitRepository",
	"metadata": {"name": "tool"},
	"spec": {"url": url, "ref": ref},
}

model(tier, manifest) := {
	"gitops": {"url": "git@github.com:acme/acme-gitops.git"},
	"environments": {"blue": {"tier": tier, "extraManifests": []}},
	"services": {"api": {"name": "api", "environments": {"blue": {"extraManifests": [manifest]}}}},
}
