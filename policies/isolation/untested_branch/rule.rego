# METADATA
# title: A change is tried before it is in production
# description: a push to a branch that two environments deploy from is in both within the same
#   minutes, so nobody sees in the one what it would break in the other; in July 2024 an update of
#   CrowdStrike that went everywhere at once stopped 8.5 million machines
# related_resources:
#   - ref: https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
#     description: GitHub, deployments and environments
#   - ref: https://blogs.microsoft.com/blog/2024/07/20/helping-our-customers-through-the-crowdstrike-outage/
#     description: Microsoft, the CrowdStrike outage
# custom:
#   severity: warning
#   scope: platform
#   remedy: let production deploy from a branch of its own, into which is merged what was tried
package isolation.untested_branch

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	first := min({other |
		some other, shared in input.environments
		shared.tier != "production"
		shared.branch == environment.branch
	})

	finding := {
		"path": ["environments", name, "branch"],
		"other": ["environments", first, "branch"],
		"message": concat("", [
			$"`{name}`, a production environment, deploys from `{environment.branch}` as `{first}` does: ",
			"a push is in both at once",
		]),
	}
}
