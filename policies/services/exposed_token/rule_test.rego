package services.exposed_token_test

import data.services.exposed_token

hosts := {"hosts": [{"host": "api.acme.example"}]}

test_a_token_behind_a_host_is_found if {
	found := exposed_token.findings with input as model(true, hosts)
	found == {{
		"path": ["services", "api", "environments", "blue", "security", "apiToken"],
		"message": "`api` holds a token for the Kubernetes API in `blue` and is reachable as `api.acme.example`",
	}}
}

test_a_token_without_a_host_passes if {
	exposed_token.findings == set() with input as model(true, null)
}

test_a_host_without_a_token_passes if {
	exposed_token.findings == set() with input as model(false, hosts)
}

model(token, ingress) := {"services": {"api": {"name": "api", "environments": {"blue": {
	"security": {"apiToken": token},
	"ingress": ingress,
}}}}}
