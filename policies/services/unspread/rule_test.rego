package services.unspread_test

import data.services.unspread

test_spread_over_nodes_passes if {
	nodes := {"scheduling": {"spread": [{"topologyKey": "kubernetes.io/hostname", "hard": false}]}}
	unspread.findings == set() with input as model("production", object.union({"replicaCount": 2}, nodes))
}

test_two_replicas_together_are_found if {
	found := unspread.findings with input as model("production", {"replicaCount": 2})
	found == {{
		"path": ["services", "api", "environments", "blue", "scheduling", "spread"],
		"message": concat("", [
			"`api` has 2 replicas in `blue`, a production environment, ",
			"and nothing keeps them on several nodes or in several zones",
		]),
	}}
}

test_what_scales_from_two_is_found if {
	count(unspread.findings) == 1 with input as model("production", {"autoscaling": {"minReplicas": 2}})
}

test_one_replica_is_alone if {
	unspread.findings == set() with input as model("production", {"replicaCount": 1})
	unspread.findings == set() with input as model("production", {"autoscaling": {"minReplicas": 1}})
}

test_a_job_passes if {
	unspread.findings == set() with input as model("production", {})
}

test_staging_may_be_together if {
	unspread.findings == set() with input as model("staging", {"replicaCount": 2})
}

model(tier, fields) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"api": {"name": "api", "environments": {"blue": object.union(
		{"replicaCount": null, "autoscaling": null, "scheduling": {"spread": []}},
		fields,
	)}}},
}
