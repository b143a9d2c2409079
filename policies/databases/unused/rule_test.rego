package databases.unused_test

import data.databases.unused

test_a_database_that_a_service_was_given_passes if {
	unused.findings == set() with input as model({"api": service(["orders"], "")})
}

test_a_database_that_a_variable_names_passes if {
	unused.findings == set() with input as model({"api": service([], "postgres://acme-orders.example/orders")})
}

test_a_database_without_a_service_is_found if {
	every services in [{}, {"api": service(["reports"], "fast")}] {
		found := unused.findings with input as model(services)
		found == {{
			"path": ["environments", "blue", "databases", "orders"],
			"message": "no service of `blue` uses its database `orders`",
		}}
	}
}

service(uses, value) := {"name": "api", "environments": {"blue": {
	"uses": uses,
	"envs": [{"name": "VALUE", "value": value}],
}}}

model(services) := {
	"environments": {"blue": {"databases": {"orders": {"host": "acme-orders.example"}}}},
	"services": services,
}
