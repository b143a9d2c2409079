package network.snippet_annotation_test

import data.network.snippet_annotation

test_snippets_of_both_controllers_are_found if {
	every key in [
		"nginx.ingress.kubernetes.io/configuration-snippet",
		"nginx.ingress.kubernetes.io/server-snippet",
		"nginx.org/location-snippets",
	] {
		found := snippet_annotation.findings with input as model(key)
		found == {{
			"path": ["services", "shop", "environments", "blue", "ingress", "annotations", key],
			"message": concat("", [
				$"ingress annotation `{key}` of `shop` in `blue` ",
				"is configuration of the controller itself",
			]),
		}}
	}
}

test_other_annotations_pass if {
	every key in [
		"nginx.ingress.kubernetes.io/proxy-body-size",
		"nginx.ingress.kubernetes.io/canary",
		"acme.example/code-snippet",
		"team",
	] {
		snippet_annotation.findings == set() with input as model(key)
	}
}

model(key) := {
	"environments": {"blue": {"extraManifests": []}},
	"services": {"shop": {"name": "shop", "environments": {"blue": {
		"ingress": {"annotations": {key: "more_set_headers X-A;"}},
		"extraManifests": [],
	}}}},
}
