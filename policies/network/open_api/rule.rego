# METADATA
# title: The API server of a production cluster is not for everybody
# description: whoever holds a stolen token can use it from anywhere, and the next flaw of the API
#   server is open to every scanner, as CVE-2018-1002105 was
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/api-server-authorized-ip-ranges
#     description: Microsoft, secure access to the API server using authorized IP address ranges
#   - ref: https://nvd.nist.gov/vuln/detail/CVE-2018-1002105
#     description: NVD, CVE-2018-1002105
# custom:
#   severity: warning
#   scope: platform
#   remedy: write the ranges that people and pipelines come from into `cluster.authorizedRanges`,
#     and no `0.0.0.0/0`
package network.open_api

import data.lib.ranges

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	not is_private(environment)
	not has_ranges_in_inputs(environment)
	lets_everybody_in(environment.cluster.authorizedRanges)

	finding := {
		"path": ["environments", name, "cluster", "authorizedRanges"],
		"message": $"anybody may reach the API server of `{name}`, a production environment",
	}
}

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	not is_private(environment)
	lets_everybody_in(access_in_inputs(environment).authorized_ip_ranges)

	finding := {
		"path": array.concat(["environments", name], in_inputs),
		"message": $"extra inputs let anybody reach the API server of `{name}`, a production environment",
	}
}

lets_everybody_in([])

lets_everybody_in(allowed) if {
	some range in allowed
	ranges.is_everywhere(range)
}

is_private(environment) if access_in_inputs(environment).enable_private_cluster == true

is_private(environment) if environment.extraInputs.cluster.public_network_access == "Disabled"

has_ranges_in_inputs(environment) if is_array(access_in_inputs(environment).authorized_ip_ranges)

access_in_inputs(environment) := environment.extraInputs.cluster.api_server_access_profile

in_inputs := ["extraInputs", "cluster", "api_server_access_profile", "authorized_ip_ranges"]
