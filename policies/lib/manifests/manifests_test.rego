package lib.manifests_test

import data.lib.manifests

test_manifests_of_environments_and_services_are_listed_with_their_paths if {
	model := {
		"environments": {"blue": {"extraManifests": [{"name": "quota", "manifest": {"kind": "ResourceQuota"}}]}},
		"services": {"api": {"name": "api", "environments": {"blue": {"extraManifests": [{"kind": "ConfigMap"}]}}}},
	}
	listed := manifests.extra with input as model
	listed == {
		{
			"environment": "blue",
			"manifest": {"kind": "ResourceQuota"},
			"path": ["environments", "blue", "extraManifests", 0, "manifest"],
		},
		{
			"environment": "blue",
			"manifest": {"kind": "ConfigMap"},
			"path": ["services", "api", "environments", "blue", "extraManifests", 0],
		},
	}
}

test_kinds_of_one_name_in_two_groups_are_two if {
	manifests.type_of({"apiVersion": "v1", "kind": "Service"}) == "Service"
	manifests.type_of({"apiVersion": "serving.knative.dev/v1", "kind": "Service"}) == "serving.knative.dev/Service"
}
