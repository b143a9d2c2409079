# METADATA
# title: A host and path lead to one service
# description: ingress-nginx refuses the second Ingress, so that the sync fails, and other
#   controllers send visitors now here and now there
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/
#     description: Kubernetes, Ingress
#   - ref: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
#     description: ingress-nginx, canary annotations
# custom:
#   severity: error
#   scope: environment
#   remedy: take the host from the service, or give the extra Ingress another host or path
package network.host_taken

import data.lib.ingresses

findings contains finding if {
	some extra in ingresses.extra
	not is_canary(extra.manifest)
	some index, rule in extra.manifest.spec.rules
	some other in taken[extra.environment][rule.host]
	is_of_class(extra.manifest, other.class)
	some entry in rule.http.paths
	object.get(entry, "path", "/") == other.path

	finding := {
		"path": array.concat(extra.path, ["spec", "rules", index, "host"]),
		"other": other.at,
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` is for `{rule.host}{other.path}`, ",
			$"which leads to service `{other.service}`",
		]),
	}
}

# another controller answers at another address
is_of_class(manifest, class) if object.get(manifest.spec, "ingressClassName", class) == class

# a canary is meant to have the host and path of what it is tried beside
is_canary(manifest) if {
	some key, value in manifest.metadata.annotations
	endswith(key, "/canary")
	value == "true"
}

taken[environment][entry.host] contains claim if {
	some service in input.services
	some environment, placed in service.environments
	some index, entry in placed.ingress.hosts
	some served in entry.paths
	claim := {
		"at": ["services", service.name, "environments", environment, "ingress", "hosts", index, "host"],
		"class": placed.ingress.className,
		"path": served.path,
		"service": service.name,
	}
}
