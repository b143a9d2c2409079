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

# `kubectl api-resources --namespaced=false`
of_the_whole_cluster := {
	"v1": {"Namespace", "Node", "PersistentVolume"},
	"admissionregistration.k8s.io/v1": {
		"MutatingAdmissionPolicy",
		"MutatingAdmissionPolicyBinding",
		"MutatingWebhookConfiguration",
		"ValidatingAdmissionPolicy",
		"ValidatingAdmissionPolicyBinding",
		"ValidatingWebhookConfiguration",
	},
	"apiextensions.k8s.io/v1": {"CustomResourceDefinition"},
	"apiregistration.k8s.io/v1": {"APIService"},
	"certificates.k8s.io/v1": {"CertificateSigningRequest", "ClusterTrustBundle"},
	"flowcontrol.apiserver.k8s.io/v1": {"FlowSchema", "PriorityLevelConfiguration"},
	"networking.k8s.io/v1": {"IPAddress", "IngressClass", "ServiceCIDR"},
	"node.k8s.io/v1": {"RuntimeClass"},
	"rbac.authorization.k8s.io/v1": {"ClusterRole", "ClusterRoleBinding"},
	"resource.k8s.io/v1": {"DeviceClass", "DeviceTaintRule", "ResourceSlice"},
	"scheduling.k8s.io/v1": {"PriorityClass"},
	"storage.k8s.io/v1": {"CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "VolumeAttributesClass"},
	"storagemigration.k8s.io/v1": {"StorageVersionMigration"},
}

test_every_kind_of_the_whole_cluster_is_found if {
	missed := {[version, kind] |
		some version, kinds in of_the_whole_cluster
		some kind in kinds
		foreign_manifest.findings == set() with input as model([manifest(version, kind, {"name": "one"})])
	}
	missed == set()
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
