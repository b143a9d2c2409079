# METADATA
# title: A scheduled job ends before it starts again
# description: with concurrency Allow a run that is slow does not keep back the next one; runs pile
#   up until the pool has room for nothing else, and work on the same rows
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
#     description: CronJob
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/job/
#     description: Jobs
# custom:
#   severity: warning
#   scope: service
#   remedy: set concurrency to Forbid or Replace, or deadlineSeconds below the time between two
#     starts
package services.overlapping_schedule

findings contains finding if {
	some service in input.services
	some environment, job in service.environments
	input.environments[environment].tier == "production"
	job.schedule.concurrency == "Allow"
	seconds := job.secondsBetweenStarts
	seconds != null
	job.job.deadlineSeconds > seconds

	finding := {
		"path": ["services", service.name, "environments", environment, "schedule", "concurrency"],
		"other": ["services", service.name, "environments", environment, "job", "deadlineSeconds"],
		"message": concat("", [
			$"`{service.name}` may run for {job.job.deadlineSeconds} s in `{environment}`, a production environment, ",
			$"and starts again after {seconds} s beside itself: concurrency is Allow",
		]),
	}
}
