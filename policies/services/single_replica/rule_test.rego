package services.single_replica_test

import data.services.single_replica

test_two_replicas_in_production_pass if {
	single_replica.findings == set() with input as model("production", {"replicaCount": 2})
}

test_one_replica_in_production_is_found_at_its_count if {
	found := single_replica.findings with input as model("production", {"replicaCount": 1})
	found == {{
		"path": ["services", "api", "environments", "blue", "replicaCount"],
		"message": "`api` has replicaCount 1 in `blue`, a production environment; at least 2 expected",
	}}
}

test_scaling_down_to_one_is_found_at_the_minimum if {
	found := single_replica.findings with input as model("production", {"autoscaling": {"minReplicas": 1}})
	found == {{
		"path": ["services", "api", "environments", "blue", "autoscaling", "minReplicas"],
		"message": "`api` scales down to 1 in `blue`, a production environment; at least 2 expected",
	}}
}

test_scaling_down_to_two_passes if {
	single_replica.findings == set() with input as model("production", {"autoscaling": {"minReplicas": 2}})
}

test_one_replica_in_staging_passes if {
	single_replica.findings == set() with input as model("staging", {"replicaCount": 1})
	single_replica.findings == set() with input as model("staging", {"autoscaling": {"minReplicas": 1}})
}

test_a_service_that_is_switched_off_passes if {
	single_replica.findings == set() with input as model("production", {"replicaCount": 0})
}

test_a_worker_without_ports_passes if {
	single_replica.findings == set() with input as model("production", {"replicaCount": 1, "ports": []})
}

test_a_job_passes if {
	single_replica.findings == set() with input as model("production", {"replicaCount": null, "kind": "scheduledJob"})
}

test_a_volume_for_one_node_allows_one_replica if {
	volumes := [{"kind": "persistent", "accessMode": "ReadWriteOnce"}]
	single_replica.findings == set() with input as model("production", {"replicaCount": 1, "volumes": volumes})
}

test_a_volume_for_many_nodes_does_not if {
	volumes := [{"kind": "ephemeral"}, {"kind": "persistent", "accessMode": "ReadWriteMany"}]
	found := single_replica.findings with input as model("production", {"replicaCount": 1, "volumes": volumes})
	{finding.path | some finding in found} == {["services", "api", "environments", "blue", "replicaCount"]}
}

model(tier, fields) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"api": {"name": "api", "environments": {"blue": object.union(
		{
			"environment": "blue",
			"kind": "deployment",
			"ports": [{"name": "http", "port": 8080}],
			"replicaCount": null,
			"autoscaling": null,
			"volumes": [],
		},
		fields,
	)}}},
}
