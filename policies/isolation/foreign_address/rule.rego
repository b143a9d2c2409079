# METADATA
# title: A service does not depend on another environment
# description: what works in one environment then breaks, or writes into, the other
# custom:
#   severity: error
#   scope: service
#   remedy: |-
#     take the address from the platform, as in `{ database: "…", get: "host" }` or `{ service: "…", get: "publicUrl" }`
package isolation.foreign_address

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	some owner, other in input.environments
	owner != environment
	some name, database in other.databases
	some index, variable in placed.envs
	names(variable.value, database.host)

	finding := {
		"path": ["services", service.name, "environments", environment, "envs", index, "value"],
		"other": ["environments", owner, "databases", name],
		"message": concat("", [
			$"variable `{variable.name}` of `{service.name}` in `{environment}` ",
			$"names `{database.host}`, a database server of `{owner}`",
		]),
	}
}

# the other way round, a link to what the public sees is fair
findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	input.environments[environment].tier == "production"
	some owner, other in input.environments
	other.tier != "production"
	some index, variable in placed.envs
	names(without_own(variable.value, input.environments[environment].domain, other.domain), other.domain)

	finding := {
		"path": ["services", service.name, "environments", environment, "envs", index, "value"],
		"other": ["environments", owner, "domain"],
		"message": concat("", [
			$"variable `{variable.name}` of `{service.name}` in `{environment}`, a production environment, ",
			$"names `{other.domain}`, the domain of `{owner}`",
		]),
	}
}

# as a whole: `at.shop.example` is no part of `t.shop.example`, nor is `t.shop.example.org`
names(text, host) if {
	contains(text, host)
	escaped := replace(host, ".", "[.]")
	regex.match(concat("", ["(^|[^A-Za-z0-9-])", escaped, "($|[^A-Za-z0-9.-]|[.]($|[^A-Za-z0-9]))"]), text)
}

# `live.acme.example` ends in `acme.example` and is no part of it
without_own(value, own, other) := replace(value, own, "") if endswith(own, $".{other}")

else := value
