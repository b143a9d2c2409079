package change.removed_environment_test

import data.change.removed_environment

test_the_same_environments_pass if {
	removed_environment.findings == set() with input as change(["blue", "green"], ["blue", "green"])
}

test_an_environment_more_passes if {
	removed_environment.findings == set() with input as change(["blue"], ["blue", "green"])
}

test_one_that_is_gone_is_found if {
	found := removed_environment.findings with input as change(["blue", "green"], ["blue"])
	found == {{
		"path": ["environments"],
		"message": "environment `green` is gone, with its cluster, its databases and all that runs there",
	}}
}

test_nothing_before_passes if {
	removed_environment.findings == set() with input as {"before": {}, "after": {"environments": {"blue": {}}}}
}

change(before, after) := {"before": model(before), "after": model(after)}

model(names) := {"environments": {name: {"name": name} | some name in names}}
