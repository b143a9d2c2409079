# METADATA
# title: What the internet reaches holds no token for the Kubernetes API
# description: whoever breaks into such a service may do in the cluster what its service account may
# custom:
#   severity: warning
#   scope: service
#   remedy: switch apiToken off, or let another service, without a host, talk to the Kubernetes API
package services.exposed_token

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	placed.security.apiToken
	some host in placed.ingress.hosts

	finding := {
		"path": ["services", service.name, "environments", environment, "security", "apiToken"],
		"message": concat("", [
			$"`{service.name}` holds a token for the Kubernetes API in `{environment}` ",
			$"and is reachable as `{host.host}`",
		]),
	}
}
