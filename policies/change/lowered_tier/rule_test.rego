package change.lowered_tier_test

import data.change.lowered_tier

test_any_other_step_passes if {
	every pair in [["production", "production"], ["staging", "production"], ["staging", "development"]] {
		lowered_tier.findings == set() with input as change({"tier": pair[0]}, pair[1])
	}
}

test_production_that_is_none_any_more_is_found if {
	found := lowered_tier.findings with input as change({"tier": "production"}, "staging")
	found == {{
		"path": ["environments", "blue", "tier"],
		"message": "`blue` was a production environment and is one of tier staging",
	}}
}

test_nothing_before_passes if {
	lowered_tier.findings == set() with input as change({}, "staging")
	lowered_tier.findings == set() with input as {"before": {}, "after": {"environments": {"blue": {"tier": "staging"}}}}
}

change(before, tier) := {
	"before": {"environments": {"blue": before}},
	"after": {"environments": {"blue": {"tier": tier}}},
}
