# METADATA
# title: A release does not wait for hours
# description: a release job that hangs blocks the release, and all that come after it, until its
#   deadline; meanwhile a mend cannot be released either
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/job/
#     description: Jobs
#   - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
#     description: Sync phases and waves of Argo CD
# custom:
#   severity: notice
#   scope: service
#   remedy: set deadlineSeconds to an hour or less, and move what takes longer into a job of its own
#     that no release waits for
package services.long_release

findings contains finding if {
	some service in input.services
	some environment, job in service.environments
	input.environments[environment].tier == "production"
	job.kind == "releaseJob"
	job.job.deadlineSeconds > 3600

	finding := {
		"path": ["services", service.name, "environments", environment, "job", "deadlineSeconds"],
		"message": concat("", [
			$"release job `{service.name}` may block a release in `{environment}`, a production environment, ",
			$"for {job.job.deadlineSeconds} s; at most 3600 s expected",
		]),
	}
}
