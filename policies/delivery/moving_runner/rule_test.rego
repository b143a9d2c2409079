package delivery.moving_runner_test

import data.delivery.moving_runner

test_a_system_that_is_named_passes if {
	moving_runner.findings == set() with input as model("production", "ubuntu-24.04")
	moving_runner.findings == set() with input as model("production", "our-latests")
}

test_a_system_that_moves_is_found_once if {
	every runner in ["ubuntu-latest", "ubuntu-latest-8-cores"] {
		found := moving_runner.findings with input as model("production", runner)
		found == {{
			"path": ["sources", "api", "workflows", "blue", "runner"],
			"message": $"workflows of `blue`, a production environment, run on `{runner}`",
		}}
	}
}

test_staging_may_try_it if {
	moving_runner.findings == set() with input as model("staging", "ubuntu-latest")
}

model(tier, runner) := {
	"environments": {"blue": {"tier": tier}},
	"sources": {
		"api": {"workflows": {"blue": {"environment": "blue", "runner": runner}}},
		"app": {"workflows": {"blue": {"environment": "blue", "runner": runner}}},
	},
}
