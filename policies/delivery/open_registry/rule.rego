# METADATA
# title: Who may pull images has a name
# description: an image holds the program and whatever was copied into it by mistake; a registry
#   that asks for no name hands it to anybody, and the one password of its administrator pushes as
#   well as pulls, never ends, and tells nobody who used it
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/container-registry/container-registry-authentication
#     description: Microsoft, authentication with a container registry
#   - ref: https://learn.microsoft.com/en-us/azure/container-registry/anonymous-pull-access
#     description: Microsoft, anonymous pull access
# custom:
#   severity: warning
#   scope: document
#   kinds: [unit-inputs]
#   remedy: take the input back, and give whoever needs the images the role AcrPull or AcrPush
package delivery.open_registry

findings contains finding if {
	some file, document in input.documents
	endswith(file, "/registry/inputs.generated.json")
	some field, consequence in consequences
	document.value.inputs[field] == true

	finding := {
		"path": ["documents", file, "inputs", field],
		"message": $"the registry has `{field}`: {consequence}",
	}
}

consequences := {
	"admin_enabled": "whoever has one password may push and pull everything",
	"anonymous_pull_enabled": "anybody may pull everything",
}
