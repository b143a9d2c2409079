package network.open_api_test

import data.network.open_api

everybody := {{
	"path": ["environments", "blue", "cluster", "authorizedRanges"],
	"message": "anybody may reach the API server of `blue`, a production environment",
}}

test_the_ranges_of_an_office_pass if {
	open_api.findings == set() with input as model("production", ["203.0.113.0/24"], {})
}

test_no_ranges_are_found if {
	found := open_api.findings with input as model("production", [], {})
	found == everybody
}

test_everywhere_among_the_ranges_is_found if {
	found := open_api.findings with input as model("production", ["0.0.0.0/0", "203.0.113.0/24"], {})
	found == everybody
}

test_only_production_is_judged if {
	open_api.findings == set() with input as model("staging", [], {})
	inputs := {"api_server_access_profile": {"authorized_ip_ranges": []}}
	open_api.findings == set() with input as model("staging", ["203.0.113.0/24"], inputs)
}

test_a_private_cluster_passes if {
	every inputs in [
		{"api_server_access_profile": {"enable_private_cluster": true}},
		{"api_server_access_profile": {"enable_private_cluster": true, "authorized_ip_ranges": []}},
		{"public_network_access": "Disabled"},
	] {
		open_api.findings == set() with input as model("production", [], inputs)
	}
}

test_ranges_may_come_from_extra_inputs if {
	inputs := {"api_server_access_profile": {"authorized_ip_ranges": ["203.0.113.0/24"]}}
	open_api.findings == set() with input as model("production", [], inputs)
}

test_extra_inputs_that_open_it_are_found if {
	inputs := {"api_server_access_profile": {"authorized_ip_ranges": ["0.0.0.0/0"]}}
	found := open_api.findings with input as model("production", ["203.0.113.0/24"], inputs)
	found == {{
		"path": ["environments", "blue", "extraInputs", "cluster", "api_server_access_profile", "authorized_ip_ranges"],
		"message": "extra inputs let anybody reach the API server of `blue`, a production environment",
	}}
}

model(tier, allowed, inputs) := {"environments": {"blue": {
	"tier": tier,
	"cluster": {"authorizedRanges": allowed},
	"extraInputs": {"cluster": inputs},
}}}
