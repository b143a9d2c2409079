package capacity.idle_autoscaling_test

import data.capacity.idle_autoscaling

test_room_to_scale_passes if {
	idle_autoscaling.findings == set() with input as model({"minReplicas": 2, "maxReplicas": 3}, pool(1, 2))
}

test_as_many_replicas_at_the_least_as_at_the_most_are_found if {
	found := idle_autoscaling.findings with input as model({"minReplicas": 2, "maxReplicas": 2}, pool(1, 2))
	found == {{
		"path": ["services", "api", "environments", "blue", "autoscaling", "maxReplicas"],
		"message": "`api` scales from 2 to as many replicas in `blue`, which is not at all",
	}}
}

test_as_many_nodes_at_the_least_as_at_the_most_are_found if {
	found := idle_autoscaling.findings with input as model(null, pool(3, 3))
	found == {{
		"path": ["environments", "blue", "cluster", "pools", "main", "scaling", "max"],
		"message": "pool `main` of `blue` scales from 3 to as many nodes, which is not at all",
	}}
}

test_a_number_of_nodes_passes if {
	idle_autoscaling.findings == set() with input as model(null, {"kind": "fixed", "count": 3})
}

pool(fewest, most) := {"kind": "auto", "min": fewest, "max": most}

model(autoscaling, scaling) := {
	"environments": {"blue": {"name": "blue", "cluster": {"pools": {"main": {"scaling": scaling}}}}},
	"services": {"api": {"name": "api", "environments": {"blue": {"autoscaling": autoscaling}}}},
}
