package services.writable_root_test

import data.services.writable_root

test_a_root_that_nobody_can_write_to_passes if {
	writable_root.findings == set() with input as model("production", true)
}

test_a_writable_root_is_found if {
	found := writable_root.findings with input as model("production", false)
	found == {{
		"path": ["services", "api", "environments", "blue", "security", "readOnlyRootFilesystem"],
		"message": "`api` may write to its root file system in `blue`, a production environment",
	}}
}

test_staging_may_be_writable if {
	writable_root.findings == set() with input as model("staging", false)
}

model(tier, read_only) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"api": {"name": "api", "environments": {"blue": {"security": {"readOnlyRootFilesystem": read_only}}}}},
}
