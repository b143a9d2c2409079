package secrets.plain_credential_test

import data.secrets.plain_credential

# put together here, so that no scanner takes the tests for a leak
random := concat("", ["q7Rk2mZp", "9xTf4VbN", "1sLw8YcD"])

test_a_credential_is_found_at_its_value if {
	found := plain_credential.findings with input as model({"envs": [
		{"name": "MODE", "value": "on"},
		{"name": "DB_PASSWORD", "value": "hunter2"},
	]})
	found == {{
		"path": ["services", "api", "environments", "blue", "envs", 1, "value"],
		"message": "variable `DB_PASSWORD` of `api` looks like a credential in plain text in `blue`",
	}}
}

test_names_of_passwords_and_keys_are_known if {
	credentials := {
		"DB_PASSWORD": "postgres",
		"dbPassword": "changeme",
		"SMTP_PWD": "12345678",
		"SMTP_PASS": "hunter2",
		"PASS": "hunter2",
		"KEY_PASSPHRASE": "correct horse battery staple",
		"API_KEY": random,
		"apiKey": random,
		"STRIPE_SECRET": random,
		"ACCESS_TOKEN": random,
		"SESSION_TOKEN": "0f8fad5b-d9cb-469f-a165-70867728950e",
		"STORAGE_ACCOUNT_KEY": concat("", [random, "+/=="]),
	}
	found := plain_credential.findings with input as model({"envs": in_order(credentials)})
	names_in(found) == object.keys(credentials)
}

test_well_known_forms_are_known_under_any_name if {
	credentials := {
		"A": concat("", ["-----BEGIN RSA PRIVATE", " KEY-----\nMIIE"]),
		"B": concat("", ["AKIA", "IOSFODNN7EXAMPLE"]),
		"C": concat("", ["ghp_", random, random]),
		"D": concat("", ["github_pat_", random]),
		"E": concat("", ["glpat-", random]),
		"F": concat("", ["npm_", random, random]),
		"G": concat("", ["xoxb-", random]),
		"H": concat("", ["sk_live_", random]),
		"I": concat("", ["eyJ", random, ".eyJ", random, ".", random]),
		"J": concat("", ["DefaultEndpointsProtocol=https;AccountKey=", random, random, "=="]),
		"K": "postgres://orders:hunter2@orders.example:5432/orders",
		"L": "Server=orders.example;User Id=orders;Password=hunter2;",
	}
	found := plain_credential.findings with input as model({"envs": in_order(credentials)})
	names_in(found) == object.keys(credentials)
}

test_what_only_sounds_like_a_credential_passes if {
	plain_credential.findings == set() with input as model({"envs": in_order({
		"PASSWORD_MIN_LENGTH": "12",
		"REQUIRE_PASSWORD": "true",
		"DB_PASSWORD": "",
		"SMTP_PASSWORD": "/run/secrets/smtp",
		"REDIS_PASSWORD": "$$(REDIS)",
		"ADMIN_PASSWORD": "<from the vault>",
		"CLIENT_SECRET": "oauth-client-v2-production",
		"TOKEN": "/var/run/secrets/Tokens/Api1",
		"CSRF_TOKEN": "X-Csrf-Token",
		"BYPASS": "hunter2",
		"PASS_THROUGH": "hunter2",
		"RUN_SECOND_PASS": "true",
		"SORT_KEY": random,
		"PARTITION_TOKEN_COUNT": "3",
		"VITE_PUBLIC_API_KEY": random,
		"STRIPE_PUBLISHABLE_API_KEY": random,
		"PUBLIC_KEY": "-----BEGIN PUBLIC KEY-----\nMIIB",
		"SENTRY_DSN": "https://abc123@sentry.example/4",
		"DATABASE_URL": "postgres://orders:$$(DB_PASSWORD)@orders.example:5432/orders",
		"CONNECTION": "Server=orders.example;Password=$$(DB_PASSWORD)",
		"DATABASE_HOST": "orders.postgres.database.azure.com",
		"CALLBACK": "https://acme.example/auth?next=a:b@c",
		"COMMIT": "0f8fad5bd9cb469fa16570867728950e0f8fad5b",
	})})
}

test_names_of_any_key_are_known_as_programs_write_them if {
	credentials := {"sessionToken": random, "stripeSecret": random, "paymentKey": random}
	found := plain_credential.findings with input as model({"envs": in_order(credentials)})
	names_in(found) == object.keys(credentials)
}

test_a_key_has_sixteen_characters_of_three_kinds if {
	found := plain_credential.findings with input as model({"envs": in_order({"API_KEY": substring(random, 0, 16)})})
	names_in(found) == {"API_KEY"}
	plain_credential.findings == set() with input as model({"envs": in_order({
		"API_KEY": substring(random, 0, 15),
		"ACCESS_KEY": concat(" ", [random, random]),
		"CSRF_TOKEN": "X-Acme-Shop-Csrf-Token",
		"STRIPE_SECRET": "ORDERS-STRIPE-V2-LIVE",
		"OAUTH_SECRET": "oauth-client-v2-production",
	})})
}

