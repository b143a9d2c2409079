package capacity.pool_overcommit_test

import data.capacity.pool_overcommit

test_what_fills_the_pool_passes if {
	pool_overcommit.findings == set() with input as model({"kind": "fixed", "count": 3}, 3)
}

test_one_node_more_is_found_at_the_pool if {
	found := pool_overcommit.findings with input as model({"kind": "fixed", "count": 3}, 4)
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "main", "scaling"],
		"message": "deployments on pool `main` of `blue` need, at their most replicas, 4 nodes, and it has 3",
	}}
}

test_a_pool_that_scales_is_judged_at_its_most_nodes if {
	scaling := {"kind": "auto", "min": 0, "max": 3}
	pool_overcommit.findings == set() with input as model(scaling, 3)
	count(pool_overcommit.findings) == 1 with input as model(scaling, 4)
}

test_machines_that_nobody_knows_are_not_judged if {
	unknown := [{"op": "replace", "path": "/environments/blue/nodesNeeded/main", "value": null}]
	pool_overcommit.findings == set() with input as json.patch(model({"kind": "fixed", "count": 1}, 3), unknown)
}

model(scaling, needed) := {"environments": {"blue": {
	"name": "blue",
	"tier": "staging",
	"cluster": {"pools": {"main": {"scaling": scaling}}},
	"nodesNeeded": {"main": {"fewest": 0, "most": needed}},
}}}
