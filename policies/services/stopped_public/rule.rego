# METADATA
# title: A host of production leads to a pod
# description: the ingress controller answers for the host of a service without pods, with 503 and
#   to everybody
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/
#     description: Ingress
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/
#     description: Service
# custom:
#   severity: warning
#   scope: service
#   remedy: raise replicaCount, or take the hosts away while the service is stopped
package services.stopped_public

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	input.environments[environment].tier == "production"
	deployment.replicaCount == 0
	host := deployment.ingress.hosts[0]

	finding := {
		"path": ["services", service.name, "environments", environment, "replicaCount"],
		"message": concat("", [
			$"`{service.name}` has replicaCount 0 in `{environment}`, a production environment, ",
			$"and is reachable as `{host.host}`, which then answers with 503",
		]),
	}
}
