# METADATA
# title: A volume that keeps data only grows
# description: Kubernetes refuses a claim that asks for less than it has, so every sync of the
#   service fails from then on, and no release of it gets through
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/persistent-volumes/
#     description: Kubernetes, persistent volumes
# custom:
#   severity: error
#   scope: change
#   remedy: keep the size; for a smaller volume add one under another name, copy the data over,
#     and remove the old one in a later change
package change.shrunk_volume

import data.lib.quantity

findings contains finding if {
	some key, service in input.after.services
	some name, placed in service.environments
	some index, after in placed.volumes
	some before in input.before.services[key].environments[name].volumes
	{before.name, after.name} == {after.name}
	{before.kind, after.kind} == {"persistent"}
	quantity.bytes(after.size) < quantity.bytes(before.size)

	finding := {
		"path": ["services", key, "environments", name, "volumes", index, "size"],
		"message": $"volume `{after.name}` of `{key}` in `{name}` was {before.size} and is {after.size}",
	}
}
