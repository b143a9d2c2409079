package secrets.local_accounts_test

import data.secrets.local_accounts

test_a_cluster_without_them_passes if {
	every inputs in [{}, {"disable_local_accounts": true, "enable_rbac": true}] {
		local_accounts.findings == set() with input as documents("production", "cluster", inputs)
	}
}

test_a_cluster_with_them_is_found_at_the_input if {
	every field in ["disable_local_accounts", "enable_rbac"] {
		found := local_accounts.findings with input as documents("production", "cluster", {field: false})
		found == {{
			"path": ["documents", "infra/live/blue/cluster/inputs.generated.json", "inputs", field],
			"message": concat("", [
				"extra inputs let people into the cluster of `blue`, a production environment, ",
				$"past Entra ID: `{field}` is false",
			]),
		}}
	}
}

test_a_staging_cluster_and_other_units_pass if {
	local_accounts.findings == set() with input as documents("staging", "cluster", {"enable_rbac": false})
	local_accounts.findings == set() with input as documents("production", "network", {"enable_rbac": false})
}

documents(tier, unit, inputs) := {
	"environments": {"blue": {"tier": tier}},
	"documents": {$"infra/live/blue/{unit}/inputs.generated.json": {
		"kind": "unit-inputs",
		"environment": "blue",
		"value": {"inputs": inputs},
	}},
}
