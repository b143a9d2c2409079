package capacity.node_disk_test

import data.capacity.node_disk

test_nine_tenths_of_the_disk_pass if {
	node_disk.findings == set() with input as model([scratch("90Gi"), {"kind": "config"}])
}

test_a_mebibyte_more_is_found if {
	node_disk.findings == set() with input as model([scratch("92160Mi")])
	found := node_disk.findings with input as model([scratch("92161Mi")])
	count(found) == 1
}

test_more_is_found_at_the_volume if {
	found := node_disk.findings with input as model([scratch("91Gi")])
	found == {{
		"path": ["services", "api", "environments", "blue", "volumes", 0, "size"],
		"other": ["environments", "blue", "cluster", "pools", "main", "osDiskGb"],
		"message": concat("", [
			"`api` may write 91Gi to the disk of its node in `blue`, ",
			"and nodes of pool `main` have disks of 100 GiB",
		]),
	}}
}

test_volumes_count_together_and_the_largest_is_named if {
	found := node_disk.findings with input as model([scratch("10Gi"), scratch("50Gi"), scratch("50Gi")])
	{[finding.path[5], finding.message] | some finding in found} == {[1, concat("", [
		"`api` may write 10Gi and 50Gi and 50Gi to the disk of its node in `blue`, ",
		"and nodes of pool `main` have disks of 100 GiB",
	])]}
}

test_volumes_elsewhere_pass if {
	node_disk.findings == set() with input as model([
		{"kind": "ephemeral", "size": "1Ti", "inMemory": true},
		{"kind": "persistent", "size": "1Ti"},
	])
}

scratch(size) := {"kind": "ephemeral", "size": size, "inMemory": false}

model(volumes) := {
	"environments": {"blue": {"cluster": {"pools": {"main": {"name": "main", "osDiskGb": 100}}}}},
	"services": {"api": {"name": "api", "environments": {"blue": {
		"scheduling": {"pool": "main"},
		"volumes": volumes,
	}}}},
}
