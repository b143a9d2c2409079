# METADATA
# title: A production container cannot change its own files
# description: whoever breaks into a program can replace it, or put tools beside it, where the root
#   file system is writable; what a program writes there is also lost at each restart
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#     description: Configure a security context
#   - ref: https://learn.microsoft.com/en-us/azure/aks/developer-best-practices-pod-security
#     description: Pod security in AKS
# custom:
#   severity: notice
#   scope: service
#   remedy: leave readOnlyRootFilesystem on, and mount a volume where the program writes; `/tmp` is
#     one already
package services.writable_root

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	input.environments[environment].tier == "production"
	not placed.security.readOnlyRootFilesystem

	finding := {
		"path": ["services", service.name, "environments", environment, "security", "readOnlyRootFilesystem"],
		"message": concat("", [
			$"`{service.name}` may write to its root file system in `{environment}`, ",
			"a production environment",
		]),
	}
}
