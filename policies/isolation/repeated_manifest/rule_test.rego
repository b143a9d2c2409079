package isolation.repeated_manifest_test

import data.isolation.repeated_manifest

test_an_object_that_the_chart_makes_is_found if {
	found := repeated_manifest.findings with input as model([manifest("apps/v1", "Deployment", {"name": "web"})])
	found == {{
		"path": ["services", "api", "environments", "blue", "extraManifests", 0, "metadata", "name"],
		"other": ["services", "web", "environments", "blue"],
		"message": "extra manifest `web` of `blue` is the Deployment that the chart makes of service `web`",
	}}
}

test_all_that_the_chart_makes_is_known if {
	made := [
		manifest("apps/v1", "Deployment", {"name": "web"}),
		manifest("autoscaling/v2", "HorizontalPodAutoscaler", {"name": "web"}),
		manifest("batch/v1", "CronJob", {"name": "api"}),
		manifest("bitnami.com/v1alpha1", "SealedSecret", {"name": "web"}),
		manifest("networking.k8s.io/v1", "Ingress", {"name": "web"}),
		manifest("policy/v1", "PodDisruptionBudget", {"name": "web"}),
		manifest("v1", "ConfigMap", {"name": "web.settings"}),
		manifest("v1", "PersistentVolumeClaim", {"name": "web.data"}),
		manifest("v1", "Service", {"name": "web"}),
		manifest("v1", "ServiceAccount", {"name": "api"}),
	]
	found := repeated_manifest.findings with input as model(made)
	{finding.path[5] | some finding in found} == {index | some index in numbers.range(0, 9)}
}

test_what_the_chart_does_not_make_passes if {
	repeated_manifest.findings == set() with input as model([
		manifest("apps/v1", "Deployment", {"name": "api"}),
		manifest("autoscaling/v2", "HorizontalPodAutoscaler", {"name": "api"}),
		manifest("networking.k8s.io/v1", "NetworkPolicy", {"name": "web"}),
		manifest("serving.knative.dev/v1", "Service", {"name": "web"}),
		manifest("v1", "ConfigMap", {"name": "web.tmp"}),
		manifest("v1", "Service", {"name": "api"}),
	])
}

test_what_stands_twice_is_found_where_it_stands_again if {
	notes := manifest("v1", "ConfigMap", {"name": "notes"})
	found := repeated_manifest.findings with input as object.union(
		model([notes, notes]),
		{"environments": {"green": {"extraManifests": [{"name": "notes", "manifest": notes}]}}},
	)
	found == {{
		"path": ["services", "api", "environments", "blue", "extraManifests", 1, "metadata", "name"],
		"other": ["services", "api", "environments", "blue", "extraManifests", 0, "metadata", "name"],
		"message": "ConfigMap `notes` stands twice among the extra manifests of `blue`",
	}}
}

manifest(version, kind, metadata) := {"apiVersion": version, "kind": kind, "metadata": metadata}

model(extra_manifests) := {
	"environments": {
		"blue": {"extraManifests": []},
		"green": {"extraManifests": []},
	},
	"services": {
		"api": {"name": "api", "environments": {"blue": {
			"name": "api",
			"kind": "scheduledJob",
			"autoscaling": null,
			"disruptionBudget": null,
			"ingress": null,
			"ports": [],
			"sealedSecrets": [],
			"serviceAccount": "api",
			"volumes": [],
			"extraManifests": extra_manifests,
		}}},
		"web": {"name": "web", "environments": {"blue": {
			"name": "web",
			"kind": "deployment",
			"autoscaling": {"minReplicas": 2},
			"disruptionBudget": {"maxUnavailable": 1},
			"ingress": {"hosts": []},
			"ports": [{"name": "http"}],
			"sealedSecrets": [{"name": "KEY", "ciphertext": null}],
			"serviceAccount": "web",
			"volumes": [
				{"name": "data", "kind": "persistent"},
				{"name": "settings", "kind": "config"},
				{"name": "tmp", "kind": "ephemeral"},
			],
			"extraManifests": [],
		}}},
	},
}
