package network.wildcard_host_test

import data.network.wildcard_host

test_a_host_passes if {
	wildcard_host.findings == set() with input as model("Ingress", {"rules": [{"host": "shop.acme.example"}]})
}

test_a_wildcard_is_found_at_its_host if {
	found := wildcard_host.findings with input as model("Ingress", {"rules": [
		{"host": "shop.acme.example"},
		{"host": "*.acme.example"},
	]})
	found == {{
		"path": path(["rules", 1, "host"]),
		"message": concat("", [
			"extra manifest `shop` of `blue` takes the visitors of every host `*.acme.example` ",
			"that nobody else has",
		]),
	}}
}

test_a_rule_without_a_host_is_found if {
	every rule in [{"http": {}}, {"host": ""}, {"host": null}] {
		found := wildcard_host.findings with input as model("Ingress", {"rules": [rule]})
		found == {{
			"path": path(["rules", 0]),
			"message": concat("", [
				"extra manifest `shop` of `blue` has a rule without a host: ",
				"it takes the visitors of every host that nobody else has",
			]),
		}}
	}
}

test_a_default_backend_alone_is_found if {
	found := wildcard_host.findings with input as model("Ingress", {"defaultBackend": {"service": {"name": "shop"}}})
	found == {{
		"path": path(["defaultBackend"]),
		"message": concat("", [
			"extra manifest `shop` of `blue` has no rules: ",
			"its default backend takes the visitors of every host that nobody else has",
		]),
	}}
}

test_a_default_backend_of_a_host_passes if {
	wildcard_host.findings == set() with input as model("Ingress", {
		"defaultBackend": {"service": {"name": "shop"}},
		"rules": [{"host": "shop.acme.example"}],
	})
}

test_what_leads_nowhere_passes if {
	every spec in [{}, {"rules": []}, {"defaultBackend": null}] {
		wildcard_host.findings == set() with input as model("Ingress", spec)
	}
}

test_other_kinds_pass if {
	wildcard_host.findings == set() with input as model("VirtualHost", {"rules": [{"host": "*.acme.example"}]})
}

path(rest) := array.concat(["environments", "blue", "extraManifests", 0, "manifest", "spec"], rest)

model(kind, spec) := {
	"environments": {"blue": {"extraManifests": [{"name": "shop", "manifest": {
		"kind": kind,
		"metadata": {"name": "shop"},
		"spec": spec,
	}}]}},
	"services": {},
}
