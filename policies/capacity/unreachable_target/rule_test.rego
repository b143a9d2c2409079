package capacity.unreachable_target_test

import data.capacity.unreachable_target

test_a_target_below_the_limit_passes if {
	unreachable_target.findings == set() with input as model({"cpuPercent": 199, "memoryPercent": 199})
}

test_a_cpu_target_that_the_limit_forbids_is_found if {
	found := unreachable_target.findings with input as model({"cpuPercent": 200, "memoryPercent": null})
	found == {{
		"path": ["services", "api", "environments", "blue", "autoscaling", "cpuPercent"],
		"other": ["services", "api", "environments", "blue", "resources", "limits", "cpu"],
		"message": concat("", [
			"`api` scales up in `blue` when it uses more than 200 % of its cpu request ",
			"250m, and its limit is 0.5",
		]),
	}}
}

test_a_memory_target_that_the_limit_forbids_is_found if {
	found := unreachable_target.findings with input as model({"cpuPercent": null, "memoryPercent": 250})
	found == {{
		"path": ["services", "api", "environments", "blue", "autoscaling", "memoryPercent"],
		"other": ["services", "api", "environments", "blue", "resources", "limits", "memory"],
		"message": concat("", [
			"`api` scales up in `blue` when it uses more than 250 % of its memory request ",
			"512Mi, and its limit is 1Gi",
		]),
	}}
}

test_a_memory_target_at_the_limit_is_found if {
	found := unreachable_target.findings with input as model({"cpuPercent": null, "memoryPercent": 200})
	count(found) == 1
}

test_without_a_cpu_limit_every_target_can_be_reached if {
	unlimited := [{
		"op": "replace",
		"path": "/services/api/environments/blue/resources/limits/cpu",
		"value": null,
	}]
	changed := json.patch(model({"cpuPercent": 900, "memoryPercent": null}), unlimited)
	unreachable_target.findings == set() with input as changed
}

test_a_number_of_replicas_has_no_target if {
	unreachable_target.findings == set() with input as model(null)
}

model(autoscaling) := {"services": {"api": {"name": "api", "environments": {"blue": {
	"autoscaling": autoscaling,
	"resources": {
		"requests": {"cpu": "250m", "memory": "512Mi"},
		"limits": {"cpu": "0.5", "memory": "1Gi"},
	},
}}}}}
