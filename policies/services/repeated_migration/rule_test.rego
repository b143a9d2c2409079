package services.repeated_migration_test

import data.services.repeated_migration

test_a_job_that_is_run_once_passes if {
	fields := {"kind": "releaseJob", "job": {"backoffLimit": 0}}
	repeated_migration.findings == set() with input as model("production", fields)
}

test_a_job_that_is_run_again_is_found if {
	fields := {"kind": "releaseJob", "job": {"backoffLimit": 2}}
	found := repeated_migration.findings with input as model("production", fields)
	found == {{
		"path": ["services", "sync", "environments", "blue", "job", "backoffLimit"],
		"message": concat("", [
			"release job `sync` is run up to 3 times in `blue`, ",
			"a production environment, when it fails half-way",
		]),
	}}
}

test_one_more_try_is_found if {
	fields := {"kind": "releaseJob", "job": {"backoffLimit": 1}}
	found := repeated_migration.findings with input as model("production", fields)
	count(found) == 1
}

test_a_scheduled_job_may_be_run_again if {
	repeated_migration.findings == set() with input as model("production", {
		"kind": "scheduledJob",
		"job": {"backoffLimit": 2},
	})
}

test_staging_may_try_again if {
	fields := {"kind": "releaseJob", "job": {"backoffLimit": 2}}
	repeated_migration.findings == set() with input as model("staging", fields)
}

model(tier, fields) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"sync": {"name": "sync", "environments": {"blue": fields}}},
}
