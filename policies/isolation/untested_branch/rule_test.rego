package isolation.untested_branch_test

import data.isolation.untested_branch

test_a_branch_of_its_own_passes if {
	untested_branch.findings == set() with input as model("main", "staging")
}

test_the_branch_of_staging_is_found if {
	found := untested_branch.findings with input as model("main", "main")
	found == {{
		"path": ["environments", "blue", "branch"],
		"other": ["environments", "green", "branch"],
		"message": concat("", [
			"`blue`, a production environment, deploys from `main` as `green` does: ",
			"a push is in both at once",
		]),
	}}
}

test_two_production_environments_may_have_one_branch if {
	untested_branch.findings == set() with input as {"environments": {
		"blue": {"tier": "production", "branch": "main"},
		"red": {"tier": "production", "branch": "main"},
	}}
}

model(ours, theirs) := {"environments": {
	"blue": {"tier": "production", "branch": ours},
	"green": {"tier": "staging", "branch": theirs},
}}
