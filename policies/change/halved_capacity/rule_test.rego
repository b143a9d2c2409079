package change.halved_capacity_test

import data.change.halved_capacity

test_a_little_less_passes if {
	halved_capacity.findings == set() with input as pools("production", fixed(5), fixed(3))
	halved_capacity.findings == set() with input as services("production", {"replicaCount": 5}, {"replicaCount": 3})
}

test_more_passes if {
	halved_capacity.findings == set() with input as pools("production", fixed(0), fixed(0))
	halved_capacity.findings == set() with input as services("production", {"replicaCount": 2}, {"replicaCount": 4})
}

test_half_of_the_nodes_is_found if {
	found := halved_capacity.findings with input as pools("production", {"kind": "auto", "min": 1, "max": 6}, fixed(3))
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "main", "scaling"],
		"message": "pool `main` of `blue`, a production environment, had at most 6 nodes and has at most 3",
	}}
}

test_half_of_the_replicas_is_found_where_they_are_written if {
	found := halved_capacity.findings with input as services("production", {"replicaCount": 8}, {"replicaCount": 4})
	found == {{
		"path": ["services", "api", "environments", "blue", "replicaCount"],
		"message": "`api` had at most 8 replicas in `blue`, a production environment, and has at most 4",
	}}
	scaled := halved_capacity.findings with input as services(
		"production", {"replicaCount": 8},
		{"replicaCount": null, "autoscaling": {"minReplicas": 2, "maxReplicas": 3}},
	)
	{finding.path | some finding in scaled} == {["services", "api", "environments", "blue", "autoscaling", "maxReplicas"]}
}

test_one_replica_is_for_another_rule if {
	halved_capacity.findings == set() with input as services("production", {"replicaCount": 2}, {"replicaCount": 1})
}

test_two_replicas_of_four_are_found if {
	found := halved_capacity.findings with input as services("production", {"replicaCount": 4}, {"replicaCount": 2})
	{finding.path | some finding in found} == {["services", "api", "environments", "blue", "replicaCount"]}
}

test_of_a_cluster_that_is_made_anew_pools_are_not_told if {
	halved_capacity.findings == set() with input as {
		"before": {"environments": {"blue": object.union(environment("production", fixed(6)), {"location": "a"})}},
		"after": {"environments": {"blue": object.union(environment("production", fixed(2)), {"location": "b"})}},
	}
}

test_staging_may_be_halved if {
	halved_capacity.findings == set() with input as pools("staging", fixed(6), fixed(2))
	halved_capacity.findings == set() with input as services("staging", {"replicaCount": 8}, {"replicaCount": 2})
}

test_nothing_before_passes if {
	halved_capacity.findings == set() with input as {"before": {}, "after": pools("production", fixed(6), fixed(2)).after}
	halved_capacity.findings == set() with input as services("production", {}, {"replicaCount": 2})
}

fixed(nodes) := {"kind": "fixed", "count": nodes}

pools(tier, before, after) := {
	"before": {"environments": {"blue": environment(tier, before)}},
	"after": {"environments": {"blue": environment(tier, after)}},
}

environment(tier, scaling) := {"tier": tier, "cluster": {"systemPool": "main", "pools": {"main": {"scaling": scaling}}}}

services(tier, before, after) := {
	"before": {
		"environments": {"blue": {"tier": tier}},
		"services": {"api": {"environments": {"blue": before}}},
	},
	"after": {
		"environments": {"blue": {"tier": tier}},
		"services": {"api": {"environments": {"blue": after}}},
	},
}
