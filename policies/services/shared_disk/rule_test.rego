package services.shared_disk_test

import data.services.shared_disk

test_two_replicas_on_one_disk_are_found_at_their_count if {
	found := shared_disk.findings with input as model({"replicaCount": 2, "volumes": [scratch, disk]})
	found == {{
		"path": ["services", "api", "environments", "blue", "replicaCount"],
		"other": ["services", "api", "environments", "blue", "volumes", 1],
		"message": "`api` has replicaCount 2 in `blue`, and its volume `data` is ReadWriteOnce: a disk of one node",
	}}
}

test_scaling_on_one_disk_is_found_at_the_most if {
	autoscaling := {"minReplicas": 1, "maxReplicas": 4}
	found := shared_disk.findings with input as model({"autoscaling": autoscaling, "volumes": [disk]})
	found == {{
		"path": ["services", "api", "environments", "blue", "autoscaling", "maxReplicas"],
		"other": ["services", "api", "environments", "blue", "volumes", 0],
		"message": "`api` scales up to 4 in `blue`, and its volume `data` is ReadWriteOnce: a disk of one node",
	}}
}

test_scaling_to_two_is_too_much if {
	autoscaling := {"minReplicas": 1, "maxReplicas": 2}
	found := shared_disk.findings with input as model({"autoscaling": autoscaling, "volumes": [disk]})
	count(found) == 1
}

test_several_disks_are_one_finding if {
	found := shared_disk.findings with input as model({"replicaCount": 3, "volumes": [disk, disk]})
	{finding.other | some finding in found} == {["services", "api", "environments", "blue", "volumes", 0]}
}

test_one_replica_on_a_disk_passes if {
	shared_disk.findings == set() with input as model({"replicaCount": 1, "volumes": [disk]})
}

test_scaling_between_none_and_one_passes if {
	autoscaling := {"minReplicas": 1, "maxReplicas": 1}
	shared_disk.findings == set() with input as model({"autoscaling": autoscaling, "volumes": [disk]})
}

test_many_replicas_on_a_shared_file_system_pass if {
	files := object.union(disk, {"accessMode": "ReadWriteMany"})
	shared_disk.findings == set() with input as model({"replicaCount": 3, "volumes": [scratch, files]})
}

test_a_job_with_a_disk_passes if {
	shared_disk.findings == set() with input as model({"kind": "scheduledJob", "volumes": [disk]})
}

scratch := {"kind": "ephemeral", "name": "tmp"}

disk := {"kind": "persistent", "name": "data", "accessMode": "ReadWriteOnce"}

model(fields) := {"services": {"api": {"name": "api", "environments": {"blue": object.union(
	{"kind": "deployment", "replicaCount": null, "autoscaling": null},
	fields,
)}}}}
