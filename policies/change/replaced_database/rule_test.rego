package change.replaced_database_test

import data.change.replaced_database

database := {
	"server": "acme-orders",
	"size": "GP_Standard_D2ds_v5",
	"storageMb": 65536,
	"geoRedundantBackup": false,
	"login": {"user": "orders", "passwordVersion": 1},
}

blue := {"location": "westeurope", "resourceGroup": "a", "subscriptionId": "1", "databases": {"orders": database}}

test_what_azure_changes_in_place_passes if {
	every change in [{"size": "GP_Standard_D4ds_v5", "storageMb": 131072}, {"login": {"passwordVersion": 2}}] {
		replaced_database.findings == set() with input as changed({"databases": {"orders": change}})
	}
}

test_a_login_may_come_and_go if {
	replaced_database.findings == set() with input as changed({"databases": {"orders": {"login": null}}})
}

test_what_makes_it_anew_is_found_at_its_place if {
	found := replaced_database.findings with input as changed({"databases": {"orders": {"geoRedundantBackup": true}}})
	found == {{
		"path": ["environments", "blue", "databases", "orders", "geoRedundantBackup"],
		"message": concat("", [
			"database `orders` of `blue` is destroyed and made anew, without its data: ",
			"`geoRedundantBackup` was `false` and is `true`",
		]),
	}}
	every field, is in {"server": "other", "login": {"user": "admin"}} {
		more := replaced_database.findings with input as changed({"databases": {"orders": {field: is}}})
		{finding.path[4] | some finding in more} == {field}
	}
}

test_a_move_is_found_once if {
	found := replaced_database.findings with input as changed({
		"location": "northeurope",
		"subscriptionId": "2",
		"databases": {"orders": {"server": "other"}},
	})
	found == {{
		"path": ["environments", "blue", "location"],
		"message": concat("", [
			"database `orders` of `blue` is destroyed and made anew, without its data: ",
			"`location` was `westeurope` and is `northeurope`",
		]),
	}}
}

test_each_part_of_a_move_is_found_by_itself_and_once if {
	every field in ["location", "resourceGroup", "subscriptionId"] {
		every change in [{}, {"databases": {"orders": {"server": "other"}}}] {
			found := replaced_database.findings with input as changed(object.union(change, {field: "elsewhere"}))
			{finding.path | some finding in found} == {["environments", "blue", field]}
		}
	}
}

test_nothing_before_passes if {
	replaced_database.findings == set() with input as {"before": {}, "after": {"environments": {"blue": blue}}}
	replaced_database.findings == set() with input as {
		"before": {"environments": {"blue": {"location": "northeurope"}}},
		"after": {"environments": {"blue": blue}},
	}
}

changed(change) := {
	"before": {"environments": {"blue": blue}},
	"after": {"environments": {"blue": object.union(blue, change)}},
}
