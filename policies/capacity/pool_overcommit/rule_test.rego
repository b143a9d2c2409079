package capacity.pool_overcommit_test

import data.capacity.pool_overcommit

fixed := {"kind": "fixed", "count": 3}

test_what_fills_the_pool_passes if {
	pool_overcommit.findings == set() with input as model(fixed, {
		"api": deployment("1", "1Gi", {"autoscaling": {"minReplicas": 2, "maxReplicas": 4}}),
		"app": deployment("500m", "1Gi", {"replicaCount": 4}),
	})
}

test_one_replica_more_is_found_at_the_pool if {
	found := pool_overcommit.findings with input as model(fixed, {
		"api": deployment("1", "1Gi", {"autoscaling": {"minReplicas": 2, "maxReplicas": 4}}),
		"app": deployment("500m", "1Gi", {"replicaCount": 5}),
	})
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "main", "scaling"],
		"message": concat("", [
			"deployments on pool `main` of `blue` request, at their most replicas, ",
			"cpu 6500m of 6000m that its 3 nodes have",
		]),
	}}
}

test_memory_is_counted_as_well if {
	found := pool_overcommit.findings with input as model(fixed, {"api": deployment("1m", "4097Mi", {"replicaCount": 6})})
	{finding.message | some finding in found} == {concat("", [
		"deployments on pool `main` of `blue` request, at their most replicas, ",
		"memory 24582Mi of 24576Mi that its 3 nodes have",
	])}
}

test_a_pool_that_scales_is_judged_at_its_most_nodes if {
	pool_overcommit.findings == set() with input as model(
		{"kind": "auto", "min": 0, "max": 3},
		{"api": deployment("1", "1Gi", {"replicaCount": 6})},
	)
}

test_two_deployments_alike_count_twice if {
	found := pool_overcommit.findings with input as model(fixed, {
		"api": deployment("1", "1Gi", {"replicaCount": 4}),
		"app": deployment("1", "1Gi", {"replicaCount": 4}),
	})
	count(found) == 1
}

test_jobs_and_other_pools_do_not_count if {
	pool_overcommit.findings == set() with input as model(fixed, {
		"etl": deployment("8", "64Gi", {"replicaCount": null, "kind": "scheduledJob"}),
		"batch": deployment("8", "64Gi", {"replicaCount": 9, "scheduling": {"pool": "unknown"}}),
	})
}

deployment(cpu, memory, fields) := object.union(
	{
		"kind": "deployment",
		"replicaCount": null,
		"autoscaling": null,
		"scheduling": {"pool": "main"},
		"resources": {"requests": {"cpu": cpu, "memory": memory}},
	},
	fields,
)

model(scaling, deployments) := {
	"environments": {"blue": {"name": "blue", "tier": "staging", "cluster": {"pools": {
		"main": {"scaling": scaling, "allocatable": {"cpuMillicores": 2000, "memoryMib": 8192}},
		"unknown": {"scaling": scaling, "allocatable": null},
	}}}},
	"services": {name: {"name": name, "environments": {"blue": placed}} | some name, placed in deployments},
}
