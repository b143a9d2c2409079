# METADATA
# title: What scales by itself has room to scale
# description: with as many at the least as at the most it never does, and whoever counts on it finds
#   out on the day with the most requests
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
#     description: Horizontal pod autoscaling
#   - ref: https://learn.microsoft.com/en-us/azure/aks/cluster-autoscaler
#     description: The cluster autoscaler in AKS
# custom:
#   severity: notice
#   scope: service
#   remedy: raise the maximum, or say the number itself, with `replicaCount` of a service and `nodes` of
#     a pool
package capacity.idle_autoscaling

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	deployment.autoscaling.minReplicas == deployment.autoscaling.maxReplicas

	finding := {
		"path": ["services", service.name, "environments", environment, "autoscaling", "maxReplicas"],
		"message": concat("", [
			$"`{service.name}` scales from {deployment.autoscaling.minReplicas} to as many replicas ",
			$"in `{environment}`, which is not at all",
		]),
	}
}

findings contains finding if {
	some environment in input.environments
	some name, pool in environment.cluster.pools
	pool.scaling.min == pool.scaling.max

	finding := {
		"path": ["environments", environment.name, "cluster", "pools", name, "scaling", "max"],
		"message": concat("", [
			$"pool `{name}` of `{environment.name}` scales from {pool.scaling.min} to as many nodes, ",
			"which is not at all",
		]),
	}
}
