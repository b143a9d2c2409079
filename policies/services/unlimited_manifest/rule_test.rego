package services.unlimited_manifest_test

import data.services.unlimited_manifest

test_requests_and_a_limit_pass if {
	unlimited_manifest.findings == set() with input as model({
		"requests": {"cpu": "50m", "memory": "64Mi"},
		"limits": {"memory": "64Mi"},
	})
}

test_limits_alone_pass if {
	unlimited_manifest.findings == set() with input as model({"limits": {"cpu": 1, "memory": "64Mi"}})
}

test_no_limit_is_found_at_the_container if {
	found := unlimited_manifest.findings with input as model({"requests": {"cpu": "50m", "memory": "64Mi"}})
	found == {{
		"path": [
			"services", "api", "environments", "blue",
			"extraManifests", 0, "spec", "template", "spec", "containers", 0,
		],
		"message": "container `agent` of extra manifest `agent` of `blue` has no memory limit",
	}}
}

test_nothing_said_is_found_once if {
	found := unlimited_manifest.findings with input as model({})
	{finding.message | some finding in found} == {concat("", [
		"container `agent` of extra manifest `agent` of `blue` ",
		"has no cpu request and no memory limit and no memory request",
	])}
}

model(resources) := {"services": {"api": {"name": "api", "environments": {"blue": {"extraManifests": [{
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "agent"},
	"spec": {"template": {"spec": {"containers": [{"name": "agent", "resources": resources}]}}},
}]}}}}}
