# METADATA
# title: Nobody has a password for a production cluster
# description: a local account is a certificate for everything in the cluster that knows no
#   person, no group and no second factor; it lies in files on laptops, and whoever leaves keeps
#   it
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/manage-local-accounts-managed-azure-ad
#     description: Microsoft, manage local accounts of AKS
# custom:
#   severity: warning
#   scope: document
#   kinds: [unit-inputs]
#   remedy: leave local accounts off, and add people to a group of `adminGroups`
package secrets.local_accounts

findings contains finding if {
	some file, document in input.documents
	endswith(file, "/cluster/inputs.generated.json")
	input.environments[document.environment].tier == "production"
	some field, is in {"disable_local_accounts": false, "enable_rbac": false}
	document.value.inputs[field] == is

	finding := {
		"path": ["documents", file, "inputs", field],
		"message": concat("", [
			$"extra inputs let people into the cluster of `{document.environment}`, a production environment, ",
			$"past Entra ID: `{field}` is false",
		]),
	}
}
