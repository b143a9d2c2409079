package services.missing_readiness_test

import data.services.missing_readiness

test_a_readiness_probe_passes if {
	probes := {"readiness": {"check": {"kind": "tcp"}}}
	missing_readiness.findings == set() with input as model("production", {"probes": probes})
}

test_no_readiness_probe_in_production_is_found if {
	found := missing_readiness.findings with input as model("production", {})
	found == {{
		"path": ["services", "api", "environments", "blue", "probes", "readiness"],
		"message": "`api` takes requests in `blue`, a production environment, and has no readiness probe",
	}}
}

test_no_readiness_probe_in_staging_passes if {
	missing_readiness.findings == set() with input as model("staging", {})
}

test_a_worker_with_nothing_but_metrics_passes if {
	missing_readiness.findings == set() with input as model("production", {"ports": [{"name": "metrics", "port": 9090}]})
}

test_a_worker_without_ports_passes if {
	missing_readiness.findings == set() with input as model("production", {"ports": []})
}

test_a_job_passes if {
	missing_readiness.findings == set() with input as model("production", {"kind": "releaseJob"})
}

model(tier, fields) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"api": {"name": "api", "environments": {"blue": object.union(
		{"kind": "deployment", "ports": [{"name": "http", "port": 8080}], "probes": {"readiness": null}},
		fields,
	)}}},
}
