package change.refused_cluster_test

import data.change.refused_cluster

cluster := {
	"tier": "staging",
	"location": "westeurope",
	"cluster": {"name": "aks", "dnsPrefix": "aks", "systemPool": "main", "pools": {
		"main": {"azureName": "main"},
		"next": {"azureName": "next"},
		"same": {"azureName": "main"},
	}},
	"network": {
		"nodeSubnet": "10.10.0.0/22",
		"podRange": "10.64.0.0/16",
		"serviceRange": "10.250.0.0/20",
		"addressSpace": "10.10.0.0/16",
	},
}

test_what_azure_changes_in_place_passes if {
	every change in [{"network": {"addressSpace": "10.0.0.0/8"}}, {"cluster": {"defaultPool": "next"}}] {
		refused_cluster.findings == set() with input as changed(change)
	}
}

test_what_is_fixed_is_found_at_its_place if {
	found := refused_cluster.findings with input as changed({"cluster": {"dnsPrefix": "other"}})
	found == {{
		"path": ["environments", "blue", "cluster", "dnsPrefix"],
		"message": concat("", [
			"the cluster of `blue` keeps its `cluster.dnsPrefix` as long as it is there: ",
			"it was `aks` and is `other`",
		]),
	}}
	every field in ["nodeSubnet", "podRange", "serviceRange"] {
		more := refused_cluster.findings with input as changed({"network": {field: "10.99.0.0/20"}})
		{finding.path | some finding in more} == {["environments", "blue", "network", field]}
	}
}

test_the_range_of_pods_may_grow_and_not_shrink if {
	refused_cluster.findings == set() with input as changed({"network": {"podRange": "10.64.0.0/15"}})
	found := refused_cluster.findings with input as changed({"network": {"podRange": "10.64.0.0/17"}})
	count(found) == 1
}

test_another_system_pool_is_found_by_its_name_in_azure if {
	found := refused_cluster.findings with input as changed({"cluster": {"systemPool": "next"}})
	found == {{
		"path": ["environments", "blue", "cluster", "systemPool"],
		"message": concat("", [
			"the system pool of `blue` is called `main` in Azure as long as its cluster is there, ",
			"and is to be `next`",
		]),
	}}
	refused_cluster.findings == set() with input as changed({"cluster": {"systemPool": "same"}})
}

test_a_cluster_that_is_made_anew_may_have_all_of_it if {
	refused_cluster.findings == set() with input as changed({
		"cluster": {"name": "live", "dnsPrefix": "live", "systemPool": "next"},
		"network": {"podRange": "10.1.0.0/16"},
	})
}

test_nothing_before_passes if {
	refused_cluster.findings == set() with input as {"before": {}, "after": {"environments": {"blue": cluster}}}
	every field in ["nodeSubnet", "podRange", "serviceRange"] {
		refused_cluster.findings == set() with input as {
			"before": {"environments": {"blue": {"network": {field: "10.99.0.0/20"}}}},
			"after": {"environments": {"blue": cluster}},
		}
	}
}

changed(change) := {
	"before": {"environments": {"blue": cluster}},
	"after": {"environments": {"blue": object.union(cluster, change)}},
}
