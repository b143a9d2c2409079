package capacity.overcommitted_memory_test

import data.capacity.overcommitted_memory

test_four_times_the_request_passes if {
	overcommitted_memory.findings == set() with input as model("production", "256Mi", "1Gi")
}

test_more_than_four_times_is_found_at_the_limit if {
	found := overcommitted_memory.findings with input as model("production", "256Mi", "1025Mi")
	found == {{
		"path": ["services", "api", "environments", "blue", "resources", "limits", "memory"],
		"other": ["services", "api", "environments", "blue", "resources", "requests", "memory"],
		"message": concat("", [
			"`api` requests memory 256Mi in `blue`, a production environment, ",
			"and may take 1025Mi: more than 4 times as much",
		]),
	}}
}

test_what_is_asked_for_and_no_more_passes if {
	overcommitted_memory.findings == set() with input as model("production", "256Mi", "256Mi")
}

test_staging_may_be_full if {
	overcommitted_memory.findings == set() with input as model("staging", "256Mi", "2Gi")
}

model(tier, requested, limit) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"api": {"name": "api", "environments": {"blue": {"resources": {
		"requests": {"cpu": "100m", "memory": requested},
		"limits": {"cpu": null, "memory": limit},
	}}}}},
}
