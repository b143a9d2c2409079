package capacity.zone_loss_test

import data.capacity.zone_loss

test_what_fits_into_two_zones_of_three_passes if {
	zone_loss.findings == set() with input as model("production", 6, 4, ["1", "2", "3"])
}

test_what_needs_the_third_zone_is_found if {
	found := zone_loss.findings with input as model("production", 6, 5, ["1", "2", "3"])
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "main", "scaling"],
		"message": concat("", [
			"deployments on pool `main` of `blue` need, at their fewest replicas, ",
			"5 nodes, and 4 of 6 remain when one of 3 zones is lost",
		]),
	}}
}

test_the_zone_with_one_node_more_may_be_the_lost_one if {
	count(zone_loss.findings) == 1 with input as model("production", 4, 3, ["1", "2", "3"])
	count(zone_loss.findings) == 1 with input as model("production", 5, 3, ["1", "2"])
}

test_what_cannot_lose_a_node_is_for_another_rule if {
	zone_loss.findings == set() with input as model("production", 6, 6, ["1", "2", "3"])
	zone_loss.findings == set() with input as model("production", 1, 1, ["1", "2", "3"])
}

test_a_pool_in_one_zone_has_no_other if {
	zone_loss.findings == set() with input as model("production", 6, 5, ["1"])
	zone_loss.findings == set() with input as model("production", 6, 5, [])
}

test_staging_may_wait_for_a_zone if {
	zone_loss.findings == set() with input as model("staging", 6, 5, ["1", "2", "3"])
}

test_machines_that_nobody_knows_are_not_judged if {
	unknown := [{"op": "replace", "path": "/environments/blue/nodesNeeded/main", "value": null}]
	zone_loss.findings == set() with input as json.patch(model("production", 6, 5, ["1", "2", "3"]), unknown)
}

model(tier, nodes, needed, zones) := {"environments": {"blue": {
	"name": "blue",
	"tier": tier,
	"cluster": {"pools": {"main": {"scaling": {"kind": "fixed", "count": nodes}, "zones": zones}}},
	"nodesNeeded": {"main": {"fewest": needed, "most": 99}},
}}}
