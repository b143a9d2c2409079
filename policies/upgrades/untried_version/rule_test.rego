package upgrades.untried_version_test

import data.upgrades.untried_version

test_the_version_of_staging_passes if {
	untried_version.findings == set() with input as model("1.36", "17", "staging")
}

test_a_version_behind_staging_passes if {
	untried_version.findings == set() with input as model("1.9", "13", "staging")
}

test_a_newer_cluster_is_found if {
	found := untried_version.findings with input as model("1.37", "17", "staging")
	found == {{
		"path": ["environments", "blue", "cluster", "kubernetesVersion"],
		"message": concat("", [
			"`blue`, a production environment, runs Kubernetes 1.37, ",
			"and the newest in other environments is 1.36",
		]),
	}}
}

test_a_newer_database_is_found if {
	found := untried_version.findings with input as model("1.36", "18", "development")
	found == {{
		"path": ["environments", "blue", "databases", "orders", "version"],
		"message": concat("", [
			"database `orders` of `blue`, a production environment, has version 18, ",
			"and the newest in other environments is 17",
		]),
	}}
}

test_without_another_environment_there_is_nowhere_to_try if {
	untried_version.findings == set() with input as model("1.37", "18", "production")
}

test_a_database_that_only_production_has_passes if {
	untried_version.findings == set() with input as {"environments": {
		"blue": environment("blue", "production", "1.36", {"reports": {"version": "18"}}),
		"green": environment("green", "staging", "1.36", {}),
	}}
}

model(kubernetes, database, tier_of_green) := {"environments": {
	"blue": environment("blue", "production", kubernetes, {"orders": {"version": database}}),
	"green": environment("green", tier_of_green, "1.36", {"orders": {"version": "17"}}),
}}

environment(name, tier, kubernetes, databases) := {
	"name": name,
	"tier": tier,
	"cluster": {"kubernetesVersion": kubernetes},
	"databases": databases,
}
