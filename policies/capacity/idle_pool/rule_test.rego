package capacity.idle_pool_test

import data.capacity.idle_pool

test_a_pool_with_a_job_passes if {
	idle_pool.findings == set() with input as model("User", {"kind": "fixed", "count": 2}, "batch")
}

test_a_pool_without_a_service_is_found if {
	found := idle_pool.findings with input as model("User", {"kind": "fixed", "count": 2}, "main")
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "batch", "scaling"],
		"message": "pool `batch` of `blue` has 2 nodes at the least, and no service runs on it",
	}}
}

test_one_that_scales_from_a_node_is_found if {
	count(idle_pool.findings) == 1 with input as model("User", {"kind": "auto", "min": 1, "max": 5}, "main")
}

test_one_that_scales_from_none_costs_nothing if {
	idle_pool.findings == set() with input as model("User", {"kind": "auto", "min": 0, "max": 5}, "main")
	idle_pool.findings == set() with input as model("User", {"kind": "fixed", "count": 0}, "main")
}

test_the_system_pool_has_pods_of_its_own if {
	idle_pool.findings == set() with input as model("System", {"kind": "fixed", "count": 2}, "main")
}

test_no_service_at_all_is_found if {
	nobody := json.patch(model("User", {"kind": "fixed", "count": 2}, ""), [{
		"op": "replace",
		"path": "/services",
		"value": {},
	}])
	count(idle_pool.findings) == 1 with input as nobody
}

model(mode, scaling, pool) := {
	"environments": {"blue": {"name": "blue", "cluster": {"pools": {"batch": {"mode": mode, "scaling": scaling}}}}},
	"services": {"api": {"environments": {"blue": {"scheduling": {"pool": pool}}}}},
}
