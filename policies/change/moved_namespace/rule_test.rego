package change.moved_namespace_test

import data.change.moved_namespace

test_the_same_namespace_passes if {
	moved_namespace.findings == set() with input as change("production", {"namespace": "shop"}, "shop")
}

test_another_is_found if {
	found := moved_namespace.findings with input as change("production", {"namespace": "shop"}, "store")
	found == {{
		"path": ["environments", "blue", "namespace"],
		"message": "`blue`, a production environment, was in namespace `shop` and is in `store`",
	}}
}

test_staging_may_move if {
	moved_namespace.findings == set() with input as change("staging", {"namespace": "shop"}, "store")
}

test_nothing_before_passes if {
	moved_namespace.findings == set() with input as change("production", {}, "store")
	moved_namespace.findings == set() with input as {"before": {}, "after": change("production", {}, "store").after}
}

change(tier, before, namespace) := {
	"before": {"environments": {"blue": before}},
	"after": {"environments": {"blue": {"tier": tier, "namespace": namespace}}},
}
