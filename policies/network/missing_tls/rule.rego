# METADATA
# title: What people type into a page is encrypted on its way
# description: without TLS whoever is on the way reads sessions and passwords and changes pages, as
#   Firesheep showed everybody in 2010; a page that is served both ways is as weak as the weaker one
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
#     description: Kubernetes, Ingress, TLS
#   - ref: https://en.wikipedia.org/wiki/Firesheep
#     description: Wikipedia, Firesheep
# custom:
#   severity: warning
#   scope: service
#   remedy: name the host under `spec.tls` with the Secret of its certificate, and leave the
#     redirect from HTTP on
package network.missing_tls

import data.lib.ingresses

findings contains finding if {
	some extra in ingresses.extra
	input.environments[extra.environment].tier != "development"
	some index, rule in extra.manifest.spec.rules
	is_string(rule.host)
	not has_tls(extra.manifest, rule.host)

	finding := {
		"path": array.concat(extra.path, ["spec", "rules", index, "host"]),
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` ",
			$"serves `{rule.host}` without TLS",
		]),
	}
}

findings contains finding if {
	some annotation in ingresses.annotations
	endswith(annotation.key, "/ssl-redirect")
	annotation.value == "false"
	input.environments[annotation.environment].tier != "development"

	finding := {
		"path": annotation.path,
		"message": concat("", [
			$"an ingress annotation of {annotation.of} switches the redirect from HTTP to HTTPS off ",
			$"in `{annotation.environment}`",
		]),
	}
}

has_tls(manifest, host) if {
	some entry in manifest.spec.tls
	some covered in entry.hosts
	covers(covered, host)
}

# without hosts it is for all that the controller has a certificate for
has_tls(manifest, _) if {
	some entry in manifest.spec.tls
	not entry.hosts
}

has_tls(manifest, _) if manifest.metadata.annotations["traefik.ingress.kubernetes.io/router.tls"] == "true"

covers(covered, host) if covered == host

# a wildcard stands for one label
covers(covered, host) if {
	startswith(covered, "*.")
	parent := substring(host, indexof(host, "."), -1)
	parent == substring(covered, 1, -1)
}
