package change.lowered_protection_test

import data.change.lowered_protection

orders := {"backupRetentionDays": 28, "geoRedundantBackup": true, "highAvailability": "ZoneRedundant"}

test_more_protection_passes if {
	lowered_protection.findings == set() with input as change("production", orders, {"backupRetentionDays": 35})
	every standby in [null, "SameZone"] {
		before := object.union(orders, {"highAvailability": standby})
		lowered_protection.findings == set() with input as change("production", before, {"highAvailability": "ZoneRedundant"})
	}
}

test_the_same_protection_passes if {
	lowered_protection.findings == set() with input as change("production", orders, {})
	alone := object.union(orders, {"highAvailability": null})
	lowered_protection.findings == set() with input as change("production", alone, {})
}

test_shorter_backups_are_found if {
	found := lowered_protection.findings with input as change("production", orders, {"backupRetentionDays": 14})
	found == {{
		"path": ["environments", "blue", "databases", "orders", "backupRetentionDays"],
		"message": "database `orders` of `blue`, a production environment, kept backups for 28 days and keeps them for 14",
	}}
}

test_a_standby_that_goes_is_found if {
	found := lowered_protection.findings with input as change("production", orders, {"highAvailability": null})
	found == {{
		"path": ["environments", "blue", "databases", "orders", "highAvailability"],
		"message": "database `orders` of `blue`, a production environment, loses its standby",
	}}
}

test_what_other_rules_say_is_not_said_again if {
	lowered_protection.findings == set() with input as change("production", orders, {"backupRetentionDays": 7})
	local := object.union(orders, {"geoRedundantBackup": false})
	lowered_protection.findings == set() with input as change("production", local, {"highAvailability": null})
}

test_staging_may_have_less if {
	lowered_protection.findings == set() with input as change("staging", orders, {
		"backupRetentionDays": 14,
		"highAvailability": null,
	})
}

test_nothing_before_passes if {
	lowered_protection.findings == set() with input as change("production", {}, orders)
	alone := object.union(orders, {"highAvailability": null})
	lowered_protection.findings == set() with input as change("production", {}, alone)
	lowered_protection.findings == set() with input as {"before": {}, "after": change("production", orders, {}).after}
}

change(tier, before, changed) := {
	"before": {"environments": {"blue": {"tier": tier, "databases": {"orders": before}}}},
	"after": {"environments": {"blue": {"tier": tier, "databases": {"orders": object.union(before, changed)}}}},
}
