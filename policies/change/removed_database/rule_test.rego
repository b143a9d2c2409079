package change.removed_database_test

import data.change.removed_database

orders := {"server": "acme-orders", "databases": ["orders", "audit"]}

test_a_database_more_passes if {
	removed_database.findings == set() with input as change(
		{"orders": orders},
		{"orders": object.union(orders, {"databases": ["orders", "audit", "carts"]}), "carts": {"server": "acme-carts"}},
	)
}

test_one_that_is_gone_is_found_at_the_others if {
	found := removed_database.findings with input as change({"orders": orders}, {"carts": {"server": "acme-carts"}})
	found == {{
		"path": ["environments", "blue", "databases"],
		"message": "database `orders` of `blue` is gone, with its server and its data",
	}}
}

test_a_server_under_another_name_is_still_there if {
	removed_database.findings == set() with input as change({"orders": orders}, {"main": orders})
}

test_another_server_under_the_same_name_is_for_another_rule if {
	removed_database.findings == set() with input as change(
		{"orders": orders},
		{"orders": object.union(orders, {"server": "acme-other"})},
	)
}

test_one_of_a_server_that_stays_is_found_at_the_server if {
	found := removed_database.findings with input as change(
		{"orders": orders},
		{"orders": object.union(orders, {"databases": ["orders"]})},
	)
	found == {{
		"path": ["environments", "blue", "databases", "orders", "databases"],
		"message": "database `audit` on server `orders` of `blue` is gone, with its data",
	}}
}

test_with_its_environment_it_is_not_found_again if {
	removed_database.findings == set() with input as {
		"before": {"environments": {"blue": {"databases": {"orders": orders}}}},
		"after": {"environments": {}},
	}
}

test_nothing_before_passes if {
	removed_database.findings == set() with input as {"before": {}, "after": change({}, {"orders": orders}).after}
	every before in [null, [], "text"] {
		removed_database.findings == set() with input as change(before, {"orders": orders})
	}
}

change(before, after) := {
	"before": {"environments": {"blue": {"databases": before}}},
	"after": {"environments": {"blue": {"databases": after}}},
}
