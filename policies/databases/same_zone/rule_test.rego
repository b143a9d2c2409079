package databases.same_zone_test

import data.databases.same_zone

test_another_zone_or_no_standby_passes if {
	every mode in ["ZoneRedundant", null] {
		same_zone.findings == set() with input as model("production", mode, true)
	}
}

test_the_same_zone_is_found if {
	found := same_zone.findings with input as model("production", "SameZone", true)
	found == {{
		"path": ["environments", "blue", "databases", "orders", "highAvailability"],
		"message": "the standby of database `orders` of `blue`, a production environment, is in the zone of its server",
	}}
}

test_what_another_rule_finds_is_left_to_it if {
	same_zone.findings == set() with input as model("production", "SameZone", false)
}

test_staging_may_have_it if {
	same_zone.findings == set() with input as model("staging", "SameZone", true)
}

model(tier, mode, backup) := {"environments": {"blue": {
	"tier": tier,
	"databases": {"orders": {"highAvailability": mode, "geoRedundantBackup": backup}},
}}}
