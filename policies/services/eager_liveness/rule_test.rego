package services.eager_liveness_test

import data.services.eager_liveness

test_twenty_seconds_pass if {
	eager_liveness.findings == set() with input as model("production", {"periodSeconds": 10, "failureThreshold": 2})
}

test_less_is_found if {
	found := eager_liveness.findings with input as model("production", {"periodSeconds": 6, "failureThreshold": 3})
	found == {{
		"path": ["services", "api", "environments", "blue", "probes", "liveness"],
		"message": concat("", [
			"the liveness probe of `api` restarts a pod in `blue`, a production environment, ",
			"after 18 s without an answer; at least 20 s expected",
		]),
	}}
}

test_no_liveness_probe_passes if {
	eager_liveness.findings == set() with input as model("production", null)
}

test_staging_may_restart if {
	eager_liveness.findings == set() with input as model("staging", {"periodSeconds": 1, "failureThreshold": 1})
}

model(tier, liveness) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"api": {"name": "api", "environments": {"blue": {"probes": {"liveness": liveness}}}}},
}
