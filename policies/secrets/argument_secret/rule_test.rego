package secrets.argument_secret_test

import data.secrets.argument_secret

test_a_secret_in_the_place_of_a_name_is_found if {
	found := argument_secret.findings with input as model("args", ["serve", "--password=$(DB_PASSWORD)"])
	found == {{
		"path": ["services", "api", "environments", "blue", "args", 1],
		"message": "`api` hands the secret variable `DB_PASSWORD` over as an argument in `blue`",
	}}
}

test_options_and_addresses_of_a_shell_are_found if {
	every script in [
		"psql --password=$DB_PASSWORD",
		"mysql -p${DB_PASSWORD} -e 'select 1'",
		"curl -H \"$DB_PASSWORD\" https://acme.example",
		"migrate --dsn postgres://api:${DB_PASSWORD}@db.acme.example/api",
	] {
		found := argument_secret.findings with input as model("command", ["sh", "-c", script])
		{finding.path | some finding in found} == {["services", "api", "environments", "blue", "command", 2]}
	}
}

test_other_words_pass if {
	every word in [
		"$$(DB_PASSWORD)",
		"$(DB_HOST)",
		"--password-file=/etc/keys/db",
		"PGPASSWORD=$DB_PASSWORD psql",
		"migrate --user=$DB_PASSWORD_USER",
		"DB_PASSWORD",
	] {
		argument_secret.findings == set() with input as model("args", [word])
	}
}

test_a_container_of_an_extra_manifest_is_judged_as_well if {
	every field in ["args", "command"] {
		words := ["backup", "--password", "$(PASSWORD)", "$(MODE)"]
		found := argument_secret.findings with input as by_hand(field, words)
		found == {{
			"path": [
				"environments", "blue", "extraManifests", 0, "manifest",
				"spec", "template", "spec", "containers", 0, field, 2,
			],
			"message": "extra manifest `backup` of `blue` hands the secret variable `PASSWORD` over as an argument",
		}}
	}
}

test_what_is_escaped_there_passes if {
	argument_secret.findings == set() with input as by_hand("args", ["$$(PASSWORD)"])
}

model(field, words) := {
	"environments": {"blue": {"extraManifests": []}},
	"services": {"api": {"name": "api", "environments": {"blue": object.union(
		{
			"args": null,
			"command": null,
			"secretEnvs": [{"name": "DB_PASSWORD", "secret": "DB_PASSWORD"}],
			"extraManifests": [],
		},
		{field: words},
	)}}},
}

by_hand(field, words) := {
	"environments": {"blue": {"extraManifests": [{"name": "backup", "manifest": {
		"kind": "Job",
		"metadata": {"name": "backup"},
		"spec": {"template": {"spec": {"containers": [{
			"name": "backup",
			field: words,
			"env": [
				{"name": "MODE", "value": "fast"},
				{"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}},
			],
		}]}}},
	}}]}},
	"services": {},
}
