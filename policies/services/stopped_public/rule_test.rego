package services.stopped_public_test

import data.services.stopped_public

test_a_pod_passes if {
	fields := {"replicaCount": 1}
	stopped_public.findings == set() with input as model("production", fields)
}

test_a_host_without_a_pod_is_found if {
	fields := {"replicaCount": 0}
	found := stopped_public.findings with input as model("production", fields)
	found == {{
		"path": ["services", "api", "environments", "blue", "replicaCount"],
		"message": concat("", [
			"`api` has replicaCount 0 in `blue`, a production environment, ",
			"and is reachable as `api.acme.example`, which then answers with 503",
		]),
	}}
}

test_what_has_no_host_may_be_stopped if {
	stopped_public.findings == set() with input as model("production", {"replicaCount": 0, "ingress": null})
}

test_what_scales_has_a_pod if {
	stopped_public.findings == set() with input as model("production", {"replicaCount": null})
}

test_staging_may_be_stopped if {
	fields := {"replicaCount": 0}
	stopped_public.findings == set() with input as model("staging", fields)
}

model(tier, fields) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"api": {"name": "api", "environments": {"blue": object.union(
		{"ingress": {"hosts": [{"host": "api.acme.example"}, {"host": "www.acme.example"}]}},
		fields,
	)}}},
}
