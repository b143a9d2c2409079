package capacity.unknown_size_test

import data.capacity.unknown_size

test_a_known_size_passes if {
	unknown_size.findings == set() with input as model({"cpuMillicores": 3560, "memoryMib": 13400})
}

test_an_unknown_size_is_found if {
	found := unknown_size.findings with input as model(null)
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "main", "size"],
		"message": concat("", [
			"nobody knows how much room a node of Standard_HB120rs_v3 has, ",
			"so capacity of pool `main` of `blue` is not judged",
		]),
	}}
}

model(allocatable) := {"environments": {"blue": {
	"name": "blue",
	"cluster": {"pools": {"main": {"size": "Standard_HB120rs_v3", "allocatable": allocatable}}},
}}}
