package upgrades.free_tier_test

import data.upgrades.free_tier

test_other_tiers_pass if {
	every tier in ["Standard", "Premium"] {
		free_tier.findings == set() with input as model("production", tier, {})
	}
}

test_the_free_tier_is_found if {
	found := free_tier.findings with input as model("production", "Free", {})
	found == {{
		"path": ["environments", "blue", "cluster", "tier"],
		"message": "the cluster of `blue`, a production environment, is of tier Free",
	}}
}

test_extra_inputs_are_what_counts if {
	free_tier.findings == set() with input as model("production", "Free", {"cluster": {"sku": {"tier": "Premium"}}})
	found := free_tier.findings with input as model("production", "Standard", {"cluster": {"sku": {"tier": "Free"}}})
	found == {{
		"path": ["environments", "blue", "extraInputs", "cluster", "sku", "tier"],
		"message": "extra inputs make the cluster of `blue`, a production environment, one of tier Free",
	}}
}

test_staging_may_be_free if {
	free_tier.findings == set() with input as model("staging", "Free", {})
	free_tier.findings == set() with input as model("staging", "Standard", {"cluster": {"sku": {"tier": "Free"}}})
}

model(tier, of_cluster, inputs) := {"environments": {"blue": {
	"tier": tier,
	"cluster": {"tier": of_cluster},
	"extraInputs": inputs,
}}}
