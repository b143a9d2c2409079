# METADATA
# title: No secret is handed over as an argument
# description: whoever lists the processes of a node or of a pod reads arguments, and so do crash
#   reports and tools that watch; and what a service has as `$(NAME)` is handed over as it is, as
#   nothing is put in its place
# related_resources:
#   - ref: https://cwe.mitre.org/data/definitions/214.html
#     description: CWE-214, invocation of process using visible sensitive information
#   - ref: https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
#     description: Kubernetes, dependent environment variables in arguments
# custom:
#   severity: warning
#   scope: service
#   remedy: let the program read the variable, or a mounted file
package secrets.argument_secret

import data.lib.manifests

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	some variable in placed.secretEnvs
	some field in ["args", "command"]
	some index, word in placed[field]
	contains(word, "$")
	hands_over(word, variable.name)

	finding := {
		"path": ["services", service.name, "environments", environment, field, index],
		"message": concat("", [
			$"`{service.name}` hands the secret variable `{variable.name}` over ",
			$"as an argument in `{environment}`",
		]),
	}
}

findings contains finding if {
	some extra in manifests.extra
	walk(extra.manifest, [path, container])
	some variable in container.env
	variable.valueFrom.secretKeyRef
	some field in ["args", "command"]
	some index, word in container[field]
	hands_over(word, variable.name)

	finding := {
		"path": array.flatten([extra.path, path, field, index]),
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` hands the secret variable ",
			$"`{variable.name}` over as an argument",
		]),
	}
}

# what Kubernetes puts in the place of a variable; `$$` is a dollar
hands_over(word, name) if contains(replace(word, "$$", ""), concat("", ["$(", name, ")"]))

# what a shell puts there, where it is the value of an option or a password in an address
hands_over(word, name) if {
	contains(word, name)
	regex.match(concat("", [`(\s--?[0-9A-Za-z-]+[= ]?|://[^\s/@]*:)["']?\$\{?`, name, `(\}|\b)`]), word)
}
