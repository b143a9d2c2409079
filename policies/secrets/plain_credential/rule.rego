# METADATA
# title: No credential lies in Git in plain text
# description: whoever can read the repository, now or later, can use it
# custom:
#   severity: error
#   scope: service
#   remedy: declare it under `secrets` and seal it; and change it where it is used, because it was
#     in Git
package secrets.plain_credential

import data.lib.manifests

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	may_hold_credentials(placed.envs)
	some index, variable in placed.envs
	is_credential(variable)

	finding := {
		"path": ["services", service.name, "environments", environment, "envs", index, "value"],
		"message": $"variable `{variable.name}` of `{service.name}` looks like a credential in plain text in `{environment}`",
	}
}

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	some text in texts_with_credentials(object.filter(placed, {"args", "command", "extraHelmValues", "volumes"}))

	finding := {
		"path": array.concat(["services", service.name, "environments", environment], text.path),
		"message": concat("", [
			$"`{service.name}` has what looks like a credential in plain text in its ",
			$"{text.path[0]}, in `{environment}`",
		]),
	}
}

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	some text in texts_with_credentials(object.get(placed, ["ingress", "annotations"], {}))

	finding := {
		"path": array.concat(["services", service.name, "environments", environment, "ingress", "annotations"], text.path),
		"message": $"an ingress annotation of `{service.name}` looks like a credential in plain text in `{environment}`",
	}
}

findings contains finding if {
	some name, environment in input.environments
	some text in texts_with_credentials(environment.extraInputs)

	finding := {
		"path": array.concat(["environments", name, "extraInputs"], text.path),
		"message": concat("", [
			$"extra inputs of unit `{text.path[0]}` of `{name}` ",
			"have what looks like a credential in plain text",
		]),
	}
}

findings contains finding if {
	some text in texts_with_credentials(input.registry.extraInputs)

	finding := {
		"path": array.concat(["registry", "extraInputs"], text.path),
		"message": $"extra inputs of unit `{text.path[0]}` have what looks like a credential in plain text",
	}
}

# a Secret is found by another rule, and a SealedSecret is sealed
findings contains finding if {
	some extra in manifests.extra
	not extra.manifest.kind in {"Secret", "SealedSecret"}
	some text in texts_with_credentials(extra.manifest)

	finding := {
		"path": array.concat(extra.path, text.path),
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` ",
			"has what looks like a credential in plain text",
		]),
	}
}

texts_with_credentials(document) := [text | some text in texts; is_credential(text)] if {
	texts := texts_in(document)
	may_hold_credentials(texts)
}

texts_in(document) := [{"path": path, "name": name_at(path), "value": value} |
	walk(document, [path, value])
	is_string(value)
]

# a call costs more than a match: one for all variables of a service, and only then some for each of them
may_hold_credentials(variables) if {
	lines := [concat("=", [variable.name, variable.value]) | some variable in variables]
	regex.match(suspicious, concat("\n", lines))
}

is_credential(variable) if regex.match(known_credential, variable.value)

# any text may be a password
is_credential(variable) if {
	regex.match(password_name, variable.name)
	not regex.match(no_password, variable.value)
}

# a key or a token was drawn at random; a word or a name in its place names one
is_credential(variable) if {
	regex.match(key_name, variable.name)
	not regex.match(`(?i)public|publishable`, variable.name)
	looks_random(variable.value)
}

looks_random(value) if regex.match(`^[0-9A-Fa-f-]{32,}$`, value)

looks_random(value) if {
	regex.match(`^[0-9A-Za-z+/_=.~-]{16,}$`, value)
	not startswith(value, "/")
	regex.match(`[0-9]`, value)
	regex.match(`[a-z]`, value)
	regex.match(`[A-Z]`, value)
}

# what stands in a list has no name
name_at(path) := path[count(path) - 1] if is_string(path[count(path) - 1])

else := ""

# whatever the patterns of names and values below match, this one matches
suspicious := concat("|", [
	`(?i:(credentials?|key|pass|passphrase|passwd|password|pwd|secret|token)=)`,
	known_credential,
])

# the forms in which well-known programs and services write their credentials
known_credential := concat("|", [
	`-----BEGIN [A-Z ]*PRIVATE KEY-----`,
	`\b(AKIA|ASIA)[0-9A-Z]{16}\b`,
	`\bgh[oprsu]_[0-9A-Za-z]{36}`,
	`\bgithub_pat_[0-9A-Za-z_]{22}`,
	`\bglpat-[0-9A-Za-z_-]{20}`,
	`\bnpm_[0-9A-Za-z]{36}`,
	`\bxox[abprs]-[0-9A-Za-z-]{10}`,
	`\b[rs]k_live_[0-9A-Za-z]{16}`,
	`\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.`,
	`(AccountKey|SharedAccessKey)=[0-9A-Za-z+/]{40}`,
	`[a-z]://[^\s/:@]+:[^\s/@$<{*][^\s/@]*@`,
	`(?im:(^|[;=])[ \t]*(password|pwd)[ \t]*=[ \t]*["']?[^\s;$<{*"'])`,
])

password_name := `(?i)(password|passwd|passphrase)$|_pwd$|(^|_)pass$`

no_password := `^(/.*|\$.*|<.*>|\*+|(?i:true|false|on|off|yes|no|none|null|[01])?)$`

key_name := concat("|", [
	`(?i:(^|_)(secret|token|credentials?)$)`,
	`(?i:(^|_)(access|account|api|client|encryption|private|signing)_?(key|secret)$)`,
	`[a-z](Secret|Token|Key)$`,
])
