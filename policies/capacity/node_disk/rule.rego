# METADATA
# title: Ephemeral volumes fit on the disk of a node
# description: they lie on the disk of the operating system, and the kubelet evicts pods when a tenth of
#   it is left; what writes more never finishes, and takes pods beside it along
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/
#     description: Node-pressure eviction
#   - ref: https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/
#     description: Ephemeral volumes
# custom:
#   severity: warning
#   scope: service
#   remedy: raise `osDiskGb` of the pool in a new pool, make the volumes smaller, or give the service a
#     persistent volume
package capacity.node_disk

import data.lib.quantity

# of ten parts of a disk, those that pods may fill; images and logs lie there as well
usable_tenths := 9

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	pool := input.environments[environment].cluster.pools[placed.scheduling.pool]
	on_disk := [index | some index, volume in placed.volumes; volume.inMemory == false]
	bytes := sum([quantity.bytes(placed.volumes[index].size) | some index in on_disk])
	bytes * 10 > ((pool.osDiskGb * 1024) * quantity.mib) * usable_tenths
	sizes := [placed.volumes[index].size | some index in on_disk]

	finding := {
		"path": ["services", service.name, "environments", environment, "volumes", largest(placed.volumes, on_disk), "size"],
		"other": ["environments", environment, "cluster", "pools", placed.scheduling.pool, "osDiskGb"],
		"message": concat("", [
			$"`{service.name}` may write {concat(" and ", sizes)} to the disk of its node in `{environment}`, ",
			$"and nodes of pool `{pool.name}` have disks of {pool.osDiskGb} GiB",
		]),
	}
}

largest(volumes, indices) := min([index |
	some index in indices
	bytes := quantity.bytes(volumes[index].size)
	every other in indices {
		bytes >= quantity.bytes(volumes[other].size)
	}
])
