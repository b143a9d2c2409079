# METADATA
# title: Containers of extra manifests say what they take
# description: a container without requests is put on a node that is full, and one without a memory
#   limit takes all of it; the kernel then kills pods of others, and no rule of capacity has counted
#   it
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#     description: Resource management for pods and containers
#   - ref: https://learn.microsoft.com/en-us/azure/aks/developer-best-practices-resource-management
#     description: Resource management in AKS
# custom:
#   severity: warning
#   scope: service
#   remedy: write requests of cpu and memory, and a memory limit
package services.unlimited_manifest

import data.lib.manifests

findings contains finding if {
	some container in manifests.containers
	missing := {field | some field in needed; not says(container.spec, field)}
	count(missing) > 0

	finding := {
		"path": container.path,
		"message": concat("", [
			$"container `{container.spec.name}` of extra manifest `{container.name}` of `{container.environment}` ",
			$"has no {concat(" and no ", sort(missing))}",
		]),
	}
}

needed := {"cpu request", "memory request", "memory limit"}

says(container, "memory limit") if container.resources.limits.memory

says(container, "memory request") if container.resources.requests.memory

says(container, "cpu request") if container.resources.requests.cpu

# who says a limit alone asks for as much
says(container, "memory request") if container.resources.limits.memory

says(container, "cpu request") if container.resources.limits.cpu
