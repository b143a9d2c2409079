# METADATA
# title: Pods of extra manifests do not reach the node
# description: whoever breaks into a pod that holds a path or a namespace of its node holds the
#   node, and the secrets of all pods on it; a namespace with Pod Security `baseline` or
#   `restricted` refuses it, and the sync stays degraded
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#     description: Pod Security Standards
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#     description: Configure a security context
# custom:
#   severity: warning
#   scope: service
#   remedy: take the field away, or leave the object to whoever runs the cluster
package services.privileged_manifest

import data.lib.manifests

findings contains finding if {
	some pod in manifests.pods
	some index, volume in pod.spec.volumes
	path := volume.hostPath.path

	finding := {
		"path": array.concat(pod.path, ["volumes", index, "hostPath"]),
		"message": $"a pod of extra manifest `{pod.name}` of `{pod.environment}` mounts `{path}` of its node",
	}
}

findings contains finding if {
	some pod in manifests.pods
	some field in ["hostIPC", "hostNetwork", "hostPID"]
	pod.spec[field] == true

	finding := {
		"path": array.concat(pod.path, [field]),
		"message": $"a pod of extra manifest `{pod.name}` of `{pod.environment}` is not apart from its node: {field} is true",
	}
}

findings contains finding if {
	some container in manifests.containers
	some field in ["allowPrivilegeEscalation", "privileged"]
	container.spec.securityContext[field] == true

	finding := {
		"path": array.concat(container.path, ["securityContext", field]),
		"message": concat("", [
			$"container `{container.spec.name}` of extra manifest `{container.name}` of `{container.environment}` ",
			$"may become root of its node: {field} is true",
		]),
	}
}

findings contains finding if {
	some container in manifests.containers
	some index, capability in container.spec.securityContext.capabilities.add
	capability != "NET_BIND_SERVICE"

	finding := {
		"path": array.concat(container.path, ["securityContext", "capabilities", "add", index]),
		"message": concat("", [
			$"container `{container.spec.name}` of extra manifest `{container.name}` of `{container.environment}` ",
			$"adds capability {capability}",
		]),
	}
}
