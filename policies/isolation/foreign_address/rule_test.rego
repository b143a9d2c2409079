package isolation.foreign_address_test

import data.isolation.foreign_address

test_addresses_of_the_own_environment_pass if {
	variables := {"DATABASE_HOST": "acme-blue.postgres.database.azure.com", "PUBLIC_URL": "https://api.acme.example"}
	foreign_address.findings == set() with input as model("acme.example", "green.acme.example", variables)
}

test_a_database_of_another_environment_is_found if {
	variables := {"A": "on", "DATABASE_URL": "postgres://acme-green.postgres.database.azure.com:5432/orders"}
	found := foreign_address.findings with input as model("acme.example", "green.acme.example", variables)
	found == {{
		"path": ["services", "api", "environments", "blue", "envs", 1, "value"],
		"other": ["environments", "green", "databases", "orders"],
		"message": concat("", [
			"variable `DATABASE_URL` of `api` in `blue` ",
			"names `acme-green.postgres.database.azure.com`, a database server of `green`",
		]),
	}}
}

test_production_that_calls_staging_is_found if {
	variables := {"API_URL": "https://api.green.acme.example/v1"}
	found := foreign_address.findings with input as model("acme.example", "green.acme.example", variables)
	found == {{
		"path": ["services", "api", "environments", "blue", "envs", 0, "value"],
		"other": ["environments", "green", "domain"],
		"message": concat("", [
			"variable `API_URL` of `api` in `blue`, a production environment, ",
			"names `green.acme.example`, the domain of `green`",
		]),
	}}
}

test_production_below_the_domain_of_staging_may_name_itself if {
	variables := {"API_URL": "https://api.live.acme.example/v1"}
	foreign_address.findings == set() with input as model("live.acme.example", "acme.example", variables)
}

test_production_below_the_domain_of_staging_may_not_name_staging if {
	variables := {"API_URL": "https://api.acme.example/v1"}
	found := foreign_address.findings with input as model("live.acme.example", "acme.example", variables)
	{finding.path | some finding in found} == {["services", "api", "environments", "blue", "envs", 0, "value"]}
}

test_a_domain_that_only_ends_or_begins_alike_passes if {
	variables := {
		"A": "https://hub.at.shop.example/",
		"B": "https://t.shop.example.org",
		"C": "https://not-t.shop.example",
		"D": "https://not-t.shop.example https://t-shop.example",
	}
	foreign_address.findings == set() with input as model("at.shop.example", "t.shop.example", variables)
}

test_a_domain_is_found_wherever_it_stands if {
	variables := {
		"A": "t.shop.example", "B": "wss://api.t.shop.example:8443/live", "C": "me@t.shop.example, you",
		"D": "see t.shop.example.", "E": "t.shop.example/x",
	}
	found := foreign_address.findings with input as model("at.shop.example", "t.shop.example", variables)
	count(found) == 5
}

test_staging_may_link_to_production if {
	environments := {
		"blue": {"tier": "production", "domain": "acme.example", "databases": {}},
		"green": {"tier": "staging", "domain": "green.acme.example", "databases": {}},
	}
	envs := [{"name": "TERMS", "value": "https://acme.example/terms"}, {"name": "SENDER", "value": "hello@acme.example"}]
	services := {"api": {"name": "api", "environments": {"green": {"envs": envs}}}}
	foreign_address.findings == set() with input as {"environments": environments, "services": services}
}

test_development_may_name_staging if {
	environments := {
		"green": {"tier": "staging", "domain": "green.acme.example", "databases": {}},
		"lime": {"tier": "development", "domain": "lime.acme.example", "databases": {}},
	}
	envs := in_order({"UPSTREAM": "https://api.green.acme.example"})
	services := {"api": {"name": "api", "environments": {"lime": {"envs": envs}}}}
	foreign_address.findings == set() with input as {"environments": environments, "services": services}
}

model(production_domain, staging_domain, variables) := {
	"environments": {
		"blue": {
			"tier": "production",
			"domain": production_domain,
			"databases": {"orders": {"host": "acme-blue.postgres.database.azure.com"}},
		},
		"green": {
			"tier": "staging",
			"domain": staging_domain,
			"databases": {"orders": {"host": "acme-green.postgres.database.azure.com"}},
		},
	},
	"services": {"api": {"name": "api", "environments": {"blue": {"envs": in_order(variables)}}}},
}

in_order(variables) := [{"name": name, "value": value} | some name, value in variables]
