package upgrades.left_behind_test

import data.upgrades.left_behind

test_one_version_behind_passes if {
	left_behind.findings == set() with input as model("1.35", "16", "staging")
}

test_a_newer_version_passes if {
	left_behind.findings == set() with input as model("1.37", "18", "staging")
}

test_a_cluster_two_versions_behind_is_found if {
	found := left_behind.findings with input as model("1.34", "17", "staging")
	found == {{
		"path": ["environments", "blue", "cluster", "kubernetesVersion"],
		"message": "`blue`, a production environment, runs Kubernetes 1.34, 2 versions behind the 1.36 of others",
	}}
}

test_a_database_two_versions_behind_is_found if {
	found := left_behind.findings with input as model("1.36", "14", "development")
	found == {{
		"path": ["environments", "blue", "databases", "orders", "version"],
		"message": "database `orders` of `blue`, a production environment, has version 14, 3 behind the 17 of others",
	}}
}

test_a_database_may_be_one_version_behind_and_not_two if {
	left_behind.findings == set() with input as model("1.36", "16", "staging")
	found := left_behind.findings with input as model("1.36", "15", "staging")
	count(found) == 1
}

test_only_production_is_judged if {
	left_behind.findings == set() with input as {"environments": {
		"blue": environment("staging", "1.30", {"orders": {"version": "12"}}),
		"green": environment("development", "1.36", {"orders": {"version": "17"}}),
	}}
}

test_another_production_environment_is_no_measure if {
	left_behind.findings == set() with input as {"environments": {
		"blue": environment("production", "1.30", {}),
		"red": environment("production", "1.36", {}),
	}}
}

model(kubernetes, database, tier_of_green) := {"environments": {
	"blue": environment("production", kubernetes, {"orders": {"version": database}}),
	"green": environment(tier_of_green, "1.36", {"orders": {"version": "17"}}),
}}

environment(tier, kubernetes, databases) := {
	"tier": tier,
	"cluster": {"kubernetesVersion": kubernetes},
	"databases": databases,
}
