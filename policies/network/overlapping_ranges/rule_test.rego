package network.overlapping_ranges_test

import data.network.overlapping_ranges

blue := {"addressSpace": "10.10.0.0/16", "podRange": "10.64.0.0/16", "serviceRange": "10.250.0.0/20"}

test_ranges_of_their_own_pass if {
	overlapping_ranges.findings == set() with input as model({
		"addressSpace": "10.20.0.0/16",
		"podRange": "10.65.0.0/16",
		"serviceRange": "10.250.0.0/20",
	})
}

test_one_address_space_is_one_finding if {
	found := overlapping_ranges.findings with input as model(blue)
	found == {{
		"path": ["environments", "green", "network", "addressSpace"],
		"other": ["environments", "blue", "network", "addressSpace"],
		"message": "`addressSpace` 10.10.0.0/16 of `green` overlaps `addressSpace` 10.10.0.0/16 of `blue`",
	}}
}

test_pods_of_one_in_the_network_of_the_other_are_found if {
	found := overlapping_ranges.findings with input as model({
		"addressSpace": "10.20.0.0/16",
		"podRange": "10.10.128.0/17",
		"serviceRange": "10.251.0.0/20",
	})
	found == {{
		"path": ["environments", "green", "network", "podRange"],
		"other": ["environments", "blue", "network", "addressSpace"],
		"message": "`podRange` 10.10.128.0/17 of `green` overlaps `addressSpace` 10.10.0.0/16 of `blue`",
	}}
}

test_what_pods_reach_is_compared_and_services_never_meet if {
	own := {"addressSpace": "10.20.0.0/16", "podRange": "10.65.0.0/16", "serviceRange": "10.251.0.0/20"}
	found := {[of_blue, of_green] |
		some of_blue in object.keys(own)
		some of_green in object.keys(own)
		findings := overlapping_ranges.findings with input as model(object.union(own, {of_green: blue[of_blue]}))
		{[finding.other[3], finding.path[3]] | some finding in findings} == {[of_blue, of_green]}
	}
	found == {
		["addressSpace", "addressSpace"],
		["addressSpace", "podRange"],
		["addressSpace", "serviceRange"],
		["podRange", "addressSpace"],
		["podRange", "podRange"],
		["serviceRange", "addressSpace"],
	}
}

model(network) := {"environments": {"blue": {"network": blue}, "green": {"network": network}}}
