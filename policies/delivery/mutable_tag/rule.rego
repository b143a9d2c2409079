# METADATA
# title: An image from elsewhere has a tag that does not move
# description: a moving tag deploys another program whenever a pod starts anew, and there is nothing
#   to go back to
# custom:
#   severity: error
#   scope: service
#   remedy: write the version that the tag stands for today
package delivery.mutable_tag

moving := {
	"canary",
	"current",
	"dev",
	"develop",
	"edge",
	"head",
	"latest",
	"lts",
	"main",
	"master",
	"mainline",
	"nightly",
	"prod",
	"production",
	"release",
	"rolling",
	"snapshot",
	"stable",
	"staging",
	"testing",
	"unstable",
}

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	input.environments[environment].tier != "development"
	placed.image.name == null
	lower(placed.image.tag) in moving

	finding := {
		"path": ["services", service.name, "environments", environment, "image", "tag"],
		"message": concat("", [
			$"`{service.name}` runs `{placed.image.repository}` in `{environment}` ",
			$"with the moving tag `{placed.image.tag}`",
		]),
	}
}
