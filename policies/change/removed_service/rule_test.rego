package change.removed_service_test

import data.change.removed_service

test_a_service_more_passes if {
	removed_service.findings == set() with input as change({"api": ["blue"]}, {"api": ["blue", "green"], "web": ["blue"]})
}

test_one_that_is_gone_is_found_at_the_services if {
	found := removed_service.findings with input as change({"api": ["blue", "green"], "web": ["blue"]}, {"web": ["blue"]})
	found == {{
		"path": ["services"],
		"message": "`api` is gone from `blue`, a production environment",
	}}
}

test_one_that_is_elsewhere_is_found_at_it if {
	found := removed_service.findings with input as change({"api": ["blue", "green"]}, {"api": ["green"]})
	found == {{
		"path": ["services", "api"],
		"message": "`api` is gone from `blue`, a production environment",
	}}
}

test_staging_may_do_without if {
	removed_service.findings == set() with input as change({"api": ["blue", "green"]}, {"api": ["blue"]})
}

test_a_release_job_may_go if {
	before := {"environments": environments, "services": {"migrate": {"environments": {"blue": {"kind": "releaseJob"}}}}}
	removed_service.findings == set() with input as {
		"before": before,
		"after": {"environments": environments, "services": {}},
	}
}

test_with_its_environment_it_is_not_found_again if {
	removed_service.findings == set() with input as {
		"before": model({"api": ["blue"]}),
		"after": {"environments": {}, "services": {}},
	}
}

test_nothing_before_passes if {
	removed_service.findings == set() with input as {"before": {}, "after": model({"api": ["blue"]})}
}

environments := {"blue": {"tier": "production"}, "green": {"tier": "staging"}}

change(before, after) := {"before": model(before), "after": model(after)}

model(services) := {
	"environments": environments,
	"services": {key: {"environments": {name: {"kind": "deployment"} | some name in names}} | some key, names in services},
}
