package services.suspended_job_test

import data.services.suspended_job

test_a_job_that_starts_passes if {
	fields := {"schedule": {"suspended": false}}
	suspended_job.findings == set() with input as model("production", fields)
}

test_a_suspended_job_is_found if {
	fields := {"schedule": {"suspended": true}}
	found := suspended_job.findings with input as model("production", fields)
	found == {{
		"path": ["services", "sync", "environments", "blue", "schedule", "suspended"],
		"message": concat("", [
			"`sync` is suspended in `blue`, a production environment, ",
			"and starts only when somebody starts it by hand",
		]),
	}}
}

test_what_has_no_schedule_passes if {
	suspended_job.findings == set() with input as model("production", {"schedule": null})
}

test_staging_may_be_suspended if {
	fields := {"schedule": {"suspended": true}}
	suspended_job.findings == set() with input as model("staging", fields)
}

model(tier, fields) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"sync": {"name": "sync", "environments": {"blue": fields}}},
}
