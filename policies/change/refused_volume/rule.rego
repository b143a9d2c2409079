# METADATA
# title: A volume that keeps data stays of the kind that it was made as
# description: Kubernetes refuses to change the storage class and the access mode of a claim, so
#   every sync of the service fails from then on, and no release of it gets through
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/persistent-volumes/
#     description: Kubernetes, persistent volumes
# custom:
#   severity: error
#   scope: change
#   remedy: write what it was; for another kind add a volume under another name, copy the data
#     over, and remove the old one in a later change
package change.refused_volume

import data.lib.changes

findings contains finding if {
	some key, service in input.after.services
	some name, placed in service.environments
	some index, after in placed.volumes
	some before in input.before.services[key].environments[name].volumes
	{before.name, after.name} == {after.name}
	{before.kind, after.kind} == {"persistent"}
	some field in ["storageClass", "accessMode"]
	[was, is] := changes.differs(before, after, [field])

	finding := {
		"path": ["services", key, "environments", name, "volumes", index, field],
		"message": concat("", [
			$"volume `{after.name}` of `{key}` in `{name}` keeps its `{field}` as long as it is there: ",
			$"it was {was} and is {is}",
		]),
	}
}
