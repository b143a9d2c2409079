package secrets.wide_scope_test

import data.secrets.wide_scope

test_both_wide_scopes_are_found if {
	every scope in ["cluster", "namespace"] {
		key := $"sealedsecrets.bitnami.com/{scope}-wide"
		found := wide_scope.findings with input as model("SealedSecret", {key: "true"})
		found == {{
			"path": ["services", "api", "environments", "blue", "extraManifests", 0, "metadata", "annotations", key],
			"message": concat("", [
				$"extra manifest `keys` of `blue` is sealed for the whole {scope}: ",
				"it opens there under any name",
			]),
		}}
	}
}

test_the_strict_scope_passes if {
	wide_scope.findings == set() with input as model("SealedSecret", {})
	wide_scope.findings == set() with input as model("SealedSecret", {"sealedsecrets.bitnami.com/cluster-wide": "false"})
}

test_other_kinds_pass if {
	wide_scope.findings == set() with input as model("Secret", {"sealedsecrets.bitnami.com/cluster-wide": "true"})
}

model(kind, annotations) := {
	"environments": {"blue": {"extraManifests": []}},
	"services": {"api": {"name": "api", "environments": {"blue": {"extraManifests": [{
		"kind": kind,
		"metadata": {"name": "keys", "annotations": annotations},
	}]}}}},
}
