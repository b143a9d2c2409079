package lib.manifests_test

import data.lib.manifests

test_manifests_of_environments_and_services_are_listed_with_their_paths if {
	model := {
		"environments": {"blue": {"extraManifests": [{"name": "quota", "manifest": {"kind": "ResourceQuota"}}]}},
		"services": {"api": {"name": "api", "environments": {"blue": {"extraManifests": [{"kind": "ConfigMap"}]}}}},
	}
	listed := manifests.extra with input as model
	listed == {
		{
			"environment": "blue",
			"manifest": {"kind": "ResourceQuota"},
			"path": ["environments", "blue", "extraManifests", 0, "manifest"],
		},
		{
			"environment": "blue",
			"manifest": {"kind": "ConfigMap"},
			"path": ["services", "api", "environments", "blue", "extraManifests", 0],
		},
	}
}

test_pods_are_found_in_whatever_makes_them if {
	spec := {"containers": [{"name": "main"}], "initContainers": [{"name": "first"}]}
	made := [
		{"kind": "Pod", "metadata": {"name": "a"}, "spec": spec},
		{"kind": "StatefulSet", "metadata": {"name": "b"}, "spec": {"template": {"spec": spec}}},
		{"kind": "CronJob", "metadata": {"name": "c"}, "spec": {"jobTemplate": {"spec": {"template": {"spec": spec}}}}},
		{"kind": "ConfigMap", "metadata": {"name": "d"}, "spec": spec},
	]
	model := {
		"environments": {},
		"services": {"api": {"name": "api", "environments": {"blue": {"extraManifests": made}}}},
	}
	pods := manifests.pods with input as model
	{[pod.name, array.slice(pod.path, 5, 99)] | some pod in pods} == {
		["a", [0, "spec"]],
		["b", [1, "spec", "template", "spec"]],
		["c", [2, "spec", "jobTemplate", "spec", "template", "spec"]],
	}
	{pod.spec | some pod in pods} == {spec}
	containers := manifests.containers with input as model
	{[container.spec.name, array.slice(container.path, 5, 99)] |
		some container in containers
		container.name == "a"
	} == {
		["main", [0, "spec", "containers", 0]],
		["first", [0, "spec", "initContainers", 0]],
	}
	count(containers) == 6
}

test_every_kind_with_a_template_makes_pods if {
	kinds := {"DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "StatefulSet"}
	made := [{"kind": kind, "metadata": {"name": kind}, "spec": {"template": {"spec": {"containers": []}}}} |
		some kind in kinds
	]
	pods := manifests.pods with input as {"environments": {}, "services": {"api": {
		"name": "api",
		"environments": {"blue": {"extraManifests": made}},
	}}}
	{pod.name | some pod in pods} == kinds
}

test_other_kinds_with_a_template_make_none_that_is_known if {
	spec := {"containers": []}
	made := [
		{"kind": "PodTemplatePolicy", "metadata": {"name": "a"}, "spec": {"template": {"spec": spec}}},
		{"kind": "JobTemplate", "metadata": {"name": "b"}, "spec": {"jobTemplate": {"spec": {"template": {"spec": spec}}}}},
	]
	manifests.pods == set() with input as {"environments": {}, "services": {"api": {
		"name": "api",
		"environments": {"blue": {"extraManifests": made}},
	}}}
}

test_kinds_of_one_name_in_two_groups_are_two if {
	manifests.type_of({"apiVersion": "v1", "kind": "Service"}) == "Service"
	manifests.type_of({"apiVersion": "serving.knative.dev/v1", "kind": "Service"}) == "serving.knative.dev/Service"
}
