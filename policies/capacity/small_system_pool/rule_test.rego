package capacity.small_system_pool_test

import data.capacity.small_system_pool

test_two_nodes_of_four_cores_pass if {
	small_system_pool.findings == set() with input as model("production", 2, 3560)
}

test_one_node_is_found if {
	found := small_system_pool.findings with input as model("production", 1, 3560)
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "main", "scaling"],
		"message": concat("", [
			"system pool `main` of `blue`, a production environment, may have 1 node; ",
			"at least 2 expected",
		]),
	}}
}

test_machines_of_two_cores_are_found if {
	found := small_system_pool.findings with input as model("production", 2, 1600)
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "main", "size"],
		"message": concat("", [
			"system pool `main` of `blue`, a production environment, is made of Standard_D2s_v5, ",
			"whose nodes have 1600m for pods; machines of at least 4 cores expected",
		]),
	}}
}

test_two_cores_for_pods_are_enough if {
	small_system_pool.findings == set() with input as model("production", 2, 2000)
	found := small_system_pool.findings with input as model("production", 2, 1999)
	count(found) == 1
}

test_a_pool_that_scales_has_its_fewest_nodes if {
	scaling := [{"op": "replace", "path": "/environments/blue/cluster/pools/main/scaling", "value": {
		"kind": "auto",
		"min": 1,
		"max": 9,
	}}]
	count(small_system_pool.findings) == 1 with input as json.patch(model("production", 2, 3560), scaling)
}

test_another_pool_may_be_small if {
	user := [{"op": "add", "path": "/environments/blue/cluster/pools/batch", "value": {
		"size": "Standard_D2s_v5",
		"scaling": {"kind": "fixed", "count": 1},
		"allocatable": {"cpuMillicores": 1600},
	}}]
	small_system_pool.findings == set() with input as json.patch(model("production", 2, 3560), user)
}

test_staging_may_be_small if {
	small_system_pool.findings == set() with input as model("staging", 1, 1600)
}

test_machines_that_nobody_knows_are_not_judged if {
	unknown := [{"op": "replace", "path": "/environments/blue/cluster/pools/main/allocatable", "value": null}]
	small_system_pool.findings == set() with input as json.patch(model("production", 2, 1600), unknown)
}

model(tier, nodes, millicores) := {"environments": {"blue": {
	"name": "blue",
	"tier": tier,
	"cluster": {
		"systemPool": "main",
		"pools": {"main": {
			"size": "Standard_D2s_v5",
			"scaling": {"kind": "fixed", "count": nodes},
			"allocatable": {"cpuMillicores": millicores},
		}},
	},
}}}
