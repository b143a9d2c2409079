# METADATA
# title: A host belongs to the environment that serves it
# description: a host below the domain of another environment takes that environment's visitors; a
#   host below none gets no DNS record
# custom:
#   severity: error
#   scope: service
#   remedy: serve a host below the domain of this environment, and not below that of another
package network.host_outside_domain

import data.lib.manifests

findings contains finding if {
	some [environment, host, path] in hosts
	domain := input.environments[environment].domain
	not within(host, domain)
	count(owners(host, domain)) == 0

	finding := {
		"path": path,
		"message": $"host `{host}` of `{environment}` is not below its domain `{domain}`",
	}
}

findings contains finding if {
	some [environment, host, path] in (hosts | extra_hosts)
	some owner in owners(host, input.environments[environment].domain)
	domain := input.environments[owner].domain

	finding := {
		"path": path,
		"other": ["environments", owner, "domain"],
		"message": $"host `{host}` of `{environment}` belongs to `{owner}`, whose domain is `{domain}`",
	}
}

# who of the others has a host: of `acme.example` and `green.acme.example`, the narrower has one that is below both
owners(host, domain) := {name |
	some name, environment in input.environments
	within(host, environment.domain)
	not is_ours(host, domain, environment.domain)
}

is_ours(host, domain, other) if {
	within(host, domain)
	within(domain, other)
}

hosts contains [environment, entry.host, path] if {
	some service in input.services
	some environment, placed in service.environments
	some index, entry in placed.ingress.hosts
	path := ["services", service.name, "environments", environment, "ingress", "hosts", index, "host"]
}

# an Ingress of one's own may serve a customer's domain
extra_hosts contains [extra.environment, rule.host, path] if {
	some extra in manifests.extra
	extra.manifest.kind == "Ingress"
	some index, rule in extra.manifest.spec.rules
	path := array.concat(extra.path, ["spec", "rules", index, "host"])
}

within(host, domain) if host == domain

within(host, domain) if endswith(host, $".{domain}")
