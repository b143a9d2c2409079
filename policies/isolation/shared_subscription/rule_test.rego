package isolation.shared_subscription_test

import data.isolation.shared_subscription

test_a_subscription_of_its_own_passes if {
	shared_subscription.findings == set() with input as model("1", "2", "staging")
}

test_a_shared_subscription_is_found_once if {
	found := shared_subscription.findings with input as model("1", "1", "staging")
	found == {{
		"path": ["environments", "blue", "subscriptionId"],
		"other": ["environments", "green", "subscriptionId"],
		"message": "`blue`, a production environment, shares its Azure subscription with `green`",
	}}
}

test_two_production_environments_may_share_one if {
	shared_subscription.findings == set() with input as {"environments": {
		"blue": {"tier": "production", "subscriptionId": "1"},
		"red": {"tier": "production", "subscriptionId": "1"},
	}}
}

model(ours, theirs, tier) := {"environments": {
	"blue": {"tier": "production", "subscriptionId": ours},
	"green": {"tier": tier, "subscriptionId": theirs},
	"yellow": {"tier": "development", "subscriptionId": theirs},
}}
