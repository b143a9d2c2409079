package secrets.plain_manifest_test

import data.secrets.plain_manifest

test_a_secret_with_data_is_found_at_its_data if {
	found := plain_manifest.findings with input as model({"kind": "Secret", "data": {"key": "aHVudGVyMg=="}})
	found == {{
		"path": ["environments", "blue", "extraManifests", 0, "manifest", "data"],
		"message": "extra manifest `keys` of `blue` is a Secret with its data in plain text",
	}}
}

test_string_data_is_no_better if {
	found := plain_manifest.findings with input as model({"kind": "Secret", "stringData": {"key": "hunter2"}})
	path := ["environments", "blue", "extraManifests", 0, "manifest", "stringData"]
	{finding.path | some finding in found} == {path}
}

test_a_secret_that_the_cluster_fills_passes if {
	plain_manifest.findings == set() with input as model({
		"kind": "Secret",
		"type": "kubernetes.io/service-account-token",
		"data": {},
	})
}

test_other_kinds_with_data_pass if {
	plain_manifest.findings == set() with input as model({"kind": "ConfigMap", "data": {"key": "value"}})
}

model(fields) := {"environments": {"blue": {"extraManifests": [{
	"name": "keys",
	"manifest": object.union({"metadata": {"name": "keys"}}, fields),
}]}}}
