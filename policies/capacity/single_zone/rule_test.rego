package capacity.single_zone_test

import data.capacity.single_zone

test_two_zones_pass if {
	single_zone.findings == set() with input as model("production", "System", ["1", "3"])
}

test_one_zone_is_found if {
	found := single_zone.findings with input as model("production", "System", ["3"])
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "main", "zones"],
		"message": "pool `main` of `blue`, a production environment, lies in zone 3 alone; several expected",
	}}
}

test_no_zone_is_found if {
	found := single_zone.findings with input as model("production", "System", [])
	{finding.message | some finding in found} == {concat("", [
		"pool `main` of `blue`, a production environment, ",
		"lies in no zone; several expected",
	])}
}

test_a_pool_with_pods_of_a_deployment_is_found if {
	found := single_zone.findings with input as with_service(model("production", "User", ["1"]), "main", "deployment")
	count(found) == 1
	stopped := [{"op": "replace", "path": "/services/api/environments/blue/replicaCount", "value": 0}]
	one := with_service(model("production", "User", ["1"]), "main", "deployment")
	single_zone.findings == set() with input as json.patch(one, stopped)
}

test_a_pool_of_jobs_passes if {
	one := model("production", "User", ["1"])
	single_zone.findings == set() with input as one
	single_zone.findings == set() with input as with_service(one, "main", "scheduledJob")
	single_zone.findings == set() with input as with_service(one, "other", "deployment")
}

test_staging_may_lie_in_one_zone if {
	single_zone.findings == set() with input as model("staging", "System", ["1"])
}

model(tier, mode, zones) := {
	"environments": {"blue": {
		"name": "blue",
		"tier": tier,
		"cluster": {"pools": {"main": {"name": "main", "mode": mode, "zones": zones}}},
	}},
	"services": {},
}

with_service(platform, pool, kind) := object.union(platform, {"services": {"api": {"environments": {"blue": {
	"kind": kind,
	"replicaCount": null,
	"scheduling": {"pool": pool},
}}}}})
