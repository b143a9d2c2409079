package services.overlapping_schedule_test

import data.services.overlapping_schedule

test_a_run_that_ends_before_the_next_passes if {
	overlapping_schedule.findings == set() with input as model("production", "Allow", 3600, 3600)
}

test_a_run_that_may_meet_the_next_is_found if {
	found := overlapping_schedule.findings with input as model("production", "Allow", 3600, 300)
	found == {{
		"path": ["services", "sync", "environments", "blue", "schedule", "concurrency"],
		"other": ["services", "sync", "environments", "blue", "job", "deadlineSeconds"],
		"message": concat("", [
			"`sync` may run for 3600 s in `blue`, a production environment, ",
			"and starts again after 300 s beside itself: concurrency is Allow",
		]),
	}}
}

test_what_waits_for_itself_passes if {
	overlapping_schedule.findings == set() with input as model("production", "Forbid", 3600, 300)
	overlapping_schedule.findings == set() with input as model("production", "Replace", 3600, 300)
}

test_what_never_starts_passes if {
	overlapping_schedule.findings == set() with input as model("production", "Allow", 3600, null)
}

test_what_has_no_schedule_passes if {
	job := {"schedule": null, "job": {"deadlineSeconds": 9999}, "secondsBetweenStarts": null}
	overlapping_schedule.findings == set() with input as {
		"environments": {"blue": {"tier": "production"}},
		"services": {"api": {"name": "api", "environments": {"blue": job}}},
	}
}

test_staging_may_overlap if {
	overlapping_schedule.findings == set() with input as model("staging", "Allow", 3600, 300)
}

model(tier, concurrency, deadline, seconds) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"sync": {"name": "sync", "environments": {"blue": {
		"schedule": {"concurrency": concurrency},
		"job": {"deadlineSeconds": deadline},
		"secondsBetweenStarts": seconds,
	}}}},
}
