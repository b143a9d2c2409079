# METADATA
# title: What is said to a database is encrypted
# description: a server that takes connections without TLS takes passwords and rows in plain text
#   from whoever forgot to ask for it; and where the server asks for TLS, a service without it does
#   not get in
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/postgresql/security/security-tls
#     description: Microsoft, TLS in Azure Database for PostgreSQL
#   - ref: https://www.postgresql.org/docs/current/libpq-ssl.html
#     description: PostgreSQL, SSL support of libpq
# custom:
#   severity: warning
#   scope: service
#   remedy: leave `require_secure_transport` on, and have services ask for `sslmode=require` or more
package databases.unencrypted_connection

findings contains finding if {
	some name, environment in input.environments
	some unit, inputs in environment.extraInputs
	startswith(unit, "database-")
	some key, setting in inputs.server_configuration
	lower(setting.name) == "require_secure_transport"
	lower(setting.config) in {"0", "false", "off"}

	finding := {
		"path": ["environments", name, "extraInputs", unit, "server_configuration", key, "config"],
		"message": $"extra inputs of unit `{unit}` of `{name}` let connections in without TLS",
	}
}

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	count(placed.uses) > 0
	some index, variable in placed.envs
	asks_for_none(variable)

	finding := {
		"path": ["services", service.name, "environments", environment, "envs", index, "value"],
		"message": $"variable `{variable.name}` of `{service.name}` in `{environment}` asks for no TLS to the database",
	}
}

asks_for_none(variable) if {
	variable.name == "PGSSLMODE"
	variable.value == "disable"
}

asks_for_none(variable) if {
	contains(variable.value, "=disable")
	regex.match(`\b(sslmode|ssl-mode)=disable\b`, variable.value)
}
