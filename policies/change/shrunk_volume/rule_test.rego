package change.shrunk_volume_test

import data.change.shrunk_volume

test_a_volume_may_grow if {
	every size in ["10Gi", "20Gi", "10240Mi"] {
		shrunk_volume.findings == set() with input as change([data_volume], [object.union(data_volume, {"size": size})])
	}
}

test_a_volume_that_shrinks_is_found_where_it_is_now if {
	smaller := object.union(data_volume, {"size": "9000Mi"})
	found := shrunk_volume.findings with input as change([data_volume], [tmp, smaller])
	found == {{
		"path": ["services", "api", "environments", "blue", "volumes", 1, "size"],
		"message": "volume `data` of `api` in `blue` was 10Gi and is 9000Mi",
	}}
}

test_what_keeps_no_data_may_change if {
	every pair in [["ephemeral", "ephemeral"], ["ephemeral", "persistent"], ["persistent", "ephemeral"]] {
		shrunk_volume.findings == set() with input as change(
			[object.union(data_volume, {"kind": pair[0]})],
			[object.union(data_volume, {"kind": pair[1], "size": "1Gi", "accessMode": "ReadWriteMany"})],
		)
	}
}

test_another_volume_is_another if {
	shrunk_volume.findings == set() with input as change(
		[data_volume],
		[object.union(data_volume, {"name": "next", "size": "1Gi", "accessMode": "ReadWriteMany"})],
	)
}

test_nothing_before_passes if {
	shrunk_volume.findings == set() with input as {"before": {}, "after": model([data_volume])}
	shrunk_volume.findings == set() with input as change([{"name": "data", "kind": "persistent"}], [data_volume])
}

data_volume := {
	"name": "data",
	"kind": "persistent",
	"size": "10Gi",
	"storageClass": "managed-csi",
	"accessMode": "ReadWriteOnce",
}

tmp := {"name": "tmp", "kind": "ephemeral", "size": "64Mi"}

change(before, after) := {"before": model(before), "after": model(after)}

model(volumes) := {"services": {"api": {"environments": {"blue": {"volumes": volumes}}}}}
