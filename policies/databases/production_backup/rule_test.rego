package databases.production_backup_test

import data.databases.production_backup

test_two_weeks_and_a_standby_in_another_zone_pass if {
	production_backup.findings == set() with input as model("production", {})
}

test_a_backup_in_another_region_serves_as_well if {
	production_backup.findings == set() with input as model("production", {
		"highAvailability": null,
		"geoRedundantBackup": true,
	})
}

test_a_short_retention_is_found if {
	found := production_backup.findings with input as model("production", {"backupRetentionDays": 13})
	found == {{
		"path": ["environments", "blue", "databases", "orders", "backupRetentionDays"],
		"message": "database `orders` of `blue`, a production environment, keeps backups for 13 days; at least 14 expected",
	}}
}

test_a_standby_in_the_same_zone_is_not_enough if {
	found := production_backup.findings with input as model("production", {"highAvailability": "SameZone"})
	found == {{
		"path": ["environments", "blue", "databases", "orders", "highAvailability"],
		"message": concat("", [
			"database `orders` of `blue`, a production environment, ",
			"has neither a standby in another zone nor a backup in another region",
		]),
	}}
}

test_staging_may_lose_its_data if {
	production_backup.findings == set() with input as model("staging", {
		"backupRetentionDays": 7,
		"highAvailability": null,
	})
}

model(tier, fields) := {"environments": {"blue": {"name": "blue", "tier": tier, "databases": {"orders": object.union(
	{"backupRetentionDays": 14, "highAvailability": "ZoneRedundant", "geoRedundantBackup": false},
	fields,
)}}}}
