package network.host_taken_test

import data.network.host_taken

test_another_path_of_the_host_passes if {
	host_taken.findings == set() with input as model({}, {}, "acme.example", [{"path": "/docs"}])
}

test_another_host_passes if {
	host_taken.findings == set() with input as model({}, {}, "docs.acme.example", [{"path": "/"}])
}

test_a_host_and_path_of_a_service_are_found if {
	every paths in [[{"path": "/"}], [{"path": "/docs"}, {"path": "/"}], [{"backend": {}}]] {
		found := host_taken.findings with input as model({}, {}, "acme.example", paths)
		found == {{
			"path": ["environments", "blue", "extraManifests", 0, "manifest", "spec", "rules", 0, "host"],
			"other": ["services", "shop", "environments", "blue", "ingress", "hosts", 0, "host"],
			"message": "extra manifest `docs` of `blue` is for `acme.example/`, which leads to service `shop`",
		}}
	}
}

test_an_ingress_of_another_class_passes if {
	spec := {"ingressClassName": "internal"}
	host_taken.findings == set() with input as model({}, spec, "acme.example", [{"path": "/"}])
}

test_an_ingress_of_the_same_class_does_not if {
	found := host_taken.findings with input as model({}, {"ingressClassName": "nginx"}, "acme.example", [{"path": "/"}])
	count(found) == 1
}

test_a_canary_passes if {
	annotations := {"nginx.ingress.kubernetes.io/canary": "true"}
	host_taken.findings == set() with input as model(annotations, {}, "acme.example", [{"path": "/"}])
}

test_only_what_says_so_is_a_canary if {
	every annotation, value in {"canary": "false", "enable-cors": "true"} {
		annotations := {$"nginx.ingress.kubernetes.io/{annotation}": value}
		found := host_taken.findings with input as model(annotations, {}, "acme.example", [{"path": "/"}])
		count(found) == 1
	}
}

test_a_job_has_no_host if {
	host_taken.findings == set() with input as {
		"environments": {"blue": {"extraManifests": [by_hand({}, {}, "acme.example", [{"path": "/"}])]}},
		"services": {"job": {"name": "job", "environments": {"blue": {"ingress": null, "extraManifests": []}}}},
	}
}

by_hand(annotations, spec, host, paths) := {"name": "docs", "manifest": {
	"kind": "Ingress",
	"metadata": {"name": "docs", "annotations": annotations},
	"spec": object.union({"rules": [{"host": host, "http": {"paths": paths}}]}, spec),
}}

model(annotations, spec, host, paths) := {
	"environments": {"blue": {"extraManifests": [by_hand(annotations, spec, host, paths)]}},
	"services": {"shop": {"name": "shop", "environments": {"blue": {
		"extraManifests": [],
		"ingress": {
			"className": "nginx",
			"hosts": [{"host": "acme.example", "paths": [{"path": "/api"}, {"path": "/"}]}],
		},
	}}}},
}
