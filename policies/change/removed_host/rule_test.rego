package change.removed_host_test

import data.change.removed_host

test_a_host_more_passes if {
	removed_host.findings == set() with input as change("production", ["a.example"], ["a.example", "b.example"])
}

test_a_host_that_is_gone_is_found_at_its_service if {
	found := removed_host.findings with input as change("production", ["a.example", "b.example"], ["b.example"])
	found == {{
		"path": ["services", "api", "environments", "blue"],
		"message": "`a.example` of `blue`, a production environment, no longer leads to `api`",
	}}
}

test_the_last_host_that_is_gone_is_found if {
	found := removed_host.findings with input as object.union(
		change("production", ["a.example"], []),
		{"after": {"services": {"api": {"environments": {"blue": {"ingress": null}}}}}},
	)
	count(found) == 1
}

test_staging_may_do_without if {
	removed_host.findings == set() with input as change("staging", ["a.example"], [])
}

test_a_host_that_goes_with_its_service_is_not_found if {
	removed_host.findings == set() with input as {
		"before": model("production", ["a.example"]),
		"after": {"environments": {"blue": {"tier": "production"}}, "services": {}},
	}
}

test_nothing_before_passes if {
	removed_host.findings == set() with input as {"before": {}, "after": model("production", ["a.example"])}
	removed_host.findings == set() with input as {
		"before": {"environments": {"blue": {}}, "services": {"api": {"environments": {"blue": {"ingress": null}}}}},
		"after": model("production", ["a.example"]),
	}
}

change(tier, before, after) := {"before": model(tier, before), "after": model(tier, after)}

model(tier, hosts) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"api": {"environments": {"blue": {"ingress": {"hosts": [{"host": host} | some host in hosts]}}}}},
}
