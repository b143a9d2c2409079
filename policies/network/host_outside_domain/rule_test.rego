package network.host_outside_domain_test

import data.network.host_outside_domain

test_the_domain_itself_and_hosts_below_it_pass if {
	host_outside_domain.findings == set() with input as model("blue", ["acme.example", "a.b.acme.example"], [])
}

test_a_host_below_no_domain_is_found if {
	found := host_outside_domain.findings with input as model("blue", ["acme.example", "notacme.example"], [])
	found == {{
		"path": ["services", "api", "environments", "blue", "ingress", "hosts", 1, "host"],
		"message": "host `notacme.example` of `blue` is not below its domain `acme.example`",
	}}
}

test_a_host_below_the_narrower_domain_of_another_environment_is_found if {
	found := host_outside_domain.findings with input as model("blue", ["api.green.acme.example"], [])
	found == {{
		"path": ["services", "api", "environments", "blue", "ingress", "hosts", 0, "host"],
		"other": ["environments", "green", "domain"],
		"message": "host `api.green.acme.example` of `blue` belongs to `green`, whose domain is `green.acme.example`",
	}}
}

test_a_host_of_an_environment_with_another_domain_is_one_finding if {
	found := host_outside_domain.findings with input as model("green", ["api.red.example"], [])
	found == {{
		"path": ["services", "api", "environments", "green", "ingress", "hosts", 0, "host"],
		"other": ["environments", "red", "domain"],
		"message": "host `api.red.example` of `green` belongs to `red`, whose domain is `red.example`",
	}}
}

test_the_narrower_environment_may_use_its_domain if {
	hosts := ["green.acme.example", "api.green.acme.example"]
	host_outside_domain.findings == set() with input as model("green", hosts, [])
}

test_a_service_without_hosts_passes if {
	host_outside_domain.findings == set() with input as {
		"environments": environments,
		"services": {"api": {"name": "api", "environments": {"blue": {"ingress": null, "extraManifests": []}}}},
	}
}

test_an_extra_ingress_may_serve_a_domain_of_its_own_but_not_of_another_environment if {
	found := host_outside_domain.findings with input as model("blue", [], [
		{"kind": "Ingress", "spec": {"rules": [{"host": "shop.customer.example"}, {"host": "green.acme.example"}, {}]}},
		{"kind": "Other", "spec": {"rules": [{"host": "green.acme.example"}]}},
	])
	found == {{
		"path": ["services", "api", "environments", "blue", "extraManifests", 0, "spec", "rules", 1, "host"],
		"other": ["environments", "green", "domain"],
		"message": "host `green.acme.example` of `blue` belongs to `green`, whose domain is `green.acme.example`",
	}}
}

test_an_extra_ingress_of_the_narrower_domain_does_not_serve_the_wider_one if {
	rules := [{"host": "api.acme.example"}, {"host": "api.green.acme.example"}]
	found := host_outside_domain.findings with input as model("green", [], [{"kind": "Ingress", "spec": {"rules": rules}}])
	found == {{
		"path": ["services", "api", "environments", "green", "extraManifests", 0, "spec", "rules", 0, "host"],
		"other": ["environments", "blue", "domain"],
		"message": "host `api.acme.example` of `green` belongs to `blue`, whose domain is `acme.example`",
	}}
}

environments := {
	"blue": {"domain": "acme.example"},
	"green": {"domain": "green.acme.example"},
	"red": {"domain": "red.example"},
}

model(environment, hosts, extra_manifests) := {
	"environments": environments,
	"services": {"api": {"name": "api", "environments": {environment: {
		"ingress": {"hosts": [{"host": host} | some host in hosts]},
		"extraManifests": extra_manifests,
	}}}},
}
