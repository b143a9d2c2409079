package databases.unencrypted_connection_test

import data.databases.unencrypted_connection

test_a_server_as_azure_makes_it_passes if {
	settings := {
		"a": {"name": "max_connections", "config": "off"},
		"b": {"name": "require_secure_transport", "config": "on"},
	}
	unencrypted_connection.findings == set() with input as server("database-orders", settings)
}

test_a_server_without_tls_is_found if {
	every value in ["off", "OFF", "false", "0"] {
		settings := {"tls": {"name": "require_secure_transport", "config": value}}
		found := unencrypted_connection.findings with input as server("database-orders", settings)
		found == {{
			"path": ["environments", "blue", "extraInputs", "database-orders", "server_configuration", "tls", "config"],
			"message": "extra inputs of unit `database-orders` of `blue` let connections in without TLS",
		}}
	}
}

test_other_units_pass if {
	settings := {"tls": {"name": "require_secure_transport", "config": "off"}}
	unencrypted_connection.findings == set() with input as server("cluster", settings)
}

test_a_service_that_asks_for_no_tls_is_found if {
	every name, value in {
		"PGSSLMODE": "disable",
		"DATABASE_URL": "postgres://orders.example/orders?sslmode=disable&connect_timeout=5",
	} {
		found := unencrypted_connection.findings with input as client(["orders"], name, value)
		found == {{
			"path": ["services", "api", "environments", "blue", "envs", 0, "value"],
			"message": $"variable `{name}` of `api` in `blue` asks for no TLS to the database",
		}}
	}
}

test_a_service_that_asks_for_tls_or_uses_no_database_passes if {
	unencrypted_connection.findings == set() with input as client(["orders"], "PGSSLMODE", "require")
	unencrypted_connection.findings == set() with input as client(["orders"], "TRACING", "disable")
	unencrypted_connection.findings == set() with input as client(["orders"], "FEATURES", "search=disabled,new=disable")
	unencrypted_connection.findings == set() with input as client([], "PGSSLMODE", "disable")
}

server(unit, settings) := {
	"environments": {"blue": {"extraInputs": {unit: {"server_configuration": settings}}}},
	"services": {},
}

client(uses, name, value) := {
	"environments": {"blue": {"extraInputs": {}}},
	"services": {"api": {"name": "api", "environments": {"blue": {
		"uses": uses,
		"envs": [{"name": name, "value": value}],
	}}}},
}
