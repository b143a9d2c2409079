# METADATA
# title: Production runs in several zones
# description: a zone is one data centre with one supply of power and cooling; when it fails, all that
#   runs in it alone is down, and a pool cannot be moved into other zones later
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/availability-zones
#     description: Availability zones in AKS
#   - ref: https://kubernetes.io/docs/setup/best-practices/multiple-zones/
#     description: Running in multiple zones
# custom:
#   severity: warning
#   scope: environment
#   remedy: "leave `zones` out, which is all three, or make a new pool with them and move the services
#     there: Azure changes no zones of a pool"
package capacity.single_zone

findings contains finding if {
	some environment in input.environments
	environment.tier == "production"
	some name, pool in environment.cluster.pools
	count(pool.zones) < 2
	must_outlive_a_zone(environment.name, pool)

	finding := {
		"path": ["environments", environment.name, "cluster", "pools", name, "zones"],
		"message": concat("", [
			$"pool `{name}` of `{environment.name}`, a production environment, ",
			$"lies in {zones_of(pool)}; several expected",
		]),
	}
}

must_outlive_a_zone(_, pool) if pool.mode == "System"

# jobs wait for the zone
must_outlive_a_zone(environment, pool) if {
	some service in input.services
	deployment := service.environments[environment]
	deployment.scheduling.pool == pool.name
	deployment.kind == "deployment"
	deployment.replicaCount != 0
}

zones_of(pool) := "no zone" if pool.zones == []

zones_of(pool) := $"zone {pool.zones[0]} alone" if count(pool.zones) == 1
