package services.blocked_drain_test

import data.services.blocked_drain

test_a_budget_of_nothing_is_found_however_it_is_written if {
	found := blocked_drain.findings with input as model([
		budget({"maxUnavailable": 0}),
		budget({"maxUnavailable": "0%"}),
		budget({"minAvailable": "100%"}),
	])
	found == {
		{
			"path": ["services", "api", "environments", "blue", "extraManifests", 0, "spec", "maxUnavailable"],
			"message": "PodDisruptionBudget `api` lets no pod go in `blue`: maxUnavailable is 0",
		},
		{
			"path": ["services", "api", "environments", "blue", "extraManifests", 1, "spec", "maxUnavailable"],
			"message": "PodDisruptionBudget `api` lets no pod go in `blue`: maxUnavailable is 0%",
		},
		{
			"path": ["services", "api", "environments", "blue", "extraManifests", 2, "spec", "minAvailable"],
			"message": "PodDisruptionBudget `api` lets no pod go in `blue`: minAvailable is 100%",
		},
	}
}

test_a_budget_that_lets_one_pod_go_passes if {
	blocked_drain.findings == set() with input as model([
		budget({"maxUnavailable": 1}),
		budget({"maxUnavailable": "1%"}),
		budget({"minAvailable": 1}),
		budget({"minAvailable": "99%"}),
	])
}

test_other_kinds_may_have_such_fields if {
	manifest := {"kind": "Other", "metadata": {"name": "api"}, "spec": {"maxUnavailable": 0, "minAvailable": "100%"}}
	blocked_drain.findings == set() with input as model([manifest])
}

budget(spec) := {"kind": "PodDisruptionBudget", "metadata": {"name": "api"}, "spec": spec}

model(manifests) := {"services": {"api": {"name": "api", "environments": {"blue": {"extraManifests": manifests}}}}}
