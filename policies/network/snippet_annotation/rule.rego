# METADATA
# title: No Ingress brings configuration of the controller along
# description: a snippet becomes part of the controller's own configuration, where it can read every
#   Secret of the cluster (CVE-2021-25742) and where one mistake stops all hosts; since 1.9
#   ingress-nginx refuses it, and the sync fails
# related_resources:
#   - ref: https://nvd.nist.gov/vuln/detail/CVE-2021-25742
#     description: NVD, CVE-2021-25742
#   - ref: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#configuration-snippet
#     description: ingress-nginx, configuration snippet
# custom:
#   severity: warning
#   scope: service
#   remedy: say it with an annotation of its own, in the program, or have whoever runs the
#     controller set it for all
package network.snippet_annotation

import data.lib.ingresses

findings contains finding if {
	some annotation in ingresses.annotations
	contains(annotation.key, "-snippet")
	regex.match(`(^|[./])nginx\.(.*\.)?(io|org|com)/[a-z-]+-snippets?$`, annotation.key)

	finding := {
		"path": annotation.path,
		"message": concat("", [
			$"ingress annotation `{annotation.key}` of {annotation.of} in `{annotation.environment}` ",
			"is configuration of the controller itself",
		]),
	}
}
