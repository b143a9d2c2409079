# METADATA
# title: What was there before a change and still is
# description: the model of before may be of an older release, so a field that either has not is no
#   change
package lib.changes

# METADATA
# title: Environments that were there before, by name
# scope: document
environments[name] := {"after": after, "before": before} if {
	some name, after in input.after.environments
	before := input.before.environments[name]
}

# METADATA
# title: The names of those of them that are or were production
# description: whoever lowers the tier takes no guard away in the same change
# scope: document
production contains name if {
	some name, both in environments
	some environment in both
	environment.tier == "production"
}

# METADATA
# title: Databases that were there before
# scope: document
databases contains {"after": after, "before": before, "environment": name, "key": key} if {
	some name, both in environments
	some key, after in both.after.databases
	before := both.before.databases[key]
}

# METADATA
# title: Node pools that were there before, and whether AKS calls them the system pool
# scope: document
pools contains {"after": after, "before": before, "environment": name, "key": key, "system": system} if {
	some name, both in environments
	some key, after in both.after.cluster.pools
	before := both.before.cluster.pools[key]
	system := {both.after.cluster.systemPool, both.before.cluster.systemPool} == {key}
}

# METADATA
# title: What a field was and is, where that is not the same
# scope: document
differs(before, after, path) := [was, is] if {
	was := object.get(before, path, null)
	is := object.get(after, path, null)
	was != is
	not null in [was, is]
}

# METADATA
# title: The first of these fields that is not what it was
# scope: document
first_difference(before, after, paths) := [path |
	some path in paths
	differs(before, after, path)
][0]

# METADATA
# title: The environments whose cluster Azure destroys and makes anew, with the field that does it
# scope: document
made_anew[name] := path if {
	some name, both in environments
	both.before.cluster
	path := first_difference(
		both.before, both.after,
		[["cluster", "name"], ["location"], ["resourceGroup"], ["subscriptionId"]],
	)
}
