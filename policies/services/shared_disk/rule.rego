# METADATA
# title: A disk is of one replica
# description: a disk is held by one node, so replicas elsewhere wait for it and never start
# custom:
#   severity: error
#   scope: service
#   remedy: write `replicaCount` 1, or `maxReplicas` 1 where it scales by itself, or give the volume
#     `accessMode` ReadWriteMany and a storage class that has it, such as azurefile-csi
package services.shared_disk

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	deployment.replicaCount > 1
	index := first_disk(deployment)

	finding := {
		"path": ["services", service.name, "environments", environment, "replicaCount"],
		"other": ["services", service.name, "environments", environment, "volumes", index],
		"message": concat("", [
			$"`{service.name}` has replicaCount {deployment.replicaCount} in `{environment}`, ",
			$"and its volume `{deployment.volumes[index].name}` is ReadWriteOnce: a disk of one node",
		]),
	}
}

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	deployment.autoscaling.maxReplicas > 1
	index := first_disk(deployment)

	finding := {
		"path": ["services", service.name, "environments", environment, "autoscaling", "maxReplicas"],
		"other": ["services", service.name, "environments", environment, "volumes", index],
		"message": concat("", [
			$"`{service.name}` scales up to {deployment.autoscaling.maxReplicas} in `{environment}`, ",
			$"and its volume `{deployment.volumes[index].name}` is ReadWriteOnce: a disk of one node",
		]),
	}
}

# undefined without any
first_disk(deployment) := min({index |
	some index, volume in deployment.volumes
	volume.accessMode == "ReadWriteOnce"
})
