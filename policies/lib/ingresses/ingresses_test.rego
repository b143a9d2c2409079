package lib.ingresses_test

import data.lib.ingresses

test_of_manifests_only_ingresses_are_taken if {
	found := ingresses.extra with input as model
	{extra.manifest.metadata.name | some extra in found} == {"by-hand"}
}

test_annotations_of_both_are_there_with_their_paths if {
	found := ingresses.annotations with input as model
	found == {
		{
			"environment": "blue",
			"key": "a",
			"of": "`api`",
			"path": ["services", "api", "environments", "blue", "ingress", "annotations", "a"],
			"value": "1",
		},
		{
			"environment": "blue",
			"key": "b",
			"of": "extra manifest `by-hand`",
			"path": ["environments", "blue", "extraManifests", 0, "manifest", "metadata", "annotations", "b"],
			"value": "2",
		},
	}
}

model := {
	"environments": {"blue": {"extraManifests": [
		{"manifest": {"kind": "Ingress", "metadata": {"name": "by-hand", "annotations": {"b": "2"}}}},
		{"manifest": {"kind": "Service", "metadata": {"name": "other", "annotations": {"c": "3"}}}},
	]}},
	"services": {
		"api": {"name": "api", "environments": {"blue": {"ingress": {"annotations": {"a": "1"}}, "extraManifests": []}}},
		"job": {"name": "job", "environments": {"blue": {"ingress": null, "extraManifests": []}}},
	},
}
