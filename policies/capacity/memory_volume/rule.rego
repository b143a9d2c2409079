# METADATA
# title: Volumes in memory leave memory for the program
# description: what lies in such a volume counts as memory of the pod, and where volumes are as large as
#   the limit the pod is killed before they are full, again and again
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
#     description: Volumes of medium Memory
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#     description: Resource management for pods and containers
# custom:
#   severity: warning
#   scope: service
#   remedy: raise the memory limit by the size of the volumes, make them smaller, or take `inMemory` away
package capacity.memory_volume

import data.lib.quantity

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	in_memory := [index | some index, volume in placed.volumes; volume.inMemory]
	count(in_memory) > 0
	sizes := [placed.volumes[index].size | some index in in_memory]
	limit := placed.resources.limits.memory
	sum([quantity.bytes(size) | some size in sizes]) >= quantity.bytes(limit)

	finding := {
		"path": ["services", service.name, "environments", environment, "volumes", in_memory[0], "size"],
		"other": ["services", service.name, "environments", environment, "resources", "limits", "memory"],
		"message": concat("", [
			$"`{service.name}` may keep {concat(" and ", sizes)} in memory as volumes in `{environment}`, ",
			$"and its memory limit is {limit}",
		]),
	}
}
