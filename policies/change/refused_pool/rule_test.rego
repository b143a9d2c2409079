package change.refused_pool_test

import data.change.refused_pool

cluster := {
	"tier": "production",
	"location": "westeurope",
	"cluster": {"name": "aks", "systemPool": "main", "pools": {
		"batch": {"azureName": "batch", "size": "D4", "maxPods": 60, "osDiskGb": 128, "zones": ["1"]},
		"main": {"azureName": "main", "size": "D4", "maxPods": 60, "osDiskGb": 128, "zones": ["1"]},
	}},
}

test_more_nodes_pass if {
	refused_pool.findings == set() with input as changed(pool("batch", {"scaling": {"kind": "fixed", "count": 9}}))
}

test_what_is_fixed_is_found_at_its_place if {
	every field, is in {"maxPods": 110, "osDiskGb": 64} {
		found := refused_pool.findings with input as changed(pool("main", {field: is}))
		found == {{
			"path": ["environments", "blue", "cluster", "pools", "main", field],
			"message": concat("", [
				$"pool `main` of `blue` keeps its `{field}` as long as it is there: ",
				$"it was {cluster.cluster.pools.main[field]} and is {is}",
			]),
		}}
	}
}

test_zones_are_found_and_listed if {
	every is, told in {"1, 2": ["1", "2"], "none": []} {
		found := refused_pool.findings with input as changed(pool("batch", {"zones": told}))
		messages := {finding.message | some finding in found}
		messages == {concat("", [
			"pool `batch` of `blue` keeps its `zones` as long as it is there: ",
			$"it was 1 and is {is}",
		])}
	}
}

test_a_pool_that_is_made_anew_may_have_all_of_it if {
	refused_pool.findings == set() with input as changed({
		"location": "northeurope",
		"cluster": {"pools": {"main": {"maxPods": 110}}},
	})
	every field, is in {"size": "D8", "azureName": "jobs"} {
		refused_pool.findings == set() with input as changed(pool("batch", {field: is, "maxPods": 110}))
	}
}

test_the_system_pool_keeps_it_whatever_its_size if {
	found := refused_pool.findings with input as changed(pool("main", {"size": "D8", "maxPods": 110}))
	count(found) == 1
}

test_nothing_before_passes if {
	refused_pool.findings == set() with input as {"before": {}, "after": {"environments": {"blue": cluster}}}
}

changed(change) := {
	"before": {"environments": {"blue": cluster}},
	"after": {"environments": {"blue": object.union(cluster, change)}},
}

pool(key, change) := {"cluster": {"pools": {key: change}}}
