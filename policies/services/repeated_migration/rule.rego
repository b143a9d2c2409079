# METADATA
# title: A release job of production is tried once
# description: a migration that failed half-way is run again on what the first run left behind, and
#   may fill a column twice, or drop what it has just made
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/job/
#     description: Jobs
#   - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/
#     description: Resource hooks of Argo CD
# custom:
#   severity: warning
#   scope: service
#   remedy: set backoffLimit to 0 and look at what failed, or raise it only for a job that can be
#     run again at any point
package services.repeated_migration

findings contains finding if {
	some service in input.services
	some environment, job in service.environments
	input.environments[environment].tier == "production"
	job.kind == "releaseJob"
	job.job.backoffLimit > 0

	finding := {
		"path": ["services", service.name, "environments", environment, "job", "backoffLimit"],
		"message": concat("", [
			$"release job `{service.name}` is run up to {job.job.backoffLimit + 1} times in `{environment}`, ",
			"a production environment, when it fails half-way",
		]),
	}
}
