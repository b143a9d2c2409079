package change.replaced_cluster_test

import data.change.replaced_cluster

cluster := {
	"tier": "production",
	"location": "westeurope",
	"resourceGroup": "acme-blue",
	"subscriptionId": "1",
	"cluster": {"name": "aks-blue", "tier": "Free"},
	"extraInputs": {},
}

test_what_azure_changes_in_place_passes if {
	replaced_cluster.findings == set() with input as change(cluster, {"cluster": {"name": "aks-blue", "tier": "Standard"}})
}

test_another_name_is_found_at_it if {
	found := replaced_cluster.findings with input as change(cluster, {"cluster": {"name": "aks-live"}})
	found == {{
		"path": ["environments", "blue", "cluster", "name"],
		"message": concat("", [
			"the cluster of `blue`, a production environment, is destroyed and made anew: ",
			"`cluster.name` was `aks-blue` and is `aks-live`",
		]),
	}}
}

test_a_move_is_found_once if {
	found := replaced_cluster.findings with input as change(
		cluster,
		{"subscriptionId": "2", "location": "northeurope", "extraInputs": nodes("a")},
	)
	{finding.path | some finding in found} == {["environments", "blue", "location"]}
	group := replaced_cluster.findings with input as change(cluster, {"resourceGroup": "acme"})
	{finding.path | some finding in group} == {["environments", "blue", "resourceGroup"]}
}

test_the_same_group_of_nodes_passes if {
	replaced_cluster.findings == set() with input as change(object.union(cluster, {"extraInputs": nodes("a")}), {})
}

test_another_group_of_nodes_is_found if {
	every pair in [[{}, nodes("a")], [nodes("a"), {}], [nodes("a"), nodes("b")]] {
		before := object.union(cluster, {"extraInputs": pair[0]})
		after := object.union(cluster, {"extraInputs": pair[1]})
		found := replaced_cluster.findings with input as models(before, after)
		found == {{
			"path": ["environments", "blue", "extraInputs"],
			"message": concat("", [
				"the cluster of `blue`, a production environment, is destroyed and made anew: ",
				"extra inputs give its nodes another resource group",
			]),
		}}
	}
}

test_a_staging_cluster_may_be_made_anew if {
	staging := object.union(cluster, {"tier": "staging"})
	replaced_cluster.findings == set() with input as change(staging, {"location": "northeurope"})
}

test_nothing_before_passes if {
	replaced_cluster.findings == set() with input as {"before": {}, "after": {"environments": {"blue": cluster}}}
	every before in [{}, {"tier": "production", "extraInputs": {}}, {"tier": "production", "extraInputs": nodes("b")}] {
		after := object.union(cluster, {"extraInputs": nodes("a")})
		replaced_cluster.findings == set() with input as models(before, after)
	}
}

nodes(group) := {"cluster": {"node_resource_group": group}}

change(before, changed) := models(before, object.union(before, changed))

models(before, after) := {"before": {"environments": {"blue": before}}, "after": {"environments": {"blue": after}}}
