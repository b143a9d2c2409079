# METADATA
# title: What a pool has of nodes
package lib.capacity

# METADATA
# title: The most nodes that a pool may have
# scope: document
nodes(pool) := pool.scaling.count

nodes(pool) := pool.scaling.max

# METADATA
# title: The nodes that a pool has at any time
# scope: document
fewest_nodes(pool) := pool.scaling.count

fewest_nodes(pool) := pool.scaling.min
