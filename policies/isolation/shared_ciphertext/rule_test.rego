package isolation.shared_ciphertext_test

import data.isolation.shared_ciphertext

test_a_value_sealed_twice_passes if {
	shared_ciphertext.findings == set() with input as model("AgBx", "AgBy")
}

test_a_copied_ciphertext_is_found_with_both_places if {
	found := shared_ciphertext.findings with input as model("AgBx", "AgBx")
	found == {{
		"path": ["services", "api", "environments", "green", "sealedSecrets", 0, "ciphertext"],
		"other": ["services", "api", "environments", "blue", "sealedSecrets", 1, "ciphertext"],
		"message": "`KEY` of `api` has the same ciphertext in `blue` and `green`",
	}}
}

test_values_that_are_not_sealed_yet_pass if {
	shared_ciphertext.findings == set() with input as model(null, null)
}

model(blue, green) := {"services": {"api": {"name": "api", "environments": {
	"blue": {"sealedSecrets": [{"name": "CERT", "ciphertext": "AgBz"}, {"name": "KEY", "ciphertext": blue}]},
	"green": {"sealedSecrets": [{"name": "KEY", "ciphertext": green}]},
}}}}
