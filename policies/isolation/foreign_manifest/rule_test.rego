package isolation.foreign_manifest_test

import data.isolation.foreign_manifest

test_objects_of_their_own_pass if {
	foreign_manifest.findings == set() with input as model([
		manifest("v1", "ConfigMap", {"name": "notes"}),
		manifest("v1", "ConfigMap", {"name": "more", "namespace": "shop"}),
		manifest("example.org/v1", "Namespace", {"name": "notes"}),
	])
}

test_objects_of_the_whole_cluster_are_found if {
	found := foreign_manifest.findings with input as model([
		manifest("rbac.authorization.k8s.io/v1", "ClusterRole", {"name": "all"}),
		manifest("v1", "Namespace", {"name": "other"}),
	])
	found == {
		{
			"path": ["services", "api", "environments", "blue", "extraManifests", 0, "kind"],
			"message": "extra manifest `all` of `blue` has kind ClusterRole, which belongs to the whole cluster",
		},
		{
			"path": ["services", "api", "environments", "blue", "extraManifests", 1, "kind"],
			"message": "extra manifest `other` of `blue` has kind Namespace, which belongs to the whole cluster",
		},
	}
}

test_another_namespace_is_found if {
	found := foreign_manifest.findings with input as model([manifest("v1", "ConfigMap", {
		"name": "notes",
		"namespace": "kube-system",
	})])
	found == {{
		"path": ["services", "api", "environments", "blue", "extraManifests", 0, "metadata", "namespace"],
		"other": ["environments", "blue", "namespace"],
		"message": "extra manifest `notes` of `blue` names namespace `kube-system`, and the environment's is `shop`",
	}}
}

manifest(version, kind, metadata) := {"apiVersion": version, "kind": kind, "metadata": metadata}

model(extra_manifests) := {
	"environments": {"blue": {"namespace": "shop", "extraManifests": []}},
	"services": {"api": {"name": "api", "environments": {"blue": {"extraManifests": extra_manifests}}}},
}
