package services.no_history_test

import data.services.no_history

test_one_failure_kept_passes if {
	fields := {"schedule": {"failedHistory": 1}}
	no_history.findings == set() with input as model("production", fields)
}

test_no_failure_kept_is_found if {
	fields := {"schedule": {"failedHistory": 0}}
	found := no_history.findings with input as model("production", fields)
	found == {{
		"path": ["services", "sync", "environments", "blue", "schedule", "failedHistory"],
		"message": concat("", [
			"nothing of a failed run of `sync` is kept in `blue`, a production environment: ",
			"failedHistory is 0",
		]),
	}}
}

test_staging_may_forget if {
	fields := {"schedule": {"failedHistory": 0}}
	no_history.findings == set() with input as model("staging", fields)
}

model(tier, fields) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"sync": {"name": "sync", "environments": {"blue": fields}}},
}
