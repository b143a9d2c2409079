package change.refused_volume_test

import data.change.refused_volume

test_a_volume_may_grow if {
	refused_volume.findings == set() with input as change([data_volume], [object.union(data_volume, {"size": "20Gi"})])
}

test_what_is_fixed_is_found_where_it_is_now if {
	every field, is in {"storageClass": "managed-csi-premium", "accessMode": "ReadWriteMany"} {
		found := refused_volume.findings with input as change([data_volume], [tmp, object.union(data_volume, {field: is})])
		found == {{
			"path": ["services", "api", "environments", "blue", "volumes", 1, field],
			"message": concat("", [
				$"volume `data` of `api` in `blue` keeps its `{field}` as long as it is there: ",
				$"it was {data_volume[field]} and is {is}",
			]),
		}}
	}
}

test_what_keeps_no_data_may_change if {
	every pair in [["ephemeral", "ephemeral"], ["ephemeral", "persistent"], ["persistent", "ephemeral"]] {
		refused_volume.findings == set() with input as change(
			[object.union(data_volume, {"kind": pair[0]})],
			[object.union(data_volume, {"kind": pair[1], "size": "1Gi", "accessMode": "ReadWriteMany"})],
		)
	}
}

test_another_volume_is_another if {
	refused_volume.findings == set() with input as change(
		[data_volume],
		[object.union(data_volume, {"name": "next", "size": "1Gi", "accessMode": "ReadWriteMany"})],
	)
}

test_nothing_before_passes if {
	refused_volume.findings == set() with input as {"before": {}, "after": model([data_volume])}
	refused_volume.findings == set() with input as change([{"name": "data", "kind": "persistent"}], [data_volume])
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
