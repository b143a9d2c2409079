# METADATA
# title: A production service adds no Linux capability
# description: each capability is a part of root's power, and a namespace with Pod Security
#   `restricted` refuses all but NET_BIND_SERVICE
# custom:
#   severity: warning
#   scope: service
#   remedy: remove the capability; to listen below port 1024, NET_BIND_SERVICE is enough
package services.added_capability

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	input.environments[environment].tier == "production"
	some index, capability in placed.security.capabilities
	capability != "NET_BIND_SERVICE"

	finding := {
		"path": ["services", service.name, "environments", environment, "security", "capabilities", index],
		"message": $"`{service.name}` adds capability {capability} in `{environment}`, a production environment",
	}
}
