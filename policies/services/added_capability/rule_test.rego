package services.added_capability_test

import data.services.added_capability

test_no_capability_passes if {
	added_capability.findings == set() with input as model("production", [])
}

test_listening_below_port_1024_passes if {
	added_capability.findings == set() with input as model("production", ["NET_BIND_SERVICE"])
}

test_another_capability_is_found_in_its_place if {
	found := added_capability.findings with input as model("production", ["NET_BIND_SERVICE", "SYS_ADMIN"])
	found == {{
		"path": ["services", "api", "environments", "blue", "security", "capabilities", 1],
		"message": "`api` adds capability SYS_ADMIN in `blue`, a production environment",
	}}
}

test_a_capability_in_staging_passes if {
	added_capability.findings == set() with input as model("staging", ["SYS_ADMIN"])
}

model(tier, capabilities) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"api": {"name": "api", "environments": {"blue": {"security": {"capabilities": capabilities}}}}},
}
