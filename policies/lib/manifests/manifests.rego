# METADATA
# title: Extra manifests, wherever they were written
# description: an escape hatch is judged by the same rules as what the compiler writes
package lib.manifests

# METADATA
# title: Every extra manifest with its environment and its path in the model
# scope: document
extra contains {"environment": name, "manifest": extra.manifest, "path": path} if {
	some name, environment in input.environments
	some index, extra in environment.extraManifests
	path := ["environments", name, "extraManifests", index, "manifest"]
}

extra contains {"environment": name, "manifest": manifest, "path": path} if {
	some service in input.services
	some name, placed in service.environments
	some index, manifest in placed.extraManifests
	path := ["services", service.name, "environments", name, "extraManifests", index]
}

# METADATA
# title: The kind of an object with its group
# description: kinds of one name in two groups are two kinds
type_of(manifest) := concat("/", array.concat(group, [manifest.kind])) if {
	parts := split(manifest.apiVersion, "/")
	group := array.slice(parts, 0, count(parts) - 1)
}
