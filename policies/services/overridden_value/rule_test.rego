package services.overridden_value_test

import data.services.overridden_value

test_no_extra_values_pass if {
	overridden_value.findings == set() with input as model({})
}

test_values_of_other_names_pass if {
	overridden_value.findings == set() with input as model({
		"sidecar": {"replicaCount": 1},
		"probes": {"readiness": {"successThreshold": 2}},
		"envs": {"ADDED": "on"},
	})
}

test_a_field_that_is_set_is_found if {
	found := overridden_value.findings with input as model({"replicaCount": 1})
	found == {{
		"path": ["services", "api", "environments", "blue", "extraHelmValues", "replicaCount"],
		"message": "extra Helm values of `api` override its `replicaCount` in `blue`",
	}}
}

test_overriding_is_found_however_deep_and_also_where_it_takes_away if {
	found := overridden_value.findings with input as model({
		"autoscaling": {"minReplicas": 1},
		"probes": {"readiness": null},
		"resources": {"limits": {"cpu": "1"}},
		"envs": {"MODE": "off"},
	})
	{array.slice(finding.path, 5, count(finding.path)) | some finding in found} == {
		["autoscaling", "minReplicas"],
		["envs", "MODE"],
		["probes", "readiness"],
		["resources", "limits", "cpu"],
	}
}

model(extra_helm_values) := {"services": {"api": {"name": "api", "environments": {"blue": {
	"replicaCount": null,
	"autoscaling": {"minReplicas": 2},
	"resources": {"limits": {"cpu": null}},
	"probes": {"readiness": {"failureThreshold": 3}},
	"envs": [{"name": "MODE", "value": "on"}],
	"extraHelmValues": extra_helm_values,
}}}}}
