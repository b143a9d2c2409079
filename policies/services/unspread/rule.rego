# METADATA
# title: Replicas are spread
# description: replicas that nobody asks to keep apart may all be on one node, or in one zone, and
#   go down with it together
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
#     description: Pod topology spread constraints
#   - ref: https://learn.microsoft.com/en-us/azure/aks/best-practices-app-cluster-reliability
#     description: Reliability of applications and clusters in AKS
# custom:
#   severity: warning
#   scope: service
#   remedy: leave `spread` out, which keeps pods apart where there is room, or set its `nodes` and
#     `zones`
package services.unspread

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	input.environments[environment].tier == "production"
	deployment.scheduling.spread == []
	replicas(deployment) > 1

	finding := {
		"path": ["services", service.name, "environments", environment, "scheduling", "spread"],
		"message": concat("", [
			$"`{service.name}` has {replicas(deployment)} replicas in `{environment}`, a production environment, ",
			"and nothing keeps them on several nodes or in several zones",
		]),
	}
}

replicas(deployment) := deployment.autoscaling.minReplicas

replicas(deployment) := deployment.replicaCount if deployment.autoscaling == null
