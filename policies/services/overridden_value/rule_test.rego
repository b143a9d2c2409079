package services.overridden_value_test

import data.services.overridden_value

test_no_extra_values_pass if {
	overridden_value.findings == set() with input as model({})
}

test_extras_of_the_chart_pass if {
	overridden_value.findings == set() with input as model({
		"autoscaling": {"behavior": {"scaleDown": {"selectPolicy": "Disabled"}}},
		"hostAliases": [{"ip": "10.0.0.1", "hostnames": ["legacy.example"]}],
		"podAnnotations": {"example.org/scrape": "true"},
		"rollout": {"maxSurge": 1},
	})
}

test_every_extra_of_the_chart_passes if {
	extras := [
		"dnsConfig", "hostAliases", "imagePullSecrets", "minReadySeconds", "podAnnotations", "podLabels",
		"priorityClassName", "revisionHistoryLimit", "rollout", "serviceAnnotations",
	]
	refused := {extra | some extra in extras; overridden_value.findings != set() with input as model({extra: "on"})}
	refused == set()
}

test_what_the_configuration_can_say_is_found if {
	found := overridden_value.findings with input as model({"replicaCount": 1})
	found == {{
		"path": ["services", "api", "environments", "blue", "extraHelmValues", "replicaCount"],
		"message": concat("", [
			"extra Helm values of `api` have `replicaCount` in `blue`, ",
			"which is none of the chart's extras",
		]),
	}}
}

test_it_is_found_as_well_where_the_service_does_not_say_it if {
	found := overridden_value.findings with input as model({
		"envs": {"ADDED": "on"},
		"ingress": {"hosts": [{"host": "green.acme.example", "paths": []}]},
		"replicaCuont": 2,
		"secretEnvs": {},
		"workloadIdentity": null,
	})
	paths(found) == {["envs"], ["ingress"], ["replicaCuont"], ["secretEnvs"], ["workloadIdentity"]}
}

test_of_autoscaling_only_its_behavior_is_an_extra if {
	inside := overridden_value.findings with input as model({"autoscaling": {
		"behavior": {},
		"maxReplicas": 100,
		"minReplicas": null,
	}})
	paths(inside) == {["autoscaling", "maxReplicas"], ["autoscaling", "minReplicas"]}
	whole := overridden_value.findings with input as model({"autoscaling": null})
	paths(whole) == {["autoscaling"]}
	text := overridden_value.findings with input as model({"autoscaling": "on"})
	paths(text) == {["autoscaling"]}
}

test_a_null_that_is_no_extra_is_one_finding if {
	every path, values in {
		"workloadIdentity": {"workloadIdentity": null},
		"ingress": {"ingress": {"className": null}},
		"autoscaling.minReplicas": {"autoscaling": {"minReplicas": null}},
		"autoscaling.metrics": {"autoscaling": {"metrics": {"type": null}}},
	} {
		found := overridden_value.findings with input as model(values)
		{finding.message | some finding in found} == {concat("", [
			$"extra Helm values of `api` have `{path}` in `blue`, ",
			"which is none of the chart's extras",
		])}
	}
}

test_taking_away_what_nothing_has_set_is_found if {
	found := overridden_value.findings with input as model({
		"hostAliases": [{"ip": null, "hostnames": ["legacy.example"]}],
		"podAnnotations": {"example.org/scrape": null},
		"priorityClassName": null,
	})
	paths(found) == {
		["hostAliases", 0, "ip"],
		["podAnnotations", "example.org/scrape"],
		["priorityClassName"],
	}
	{array.slice(finding.path, 0, 5) | some finding in found} == {[
		"services", "api", "environments", "blue",
		"extraHelmValues",
	]}
	{finding.message | some finding in found} == {
		"extra Helm values of `api` take `hostAliases.0.ip` away in `blue`, where nothing has set it",
		"extra Helm values of `api` take `podAnnotations.example.org/scrape` away in `blue`, where nothing has set it",
		"extra Helm values of `api` take `priorityClassName` away in `blue`, where nothing has set it",
	}
}

paths(found) := {array.slice(finding.path, 5, count(finding.path)) | some finding in found}

model(extra_helm_values) := {"services": {"api": {
	"name": "api",
	"environments": {"blue": {"extraHelmValues": extra_helm_values}},
}}}
