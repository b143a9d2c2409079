# METADATA
# title: What is built for production is built where it was built before
# description: behind `ubuntu-latest` GitHub puts another system when it likes, so a build breaks,
#   or gives something else, on a day on which nobody changed anything, as it did from December 2024
#   on
# related_resources:
#   - ref: https://github.com/actions/runner-images/issues/10636
#     description: GitHub, ubuntu-latest becomes ubuntu-24.04
#   - ref: https://docs.github.com/en/actions/reference/runners/github-hosted-runners
#     description: GitHub, GitHub-hosted runners
# custom:
#   severity: notice
#   scope: platform
#   remedy: name the system in `delivery.runner`, such as `ubuntu-24.04`
package delivery.moving_runner

# all workflows have one runner, so one finding is enough
findings contains finding if {
	[source, environment] := min({[name, workflow.environment] |
		some name, source in input.sources
		some workflow in source.workflows
		input.environments[workflow.environment].tier == "production"
		regex.match(`-latest($|-)`, workflow.runner)
	})

	finding := {
		"path": ["sources", source, "workflows", environment, "runner"],
		"message": concat("", [
			$"workflows of `{environment}`, a production environment, run on ",
			$"`{input.sources[source].workflows[environment].runner}`",
		]),
	}
}
