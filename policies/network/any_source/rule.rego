# METADATA
# title: A list of who may come in keeps somebody out
# description: one entry that is the whole internet makes the rest of the list an ornament, which
#   the next reader takes for protection
# related_resources:
#   - ref: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#whitelist-source-range
#     description: ingress-nginx, whitelist source range
# custom:
#   severity: warning
#   scope: service
#   remedy: write the ranges that people come from, or take the annotation away
package network.any_source

import data.lib.ingresses
import data.lib.ranges

findings contains finding if {
	some annotation in ingresses.annotations
	regex.match(`/(white|allow)-?list-source-range$`, annotation.key)
	some range in split(annotation.value, ",")
	ranges.is_everywhere(trim_space(range))

	finding := {
		"path": annotation.path,
		"message": concat("", [
			$"ingress annotation `{annotation.key}` of {annotation.of} in `{annotation.environment}` ",
			"lists who may come in, and the whole internet is on it",
		]),
	}
}
