package change.moved_state_test

import data.change.moved_state

state := {"subscriptionId": "1", "resourceGroup": "a", "storageAccount": "b", "container": "c"}

blue := {"directory": "blue", "databases": {"orders": {"server": "acme-orders"}}}

model := {"infrastructure": {"name": "infra", "state": state}, "environments": {"blue": blue}}

test_another_repository_passes if {
	moved_state.findings == set() with input as changed({"infrastructure": {"name": "other"}})
}

test_another_place_of_the_state_is_found_once if {
	elsewhere := {"infrastructure": {"state": {"container": "d", "storageAccount": "e"}}}
	found := moved_state.findings with input as changed(elsewhere)
	found == {{
		"path": ["infrastructure", "state", "storageAccount"],
		"message": "Terraform's state is looked for elsewhere: `storageAccount` was `b` and is `e`",
	}}
}

test_each_part_of_the_place_is_found_by_itself if {
	every field, was in state {
		found := moved_state.findings with input as changed({"infrastructure": {"state": {field: "other"}}})
		found == {{
			"path": ["infrastructure", "state", field],
			"message": $"Terraform's state is looked for elsewhere: `{field}` was `{was}` and is `other`",
		}}
	}
}

test_another_folder_is_found if {
	found := moved_state.findings with input as changed({"environments": {"blue": {"directory": "live"}}})
	found == {{
		"path": ["environments", "blue", "directory"],
		"message": "Terraform's state of `blue` is below `blue` and is looked for below `live`",
	}}
}

test_another_name_of_a_database_is_found_at_it if {
	found := moved_state.findings with input as {
		"before": model,
		"after": {"environments": {"blue": {"databases": {"main": {"server": "acme-orders"}}}}},
	}
	found == {{
		"path": ["environments", "blue", "databases", "main"],
		"message": "Terraform's state of server `acme-orders` of `blue` is that of database `orders`, which is now `main`",
	}}
}

test_another_server_is_another_database if {
	moved_state.findings == set() with input as changed({"environments": {"blue": {
		"directory": "blue",
		"databases": {"orders": {"server": "acme-orders"}, "carts": {"server": "acme-carts"}},
	}}})
}

test_nothing_before_passes if {
	moved_state.findings == set() with input as {"before": {}, "after": model}
}

changed(change) := {"before": model, "after": object.union(model, change)}
