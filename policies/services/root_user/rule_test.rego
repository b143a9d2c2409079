package services.root_user_test

import data.services.root_user

test_an_unprivileged_user_passes if {
	root_user.findings == set() with input as model("production", {"runAsNonRoot": true, "runAsUser": null})
}

test_a_user_by_number_is_enough if {
	root_user.findings == set() with input as model("production", {"runAsNonRoot": false, "runAsUser": 1000})
}

test_user_zero_is_found if {
	found := root_user.findings with input as model("production", {"runAsNonRoot": false, "runAsUser": 0})
	found == {{
		"path": ["services", "api", "environments", "blue", "security", "runAsUser"],
		"message": "`api` may run as root in `blue`, a production environment",
	}}
}

test_the_user_of_the_image_unchecked_is_found if {
	found := root_user.findings with input as model("production", {"runAsNonRoot": false, "runAsUser": null})
	found == {{
		"path": ["services", "api", "environments", "blue", "security", "runAsNonRoot"],
		"message": "`api` may run as root in `blue`, a production environment",
	}}
}

test_root_in_staging_passes if {
	root_user.findings == set() with input as model("staging", {"runAsNonRoot": false, "runAsUser": 0})
}

model(tier, security) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"api": {"name": "api", "environments": {"blue": {"security": security}}}},
}
