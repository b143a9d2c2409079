package delivery.open_registry_test

import data.delivery.open_registry

test_a_registry_that_asks_for_a_name_passes if {
	every inputs in [{}, {"admin_enabled": false, "anonymous_pull_enabled": false}] {
		open_registry.findings == set() with input as documents("registry", inputs)
	}
}

test_one_that_does_not_is_found_at_the_input if {
	found := open_registry.findings with input as documents("registry", {"anonymous_pull_enabled": true})
	found == {{
		"path": ["documents", "infra/live/shared/registry/inputs.generated.json", "inputs", "anonymous_pull_enabled"],
		"message": "the registry has `anonymous_pull_enabled`: anybody may pull everything",
	}}
}

test_the_password_of_the_administrator_is_found if {
	found := open_registry.findings with input as documents("registry", {"admin_enabled": true})
	{finding.message | some finding in found} == {concat("", [
		"the registry has `admin_enabled`: ",
		"whoever has one password may push and pull everything",
	])}
}

test_other_units_pass if {
	open_registry.findings == set() with input as documents("database-registry", {"admin_enabled": true})
}

documents(unit, inputs) := {"documents": {$"infra/live/shared/{unit}/inputs.generated.json": {
	"kind": "unit-inputs",
	"environment": null,
	"value": {"inputs": inputs},
}}}
