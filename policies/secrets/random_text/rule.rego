# METADATA
# title: What looks drawn at random is not in Git in plain text
# description: keys and tokens are drawn at random, whatever their variable is called, and whoever
#   can read the repository, now or later, can use them; in 2022 a key in a public repository of
#   Toyota had opened data of 296,000 customers for five years
# related_resources:
#   - ref: https://cwe.mitre.org/data/definitions/798.html
#     description: CWE-798, use of hard-coded credentials
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
#     description: OWASP, secrets management
# custom:
#   severity: warning
#   scope: service
#   remedy: declare it under `secrets` and seal it; or say in its name what else it is, with `_ID`,
#     `_HASH` or `PUBLIC_`
package secrets.random_text

import data.secrets.plain_credential

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	may_be_random(placed.envs)
	some index, variable in placed.envs
	is_mixed(variable.value)
	not is_known(variable)
	not is_text(variable.value)
	not is_put_together(variable.value)
	has_no_words(variable.value)
	not plain_credential.is_credential(variable)

	finding := {
		"path": ["services", service.name, "environments", environment, "envs", index, "value"],
		"message": concat("", [
			$"variable `{variable.name}` of `{service.name}` has a value in `{environment}` ",
			"that looks drawn at random",
		]),
	}
}

# a call costs more than a match: one for all variables of a service
may_be_random(variables) if {
	values := [variable.value | some variable in variables]
	regex.match(concat("", ["(?m)", one_word]), concat("\n", values))
}

# what programs draw from: no space, no bracket, no quote, no colon
one_word := `^[!#-&*+./0-9=?@A-Z^_a-z~-]{16,}$`

is_mixed(value) if {
	regex.match(one_word, value)
	regex.match(`[a-z]`, value)
	regex.match(`[A-Z]`, value)
	has_more_than_letters(value)
}

has_more_than_letters(value) if regex.match(`[!#$%&*?@^]`, value)

has_more_than_letters(value) if {
	count(value) >= 20
	regex.match(`[0-9]`, value)
}

# what is drawn at random, and for everybody to see
is_known(variable) if {
	regex.match(
		concat("", [
			`(?i:(^|_)(public|publishable|site|id|hash|digest|checksum|sha[0-9]*|commit|integrity|fingerprint|known)(_|$))`,
			`|(Id|Hash)$`,
		]),
		variable.name,
	)
}

is_known(variable) if regex.match(`^(AAAA[BCE]3Nza|pk[_.]|sha(256|384|512)-|0x|/)`, variable.value)

# base64 of plain text: no byte has its first bit set, so not every letter can stand at every place
is_text(value) if {
	regex.match(
		concat("", [
			`^([CDI-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][0-9A-Za-z+/_-])+`,
			`([CDI-Za-f][AQgw](==)?|[CDI-Za-f][A-HQ-Xg-nw-z0-3][AEIMQUYcgkosw048]=?)?$`,
		]),
		value,
	)
}

# of parts, of dates and numbers, or of a prefix and a digest
is_put_together(value) if regex.match(`[0-9]{6}|^[A-Za-z]{0,4}[_-]?[0-9a-f]{24,}$`, value)

is_put_together(value) if {
	parts := split(replace(replace(value, "-", "."), "_", "."), ".")
	(count(parts) - 1) * 10 > count(value)
}

# of names most letters are in words; of 100 characters drawn from 64, some seven begin three small letters in a row
has_no_words(value) if {
	small := {letter | some letter in split("abcdefghijklmnopqrstuvwxyz", "")}
	letters := split(value, "")
	in_words := [index |
		some index, letter in letters
		letter in small
		letters[index + 1] in small
		letters[index + 2] in small
	]
	count(in_words) * 5 < count(letters)
}
