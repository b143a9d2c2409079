package databases.burstable_production_test

import data.databases.burstable_production

test_a_general_purpose_size_passes if {
	burstable_production.findings == set() with input as model("production", "GP_Standard_D2ds_v5", {})
}

test_a_burstable_size_is_found if {
	found := burstable_production.findings with input as model("production", "B_Standard_B2s", {})
	found == {{
		"path": ["environments", "blue", "databases", "orders", "size"],
		"message": "database `orders` of `blue`, a production environment, has the burstable size B_Standard_B2s",
	}}
}

test_extra_inputs_are_what_counts if {
	inputs := {"database-orders": {"sku_name": "B_Standard_B1ms"}}
	found := burstable_production.findings with input as model("production", "GP_Standard_D2ds_v5", inputs)
	found == {{
		"path": ["environments", "blue", "extraInputs", "database-orders", "sku_name"],
		"message": concat("", [
			"extra inputs give database `orders` of `blue`, a production environment, ",
			"the burstable size B_Standard_B1ms",
		]),
	}}
}

test_extra_inputs_may_mend_it if {
	inputs := {"database-orders": {"sku_name": "MO_Standard_E4ds_v5"}}
	burstable_production.findings == set() with input as model("production", "B_Standard_B2s", inputs)
}

test_staging_may_be_slow if {
	burstable_production.findings == set() with input as model("staging", "B_Standard_B2s", {})
	inputs := {"database-orders": {"sku_name": "B_Standard_B1ms"}}
	burstable_production.findings == set() with input as model("staging", "GP_Standard_D2ds_v5", inputs)
}

model(tier, size, inputs) := {"environments": {"blue": {
	"tier": tier,
	"databases": {"orders": {"size": size}},
	"extraInputs": inputs,
}}}
