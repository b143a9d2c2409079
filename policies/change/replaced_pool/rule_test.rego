package change.replaced_pool_test

import data.change.replaced_pool

cluster := {
	"tier": "production",
	"location": "westeurope",
	"cluster": {"name": "aks", "systemPool": "main", "pools": {
		"batch": {"azureName": "batch", "size": "D4", "maxPods": 60, "osDiskGb": 128, "zones": ["1"]},
		"main": {"azureName": "main", "size": "D4", "maxPods": 60, "osDiskGb": 128, "zones": ["1"]},
	}},
}

test_more_nodes_and_a_new_pool_pass if {
	replaced_pool.findings == set() with input as changed(pool("batch", {"scaling": {"kind": "fixed", "count": 9}}))
	replaced_pool.findings == set() with input as changed(pool("next", {"azureName": "next", "size": "D8"}))
}

test_another_size_is_found_at_it if {
	found := replaced_pool.findings with input as changed(pool("batch", {"size": "D8"}))
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "batch", "size"],
		"message": concat("", [
			"pool `batch` of `blue`, a production environment, is deleted and made anew: ",
			"its size was `D4` and is `D8`",
		]),
	}}
}

test_another_name_in_azure_is_found if {
	found := replaced_pool.findings with input as changed(pool("batch", {"azureName": "jobs"}))
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "batch", "azureName"],
		"message": concat("", [
			"pool `batch` of `blue`, a production environment, is deleted and made anew: ",
			"its name in Azure was `batch` and is `jobs`",
		]),
	}}
}

test_the_system_pool_is_replaced_node_by_node if {
	found := replaced_pool.findings with input as changed(pool("main", {"size": "D8"}))
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "main", "size"],
		"message": concat("", [
			"every node of system pool `main` of `blue`, a production environment, is drained and ",
			"replaced: its size was `D4` and is `D8`",
		]),
	}}
}

test_of_a_cluster_that_is_made_anew_pools_are_not_told if {
	replaced_pool.findings == set() with input as changed({
		"location": "northeurope",
		"cluster": {"pools": {"batch": {"size": "D8"}, "main": {"size": "D8"}}},
	})
}

test_a_staging_pool_may_be_made_anew if {
	before := object.union(cluster, {"tier": "staging"})
	every key in ["batch", "main"] {
		replaced_pool.findings == set() with input as {
			"before": {"environments": {"blue": before}},
			"after": {"environments": {"blue": object.union(before, pool(key, {"size": "D8"}))}},
		}
	}
}

test_nothing_before_passes if {
	replaced_pool.findings == set() with input as {"before": {}, "after": {"environments": {"blue": cluster}}}
}

changed(change) := {
	"before": {"environments": {"blue": cluster}},
	"after": {"environments": {"blue": object.union(cluster, change)}},
}

pool(key, change) := {"cluster": {"pools": {key: change}}}
