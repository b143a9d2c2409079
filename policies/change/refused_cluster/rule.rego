# METADATA
# title: What Azure fixes when it makes a cluster stays as it is
# description: the plan shows a harmless update and Azure refuses it when it is applied, so that
#   from then on nothing of the cluster can be changed, until somebody finds out why
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/azure-cni-overlay
#     description: Microsoft, Azure CNI Overlay
# custom:
#   severity: error
#   scope: change
#   remedy: write what it was; a cluster with another value is a new one, in an environment of its
#     own
package change.refused_cluster

import data.lib.changes
import data.lib.ranges

findings contains finding if {
	some name, both in changes.environments
	both.before.cluster
	not changes.made_anew[name]
	some path in [["cluster", "dnsPrefix"], ["network", "nodeSubnet"], ["network", "serviceRange"]]
	[was, is] := changes.differs(both.before, both.after, path)
	finding := told(name, path, [was, is])
}

# it may grow
findings contains finding if {
	some name, both in changes.environments
	both.before.cluster
	not changes.made_anew[name]
	path := ["network", "podRange"]
	[was, is] := changes.differs(both.before, both.after, path)
	not ranges.covers(is, was)
	finding := told(name, path, [was, is])
}

findings contains finding if {
	some name, both in changes.environments
	not changes.made_anew[name]
	was := both.before.cluster.pools[both.before.cluster.systemPool].azureName
	is := both.after.cluster.pools[both.after.cluster.systemPool].azureName
	was != is

	finding := {
		"path": ["environments", name, "cluster", "systemPool"],
		"message": concat("", [
			$"the system pool of `{name}` is called `{was}` in Azure as long as its cluster is there, ",
			$"and is to be `{is}`",
		]),
	}
}

told(name, path, [was, is]) := {
	"path": array.concat(["environments", name], path),
	"message": concat("", [
		$"the cluster of `{name}` keeps its `{concat(".", path)}` as long as it is there: ",
		$"it was `{was}` and is `{is}`",
	]),
}
