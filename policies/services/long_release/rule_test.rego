package services.long_release_test

import data.services.long_release

test_an_hour_passes if {
	fields := {"kind": "releaseJob", "job": {"deadlineSeconds": 3600}}
	long_release.findings == set() with input as model("production", fields)
}

test_more_than_an_hour_is_found if {
	fields := {"kind": "releaseJob", "job": {"deadlineSeconds": 3601}}
	found := long_release.findings with input as model("production", fields)
	found == {{
		"path": ["services", "sync", "environments", "blue", "job", "deadlineSeconds"],
		"message": concat("", [
			"release job `sync` may block a release in `blue`, a production environment, ",
			"for 3601 s; at most 3600 s expected",
		]),
	}}
}

test_a_scheduled_job_may_take_longer if {
	long_release.findings == set() with input as model("production", {
		"kind": "scheduledJob",
		"job": {"deadlineSeconds": 7200},
	})
}

test_staging_may_wait if {
	fields := {"kind": "releaseJob", "job": {"deadlineSeconds": 3601}}
	long_release.findings == set() with input as model("staging", fields)
}

model(tier, fields) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"sync": {"name": "sync", "environments": {"blue": fields}}},
}
