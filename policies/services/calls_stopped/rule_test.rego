package services.calls_stopped_test

import data.services.calls_stopped

test_a_call_of_what_runs_passes if {
	calls_stopped.findings == set() with input as model({"replicaCount": 1}, 1)
}

test_a_call_of_what_is_stopped_is_found if {
	found := calls_stopped.findings with input as model({"replicaCount": 1}, 0)
	found == {{
		"path": ["services", "api", "environments", "blue", "calls", 0],
		"other": ["services", "queue", "environments", "blue", "replicaCount"],
		"message": "`api` calls `queue` in `blue`, which has replicaCount 0 there",
	}}
}

test_what_is_stopped_calls_nobody if {
	calls_stopped.findings == set() with input as model({"replicaCount": 0}, 0)
	calls_stopped.findings == set() with input as model({"replicaCount": null, "schedule": {"suspended": true}}, 0)
}

test_a_job_calls_too if {
	found := calls_stopped.findings with input as model({"replicaCount": null, "schedule": {"suspended": false}}, 0)
	count(found) == 1
}

model(caller, replicas) := {"services": {
	"api": {"name": "api", "environments": {"blue": object.union({"calls": ["queue"], "schedule": null}, caller)}},
	"queue": {"name": "queue", "environments": {"blue": {"calls": [], "schedule": null, "replicaCount": replicas}}},
}}
