# METADATA
# title: Networks of two environments can be joined
# description: Azure peers no two networks that share addresses, and pods do not reach what has an
#   address of their own network; the day they are to be joined, for a database to be moved or
#   clusters to stand in for each other, one is built anew
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-peering-overview
#     description: Microsoft, virtual network peering
#   - ref: https://learn.microsoft.com/en-us/azure/aks/azure-cni-overlay
#     description: Microsoft, Azure CNI Overlay, address planning
# custom:
#   severity: notice
#   scope: platform
#   remedy: give each environment ranges of its own while its network is still to be made
package network.overlapping_ranges

import data.lib.ranges

findings contains finding if {
	some first, one in input.environments
	some second, other in input.environments
	first < second

	# one is enough: who mends it sees to the others as well
	[i, j] := min({indices |
		some indices in compared
		ranges.overlap(one.network[keys[indices[0]]], other.network[keys[indices[1]]])
	})

	finding := {
		"path": ["environments", second, "network", keys[j]],
		"other": ["environments", first, "network", keys[i]],
		"message": concat("", [
			$"`{keys[j]}` {other.network[keys[j]]} of `{second}` overlaps ",
			$"`{keys[i]}` {one.network[keys[i]]} of `{first}`",
		]),
	}
}

keys := ["addressSpace", "podRange", "serviceRange"]

# what pods of one reach in the other; services of two clusters never meet
compared := {[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [2, 0]}
