package services.impossible_schedule_test

import data.services.impossible_schedule

test_a_schedule_that_starts_passes if {
	impossible_schedule.findings == set() with input as model({"cron": "0 3 * * *"}, 86400)
}

test_one_that_never_starts_is_found if {
	found := impossible_schedule.findings with input as model({"cron": "0 3 30 2 *"}, null)
	found == {{
		"path": ["services", "sync", "environments", "blue", "schedule", "cron"],
		"message": "`sync` never starts in `blue`: no day is one of `0 3 30 2 *`",
	}}
}

test_what_has_no_schedule_passes if {
	impossible_schedule.findings == set() with input as model(null, null)
}

model(schedule, seconds) := {"services": {"sync": {"name": "sync", "environments": {"blue": {
	"schedule": schedule,
	"secondsBetweenStarts": seconds,
}}}}}
