package services.liveness_like_readiness_test

import data.services.liveness_like_readiness

test_more_patience_passes if {
	liveness_like_readiness.findings == set() with input as model("production", {
		"liveness": probe(get("/health"), 6),
		"readiness": probe(get("/health"), 3),
	})
}

test_the_same_probe_twice_is_found if {
	found := liveness_like_readiness.findings with input as model("production", {
		"liveness": probe(get("/health"), 3),
		"readiness": probe(get("/health"), 3),
	})
	found == {{
		"path": ["services", "api", "environments", "blue", "probes", "liveness"],
		"other": ["services", "api", "environments", "blue", "probes", "readiness"],
		"message": concat("", [
			"the liveness probe of `api` asks what its readiness probe asks in `blue`, a production ",
			"environment, and restarts a pod after 30 s; more than 30 s expected",
		]),
	}}
}

test_less_patience_is_found if {
	found := liveness_like_readiness.findings with input as model("production", {
		"liveness": probe(get("/health"), 2),
		"readiness": probe(get("/health"), 3),
	})
	count(found) == 1
}

test_another_path_passes if {
	liveness_like_readiness.findings == set() with input as model("production", {
		"liveness": probe(get("/alive"), 3),
		"readiness": probe(get("/health"), 3),
	})
}

test_an_open_port_asks_no_dependency if {
	open := {"kind": "tcp", "port": "http"}
	liveness_like_readiness.findings == set() with input as model("production", {
		"liveness": probe(open, 3),
		"readiness": probe(open, 3),
	})
}

test_one_of_them_alone_passes if {
	liveness_like_readiness.findings == set() with input as model("production", {
		"liveness": probe(get("/health"), 3),
		"readiness": null,
	})
	liveness_like_readiness.findings == set() with input as model("production", {"liveness": null, "readiness": null})
}

test_staging_may_restart if {
	liveness_like_readiness.findings == set() with input as model("staging", {
		"liveness": probe(get("/health"), 3),
		"readiness": probe(get("/health"), 3),
	})
}

get(path) := {"kind": "http", "path": path, "port": "http"}

probe(check, threshold) := {"check": check, "periodSeconds": 10, "failureThreshold": threshold}

model(tier, probes) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"api": {"name": "api", "environments": {"blue": {"probes": probes}}}},
}
