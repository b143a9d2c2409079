# METADATA
# title: A secret is sealed for the one environment it is used in
# description: each cluster has its own key, so a value that was copied from another environment is
#   never decrypted
# custom:
#   severity: error
#   scope: service
#   remedy: seal the value again with the certificate of this environment
package isolation.shared_ciphertext

findings contains finding if {
	some service in input.services
	some first, original in service.environments
	some second, copy in service.environments
	first < second
	some i, sealed in original.sealedSecrets
	some j, same in copy.sealedSecrets
	sealed.ciphertext != null
	sealed.ciphertext == same.ciphertext

	finding := {
		"path": ["services", service.name, "environments", second, "sealedSecrets", j, "ciphertext"],
		"other": ["services", service.name, "environments", first, "sealedSecrets", i, "ciphertext"],
		"message": $"`{same.name}` of `{service.name}` has the same ciphertext in `{first}` and `{second}`",
	}
}
