package change.replaced_registry_test

import data.change.replaced_registry

registry := {
	"name": "acme",
	"location": "westeurope",
	"resourceGroup": "shared",
	"subscriptionId": "1",
	"zoneRedundant": true,
	"sku": "Premium",
	"retentionDays": 7,
}

test_what_azure_changes_in_place_passes if {
	replaced_registry.findings == set() with input as changed({"sku": "Standard", "retentionDays": null})
}

test_what_makes_it_anew_is_found_once if {
	found := replaced_registry.findings with input as changed({"zoneRedundant": false, "subscriptionId": "2"})
	found == {{
		"path": ["registry", "subscriptionId"],
		"message": "the registry is destroyed and made anew, without its images: its `subscriptionId` was `1` and is `2`",
	}}
	every field in ["name", "location", "resourceGroup", "zoneRedundant"] {
		one := replaced_registry.findings with input as changed({field: "other"})
		{finding.path | some finding in one} == {["registry", field]}
	}
}

test_nothing_before_passes if {
	replaced_registry.findings == set() with input as {"before": {}, "after": {"registry": registry}}
}

changed(change) := {"before": {"registry": registry}, "after": {"registry": object.union(registry, change)}}
