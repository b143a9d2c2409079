package change.removed_pool_test

import data.change.removed_pool

test_a_pool_that_nothing_ran_on_may_go if {
	removed_pool.findings == set() with input as change("production", "main", ["main", "old"], ["main"])
}

test_a_service_may_move_while_both_are_there if {
	removed_pool.findings == set() with input as change("production", "old", ["main", "old"], ["main", "old"])
}

test_a_pool_that_goes_under_its_service_is_found_at_the_service if {
	found := removed_pool.findings with input as change("production", "old", ["main", "old"], ["main"])
	found == {{
		"path": ["services", "api", "environments", "blue", "scheduling", "pool"],
		"message": concat("", [
			"`api` moves to pool `main` in `blue`, a production environment, ",
			"while its pool `old` is removed",
		]),
	}}
}

test_staging_may_wait_for_its_pods if {
	removed_pool.findings == set() with input as change("staging", "old", ["main", "old"], ["main"])
}

test_nothing_before_passes if {
	removed_pool.findings == set() with input as {
		"before": {},
		"after": change("production", "old", ["main"], ["main"]).after,
	}
	removed_pool.findings == set() with input as change("production", "old", ["main"], ["main"])
}

change(tier, was, before, after) := {"before": model(tier, was, before), "after": model(tier, "main", after)}

model(tier, used, pools) := {
	"environments": {"blue": {"tier": tier, "cluster": {"pools": {pool: {"name": pool} | some pool in pools}}}},
	"services": {"api": {"environments": {"blue": {"scheduling": {"pool": used}}}}},
}
