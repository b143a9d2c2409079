# METADATA
# title: A scheduled job starts some day
# description: a schedule of a day that no month has, such as the 30th of February, is valid and
#   never starts; nobody is told
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
#     description: CronJob
# custom:
#   severity: error
#   scope: service
#   remedy: write a day that the month has; for the last day of each month, start daily and look at
#     the date in the program
package services.impossible_schedule

findings contains finding if {
	some service in input.services
	some environment, job in service.environments
	job.secondsBetweenStarts == null
	cron := job.schedule.cron

	finding := {
		"path": ["services", service.name, "environments", environment, "schedule", "cron"],
		"message": $"`{service.name}` never starts in `{environment}`: no day is one of `{cron}`",
	}
}
