package services.abrupt_stop_test

import data.services.abrupt_stop

hosts := {"hosts": [{"host": "api.acme.example"}, {"host": "www.acme.example"}]}

test_waiting_passes if {
	abrupt_stop.findings == set() with input as model("production", 1, hosts)
}

test_stopping_at_once_is_found_once if {
	found := abrupt_stop.findings with input as model("production", 0, hosts)
	found == {{
		"path": ["services", "api", "environments", "blue", "shutdown", "preStopSeconds"],
		"message": concat("", [
			"`api` is reachable as `api.acme.example` in `blue`, a production environment, ",
			"and its pods stop at once, with requests on the way to them",
		]),
	}}
}

test_what_has_no_host_may_stop_at_once if {
	abrupt_stop.findings == set() with input as model("production", 0, null)
}

test_staging_may_stop_at_once if {
	abrupt_stop.findings == set() with input as model("staging", 0, hosts)
}

model(tier, seconds, ingress) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"api": {"name": "api", "environments": {"blue": {
		"shutdown": {"preStopSeconds": seconds},
		"ingress": ingress,
	}}}},
}
