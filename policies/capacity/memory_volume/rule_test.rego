package capacity.memory_volume_test

import data.capacity.memory_volume

test_a_volume_below_the_limit_passes if {
	memory_volume.findings == set() with input as model([volume("511Mi", true), volume("4Gi", false), {"kind": "config"}])
}

test_a_volume_as_large_as_the_limit_is_found if {
	found := memory_volume.findings with input as model([volume("4Gi", false), volume("512Mi", true)])
	found == {{
		"path": ["services", "api", "environments", "blue", "volumes", 1, "size"],
		"other": ["services", "api", "environments", "blue", "resources", "limits", "memory"],
		"message": "`api` may keep 512Mi in memory as volumes in `blue`, and its memory limit is 512Mi",
	}}
}

test_volumes_count_together if {
	found := memory_volume.findings with input as model([volume("256Mi", true), volume("0.3Gi", true)])
	{finding.message | some finding in found} == {concat("", [
		"`api` may keep 256Mi and 0.3Gi in memory as volumes in `blue`, ",
		"and its memory limit is 512Mi",
	])}
}

test_no_volumes_pass if {
	memory_volume.findings == set() with input as model([])
}

volume(size, in_memory) := {"kind": "ephemeral", "size": size, "inMemory": in_memory}

model(volumes) := {"services": {"api": {"name": "api", "environments": {"blue": {
	"volumes": volumes,
	"resources": {"limits": {"memory": "512Mi"}},
}}}}}
