# METADATA
# title: A production service does not run as root
# description: a flaw in a program that runs as root is a flaw in the node, and a namespace with Pod
#   Security `restricted` refuses its pods
# custom:
#   severity: warning
#   scope: service
#   remedy: set runAsUser to the unprivileged user of the image, and leave runAsNonRoot on
package services.root_user

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	input.environments[environment].tier == "production"
	some field in root_fields(placed.security)

	finding := {
		"path": ["services", service.name, "environments", environment, "security", field],
		"message": $"`{service.name}` may run as root in `{environment}`, a production environment",
	}
}

root_fields(security) := {"runAsUser"} if security.runAsUser == 0

root_fields(security) := {"runAsNonRoot"} if {
	security.runAsUser == null
	not security.runAsNonRoot
}
