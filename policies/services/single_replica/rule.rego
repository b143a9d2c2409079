# METADATA
# title: A production service outlives one node
# description: an upgrade drains nodes one by one; a lone replica is down meanwhile
# custom:
#   severity: error
#   scope: service
#   remedy: set replicaCount, or minReplicas where it scales by itself, to 2 or more
package services.single_replica

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	deployment.replicaCount == 1
	must_outlive_a_node(deployment)

	finding := {
		"path": ["services", service.name, "environments", environment, "replicaCount"],
		"message": concat("", [
			$"`{service.name}` has replicaCount 1 in `{environment}`, ",
			"a production environment; at least 2 expected",
		]),
	}
}

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	deployment.autoscaling.minReplicas < 2
	must_outlive_a_node(deployment)

	finding := {
		"path": ["services", service.name, "environments", environment, "autoscaling", "minReplicas"],
		"message": concat("", [
			$"`{service.name}` scales down to {deployment.autoscaling.minReplicas} in `{environment}`, ",
			"a production environment; at least 2 expected",
		]),
	}
}

# what has no port keeps nobody waiting: its work is taken up by the next replica
must_outlive_a_node(deployment) if {
	input.environments[deployment.environment].tier == "production"
	count(deployment.ports) > 0
	not tied_to_one_node(deployment)
}

# a second replica could not mount the volume
tied_to_one_node(deployment) if {
	some volume in deployment.volumes
	volume.accessMode == "ReadWriteOnce"
}
