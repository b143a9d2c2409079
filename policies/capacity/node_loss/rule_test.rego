package capacity.node_loss_test

import data.capacity.node_loss

test_what_fits_on_one_node_fewer_passes if {
	node_loss.findings == set() with input as model("production", 3, {"replicaCount": 4})
}

test_what_needs_every_node_is_found if {
	found := node_loss.findings with input as model("production", 3, {"replicaCount": 5})
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "main", "scaling"],
		"message": concat("", [
			"deployments on pool `main` of `blue` request, at their fewest replicas, ",
			"cpu 5000m of 4000m that remain when one of 3 nodes is lost",
		]),
	}}
}

test_what_scales_down_counts_with_its_fewest_replicas if {
	autoscaling := {"minReplicas": 2, "maxReplicas": 9}
	node_loss.findings == set() with input as model("production", 3, {"autoscaling": autoscaling})
}

test_a_pool_of_one_node_cannot_lose_it if {
	found := node_loss.findings with input as model("production", 1, {"replicaCount": 1})
	count(found) == 2
}

test_staging_may_wait_for_a_node if {
	node_loss.findings == set() with input as model("staging", 3, {"replicaCount": 5})
}

model(tier, nodes, fields) := {
	"environments": {"blue": {"name": "blue", "tier": tier, "cluster": {"pools": {"main": {
		"scaling": {"kind": "fixed", "count": nodes},
		"allocatable": {"cpuMillicores": 2000, "memoryMib": 8192},
	}}}}},
	"services": {"api": {"name": "api", "environments": {"blue": object.union(
		{
			"kind": "deployment",
			"replicaCount": null,
			"autoscaling": null,
			"scheduling": {"pool": "main"},
			"resources": {"requests": {"cpu": "1", "memory": "1Gi"}},
		},
		fields,
	)}}},
}
