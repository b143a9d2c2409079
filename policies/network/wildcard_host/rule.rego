# METADATA
# title: An Ingress takes the visitors of one host
# description: an Ingress for every host gets the visitors of each service that was removed,
#   misspelt or is not there yet, and their cookies and tokens with them
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
#     description: Kubernetes, Ingress, hostname wildcards
# custom:
#   severity: warning
#   scope: service
#   remedy: write a rule for each host
package network.wildcard_host

import data.lib.ingresses

findings contains finding if {
	some extra in ingresses.extra
	some index, rule in extra.manifest.spec.rules
	startswith(rule.host, "*.")

	finding := {
		"path": array.concat(extra.path, ["spec", "rules", index, "host"]),
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` takes the visitors of every host ",
			$"`{rule.host}` that nobody else has",
		]),
	}
}

findings contains finding if {
	some extra in ingresses.extra
	some index, rule in extra.manifest.spec.rules
	is_object(rule)
	object.get(rule, "host", "") in {"", null}

	finding := {
		"path": array.concat(extra.path, ["spec", "rules", index]),
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` has a rule without a host: ",
			"it takes the visitors of every host that nobody else has",
		]),
	}
}

findings contains finding if {
	some extra in ingresses.extra
	is_object(extra.manifest.spec.defaultBackend)
	object.get(extra.manifest.spec, "rules", []) in {[], null}

	finding := {
		"path": array.concat(extra.path, ["spec", "defaultBackend"]),
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` has no rules: ",
			"its default backend takes the visitors of every host that nobody else has",
		]),
	}
}
