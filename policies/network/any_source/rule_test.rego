package network.any_source_test

import data.network.any_source

test_ranges_pass if {
	any_source.findings == set() with input as model("whitelist-source-range", "203.0.113.0/24,10.0.0.0/8")
}

test_the_whole_internet_among_them_is_found if {
	every key, value in {
		"whitelist-source-range": "0.0.0.0/0",
		"allowlist-source-range": "203.0.113.0/24, 0.0.0.0/0",
		"white-list-source-range": "0.0.0.0/0,203.0.113.0/24",
	} {
		found := any_source.findings with input as model(key, value)
		found == {{
			"path": [
				"services", "shop", "environments", "blue", "ingress", "annotations",
				$"nginx.ingress.kubernetes.io/{key}",
			],
			"message": concat("", [
				$"ingress annotation `nginx.ingress.kubernetes.io/{key}` of `shop` in `blue` ",
				"lists who may come in, and the whole internet is on it",
			]),
		}}
	}
}

test_other_annotations_pass if {
	any_source.findings == set() with input as model("denylist-source-range", "0.0.0.0/0")
}

model(key, value) := {
	"environments": {"blue": {"extraManifests": []}},
	"services": {"shop": {"name": "shop", "environments": {"blue": {
		"ingress": {"annotations": {$"nginx.ingress.kubernetes.io/{key}": value}},
		"extraManifests": [],
	}}}},
}
