package services.fits_pool_test

import data.services.fits_pool

room := {"cpuMillicores": 1900, "memoryMib": 4096}

test_a_request_of_a_whole_node_passes if {
	fits_pool.findings == set() with input as model(room, {"cpu": "1.9", "memory": "4Gi"})
}

test_more_cpu_than_a_node_has_is_found_at_the_request if {
	found := fits_pool.findings with input as model(room, {"cpu": "1901m", "memory": "1Gi"})
	found == {{
		"path": ["services", "api", "environments", "blue", "resources", "requests", "cpu"],
		"message": "`api` requests cpu 1901m in `blue`, and a node of pool `main` has 1900m for pods",
	}}
}

test_more_memory_than_a_node_has_is_found_at_the_request if {
	found := fits_pool.findings with input as model(room, {"cpu": "1", "memory": "4097Mi"})
	found == {{
		"path": ["services", "api", "environments", "blue", "resources", "requests", "memory"],
		"message": "`api` requests memory 4097Mi in `blue`, and a node of pool `main` has 4096Mi for pods",
	}}
}

test_an_unknown_machine_is_not_judged if {
	fits_pool.findings == set() with input as model(null, {"cpu": "64", "memory": "1Ti"})
}

model(allocatable, requests) := {
	"environments": {"blue": {"cluster": {"pools": {
		"main": {"name": "main", "allocatable": allocatable},
		"large": {"name": "large", "allocatable": {"cpuMillicores": 15740, "memoryMib": 63186}},
	}}}},
	"services": {"api": {"name": "api", "environments": {"blue": {
		"scheduling": {"pool": "main"},
		"resources": {"requests": requests},
	}}}},
}
