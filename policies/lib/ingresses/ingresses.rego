# METADATA
# title: Ingresses, whoever makes them
# description: what holds for the hosts of a service holds for an Ingress that was written by hand
package lib.ingresses

import data.lib.manifests

# METADATA
# title: Every Ingress that was written by hand
# scope: document
extra contains extra if {
	some extra in manifests.extra
	extra.manifest.kind == "Ingress"
}

# METADATA
# title: The annotations of every Ingress, with their paths in the model
# scope: document
annotations contains {"environment": name, "key": key, "of": of, "path": path, "value": value} if {
	some service in input.services
	some name, placed in service.environments
	some key, value in placed.ingress.annotations
	of := $"`{service.name}`"
	path := ["services", service.name, "environments", name, "ingress", "annotations", key]
}

annotations contains {"environment": found.environment, "key": key, "of": of, "path": path, "value": value} if {
	some found in extra
	some key, value in found.manifest.metadata.annotations
	of := $"extra manifest `{found.manifest.metadata.name}`"
	path := array.concat(found.path, ["metadata", "annotations", key])
}
