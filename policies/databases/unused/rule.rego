# METADATA
# title: A database server is there for some service
# description: a server that nothing asks for is paid for each hour, and is one more door to data
#   that nobody watches
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/well-architected/cost-optimization/optimize-environment-costs
#     description: Microsoft, Well-Architected Framework, optimize environment costs
# custom:
#   severity: notice
#   scope: environment
#   remedy: >-
#     take its address from the platform, as in `{ database: "…", get: "host" }`, or remove the
#     database once its data are kept elsewhere
package databases.unused

findings contains finding if {
	some name, environment in input.environments
	some key, database in environment.databases
	not is_given(name, key)
	not is_named(name, database.host)

	finding := {
		"path": ["environments", name, "databases", key],
		"message": $"no service of `{name}` uses its database `{key}`",
	}
}

is_given(environment, key) if {
	some service in input.services
	key in service.environments[environment].uses
}

is_named(environment, host) if {
	some service in input.services
	some variable in service.environments[environment].envs
	contains(variable.value, host)
}
