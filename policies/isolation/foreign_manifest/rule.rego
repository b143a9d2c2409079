# METADATA
# title: Extra manifests stay in the namespace of their environment
# description: Argo CD's project of an environment takes no other, so the sync would fail
# custom:
#   severity: error
#   scope: service
#   remedy: leave the namespace out, and objects of the whole cluster to whoever runs the cluster
package isolation.foreign_manifest

import data.lib.manifests

findings contains finding if {
	some extra in manifests.extra
	manifests.type_of(extra.manifest) in cluster_wide

	finding := {
		"path": array.concat(extra.path, ["kind"]),
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` has kind {extra.manifest.kind}, ",
			"which belongs to the whole cluster",
		]),
	}
}

findings contains finding if {
	some extra in manifests.extra
	namespace := extra.manifest.metadata.namespace
	namespace != input.environments[extra.environment].namespace

	finding := {
		"path": array.concat(extra.path, ["metadata", "namespace"]),
		"other": ["environments", extra.environment, "namespace"],
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` names namespace `{namespace}`, ",
			$"and the environment's is `{input.environments[extra.environment].namespace}`",
		]),
	}
}

# `kubectl api-resources --namespaced=false` of Kubernetes 1.36
cluster_wide := {
	"Namespace",
	"Node",
	"PersistentVolume",
	"admissionregistration.k8s.io/MutatingAdmissionPolicy",
	"admissionregistration.k8s.io/MutatingAdmissionPolicyBinding",
	"admissionregistration.k8s.io/MutatingWebhookConfiguration",
	"admissionregistration.k8s.io/ValidatingAdmissionPolicy",
	"admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
	"admissionregistration.k8s.io/ValidatingWebhookConfiguration",
	"apiextensions.k8s.io/CustomResourceDefinition",
	"apiregistration.k8s.io/APIService",
	"certificates.k8s.io/CertificateSigningRequest",
	"certificates.k8s.io/ClusterTrustBundle",
	"flowcontrol.apiserver.k8s.io/FlowSchema",
	"flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
	"networking.k8s.io/IPAddress",
	"networking.k8s.io/IngressClass",
	"networking.k8s.io/ServiceCIDR",
	"node.k8s.io/RuntimeClass",
	"rbac.authorization.k8s.io/ClusterRole",
	"rbac.authorization.k8s.io/ClusterRoleBinding",
	"resource.k8s.io/DeviceClass",
	"resource.k8s.io/DeviceTaintRule",
	"resource.k8s.io/ResourceSlice",
	"scheduling.k8s.io/PriorityClass",
	"storage.k8s.io/CSIDriver",
	"storage.k8s.io/CSINode",
	"storage.k8s.io/StorageClass",
	"storage.k8s.io/VolumeAttachment",
	"storage.k8s.io/VolumeAttributesClass",
	"storagemigration.k8s.io/StorageVersionMigration",
}
