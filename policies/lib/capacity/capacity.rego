# METADATA
# title: What a pool has of nodes
package lib.capacity

# METADATA
# title: The most nodes that a pool may have
# scope: document
nodes(pool) := pool.scaling.count if pool.scaling.kind == "fixed"

nodes(pool) := pool.scaling.max if pool.scaling.kind == "auto"
