package change.downgraded_version_test

import data.change.downgraded_version

test_one_version_up_and_another_patch_pass if {
	every pair in [["16", "18"], ["16", "16"], ["16.0", "16"]] {
		downgraded_version.findings == set() with input as databases(pair[0], pair[1])
	}
	every pair in [["1.35", "1.36"], ["1.36", "1.36"], ["1.36.4", "1.36.2"]] {
		downgraded_version.findings == set() with input as clusters(pair[0], pair[1])
	}
}

test_an_older_kubernetes_is_found if {
	found := downgraded_version.findings with input as clusters("1.36", "1.35")
	found == {{
		"path": ["environments", "blue", "cluster", "kubernetesVersion"],
		"message": "the cluster of `blue` runs Kubernetes 1.36 and is to run 1.35, which is older",
	}}
}

test_a_skipped_kubernetes_is_found if {
	found := downgraded_version.findings with input as clusters("1.34", "1.36")
	found == {{
		"path": ["environments", "blue", "cluster", "kubernetesVersion"],
		"message": "the cluster of `blue` runs Kubernetes 1.34 and is to run 1.36, which skips 1",
	}}
}

test_a_new_cluster_has_any_version if {
	found := downgraded_version.findings with input as {
		"before": {"environments": {"blue": {"location": "a", "cluster": {"kubernetesVersion": "1.36"}}}},
		"after": {"environments": {"blue": {"location": "b", "cluster": {"kubernetesVersion": "1.34"}}}},
	}
	found == set()
}

test_an_older_postgresql_is_found_as_a_number if {
	found := downgraded_version.findings with input as databases("10", "9")
	found == {{
		"path": ["environments", "blue", "databases", "orders", "version"],
		"message": "database `orders` of `blue` runs PostgreSQL 10 and is to run 9, which is older",
	}}
}

test_nothing_before_passes if {
	downgraded_version.findings == set() with input as {"before": {}, "after": clusters("1.36", "1.30").after}
	downgraded_version.findings == set() with input as clusters("stable", "1.30")
	downgraded_version.findings == set() with input as clusters(1, "1.30")
}

clusters(before, after) := {
	"before": {"environments": {"blue": {"cluster": {"kubernetesVersion": before}}}},
	"after": {"environments": {"blue": {"cluster": {"kubernetesVersion": after}}}},
}

databases(before, after) := {
	"before": {"environments": {"blue": {"databases": {"orders": {"version": before}}}}},
	"after": {"environments": {"blue": {"databases": {"orders": {"version": after}}}}},
}
