package services.unchecked_worker_test

import data.services.unchecked_worker

test_a_worker_with_a_probe_passes if {
	fields := {"probes": {"liveness": {"check": {"kind": "command"}}}}
	unchecked_worker.findings == set() with input as model("production", fields)
}

test_a_worker_without_a_probe_is_found if {
	fields := {}
	found := unchecked_worker.findings with input as model("production", fields)
	found == {{
		"path": ["services", "worker", "environments", "blue", "probes", "liveness"],
		"message": concat("", [
			"`worker` has neither ports nor a liveness probe in `blue`, a production environment: ",
			"nobody notices when it hangs",
		]),
	}}
}

test_what_takes_requests_is_noticed if {
	unchecked_worker.findings == set() with input as model("production", {"ports": [{"name": "http"}]})
}

test_what_is_stopped_passes if {
	unchecked_worker.findings == set() with input as model("production", {"replicaCount": 0})
}

test_what_scales_is_found if {
	count(unchecked_worker.findings) == 1 with input as model("production", {"replicaCount": null})
}

test_a_job_passes if {
	unchecked_worker.findings == set() with input as model("production", {"kind": "scheduledJob"})
}

test_staging_may_hang if {
	fields := {}
	unchecked_worker.findings == set() with input as model("staging", fields)
}

model(tier, fields) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"worker": {"name": "worker", "environments": {"blue": object.union(
		{"kind": "deployment", "ports": [], "replicaCount": 2, "probes": {"liveness": null}},
		fields,
	)}}},
}
