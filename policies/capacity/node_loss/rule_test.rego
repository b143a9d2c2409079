package capacity.node_loss_test

import data.capacity.node_loss

test_what_fits_on_one_node_fewer_passes if {
	node_loss.findings == set() with input as model("production", 3, 2)
}

test_what_needs_every_node_is_found if {
	found := node_loss.findings with input as model("production", 3, 3)
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "main", "scaling"],
		"message": concat("", [
			"deployments on pool `main` of `blue` need, at their fewest replicas, ",
			"3 nodes, and 2 remain when one of 3 is lost",
		]),
	}}
}

test_a_pool_of_one_node_cannot_lose_it if {
	found := node_loss.findings with input as model("production", 1, 1)
	count(found) == 1
}

test_a_pool_without_deployments_may_lose_all if {
	node_loss.findings == set() with input as model("production", 1, 0)
}

test_a_pool_without_nodes_or_deployments_has_none_to_lose if {
	node_loss.findings == set() with input as model("production", 0, 0)
}

test_staging_may_wait_for_a_node if {
	node_loss.findings == set() with input as model("staging", 3, 3)
}

test_machines_that_nobody_knows_are_not_judged if {
	unknown := [{"op": "replace", "path": "/environments/blue/nodesNeeded/main", "value": null}]
	node_loss.findings == set() with input as json.patch(model("production", 3, 3), unknown)
}

model(tier, nodes, needed) := {"environments": {"blue": {
	"name": "blue",
	"tier": tier,
	"cluster": {"pools": {"main": {"scaling": {"kind": "fixed", "count": nodes}}}},
	"nodesNeeded": {"main": {"fewest": needed, "most": 99}},
}}}