test_a_credential_is_found_beside_any_others if {
	known := concat("", ["AKIA", "IOSFODNN7EXAMPLE"])
	found := plain_credential.findings with input as model({"envs": in_order({"A": "on", "B": known, "C": "on"})})
	names_in(found) == {"B"}
}

test_a_password_is_found_on_any_line_of_a_file if {
	every text in ["user = api\npassword = hunter2\n", "[db]\r\n  Password=\"hunter2\"\r\n", "pwd=hunter2"] {
		found := plain_credential.findings with input as mounted(text)
		{finding.path | some finding in found} == {[
			"services", "api", "environments", "blue",
			"volumes", 0, "files", "api.conf",
		]}
	}
}

test_a_password_that_is_not_written_there_passes if {
	every text in [
		"user = api\npassword =\nhost = db\n",
		"password = \"\"\nhost = db\n",
		"password = ${DB_PASSWORD}\n",
		"password = \"$DB_PASSWORD\"\n",
		"# the password = word\n",
		"password_file = /run/secrets/db\n",
	] {
		plain_credential.findings == set() with input as mounted(text)
	}
}

mounted(text) := model({"volumes": [{"kind": "config", "files": {"api.conf": text}}]})

url := "postgres://orders:hunter2@orders.example:5432/orders"

test_files_arguments_and_extra_values_are_searched_as_well if {
	found := plain_credential.findings with input as model({
		"args": ["serve", concat("=", ["--database", url])],
		"command": ["api"],
		"extraHelmValues": {"sidecar": {"database": url, "port": 1, "password": "hunter2"}},
		"volumes": [{"kind": "config", "files": {"api.conf": url, "other.conf": "mode = on"}}],
	})
	{array.slice(finding.path, 4, count(finding.path)) | some finding in found} == {
		["args", 1],
		["extraHelmValues", "sidecar", "database"],
		["extraHelmValues", "sidecar", "password"],
		["volumes", 0, "files", "api.conf"],
	}
	some finding in found
	finding.message == "`api` has what looks like a credential in plain text in its args, in `blue`"
}

test_each_of_them_is_searched_alone if {
	every place in ["args", "command"] {
		found := plain_credential.findings with input as model({place: ["serve", url]})
		{array.slice(finding.path, 4, 6) | some finding in found} == {[place, 1]}
	}
}

test_what_says_where_a_password_lies_passes if {
	found := plain_credential.findings with input as model({"extraHelmValues": {"sidecar": {
		"database": url,
		"password": {"secretName": "orders", "field": "main"},
	}}})
	{finding.path[6] | some finding in found} == {"database"}
}

test_annotations_of_an_ingress_are_searched_as_well if {
	found := plain_credential.findings with input as model({"ingress": {
		"annotations": {"example.org/upstream": url, "example.org/size": "10m"},
		"tlsSecret": "api-tls",
	}})
	found == {{
		"path": ["services", "api", "environments", "blue", "ingress", "annotations", "example.org/upstream"],
		"message": "an ingress annotation of `api` looks like a credential in plain text in `blue`",
	}}
	plain_credential.findings == set() with input as model({"ingress": null})
}

test_extra_inputs_are_searched_as_well if {
	extra_inputs := {"cluster": {"windows_profile": {"admin_password": "hunter2", "admin_username": "azure"}}}
	found := plain_credential.findings with input as {
		"environments": {"blue": {"extraInputs": extra_inputs}},
		"registry": {"extraInputs": {"registry": {"webhook": url}}},
		"services": {},
	}
	found == {
		{
			"path": ["environments", "blue", "extraInputs", "cluster", "windows_profile", "admin_password"],
			"message": "extra inputs of unit `cluster` of `blue` have what looks like a credential in plain text",
		},
		{
			"path": ["registry", "extraInputs", "registry", "webhook"],
			"message": "extra inputs of unit `registry` have what looks like a credential in plain text",
		},
	}
}

test_extra_manifests_are_searched_as_well if {
	found := plain_credential.findings with input as model({"extraManifests": [
		manifest("ConfigMap", {"data": {"database": url, "mode": "on"}}),
		manifest("ExternalSecret", {"spec": {"data": [{"secretKey": "password", "remoteRef": {"key": "orders"}}]}}),
	]})
	found == {{
		"path": ["services", "api", "environments", "blue", "extraManifests", 0, "data", "database"],
		"message": "extra manifest `orders` of `blue` has what looks like a credential in plain text",
	}}
}

test_what_is_sealed_passes_and_a_secret_is_left_to_its_own_rule if {
	plain_credential.findings == set() with input as model({"extraManifests": [
		manifest("SealedSecret", {"spec": {"encryptedData": {"password": "AgBx"}}}),
		manifest("Secret", {"stringData": {"password": "hunter2"}}),
	]})
}

manifest(kind, fields) := object.union({"kind": kind, "metadata": {"name": "orders"}}, fields)

in_order(variables) := [{"name": name, "value": value} | some name, value in variables]

names_in(found) := {split(finding.message, "`")[1] | some finding in found}

model(fields) := {"services": {"api": {
	"name": "api",
	"environments": {"blue": object.union({"envs": [], "extraManifests": []}, fields)},
}}}
