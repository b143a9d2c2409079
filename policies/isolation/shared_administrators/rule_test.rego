package isolation.shared_administrators_test

import data.isolation.shared_administrators

test_groups_of_its_own_pass if {
	shared_administrators.findings == set() with input as model(["1", "2"], ["3"])
}

test_a_shared_group_is_found_once if {
	found := shared_administrators.findings with input as model(["1", "2", "3"], ["2", "3"])
	found == {{
		"path": ["environments", "blue", "cluster", "adminGroups"],
		"other": ["environments", "green", "cluster", "adminGroups"],
		"message": concat("", [
			"the Entra group `2` administrates the clusters of `blue`, a production environment, ",
			"and of `green`",
		]),
	}}
}

model(ours, theirs) := {"environments": {
	"blue": {"tier": "production", "cluster": {"adminGroups": ours}},
	"green": {"tier": "staging", "cluster": {"adminGroups": theirs}},
	"yellow": {"tier": "development", "cluster": {"adminGroups": theirs}},
}}
