# METADATA
# title: A scheduled job of production is not suspended
# description: a job that somebody suspended for an hour and forgot is noticed weeks later, by the
#   report or the backup that is missing
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
#     description: CronJob
# custom:
#   severity: notice
#   scope: service
#   remedy: set suspended to false, or take the service away where nobody needs it
package services.suspended_job

findings contains finding if {
	some service in input.services
	some environment, job in service.environments
	input.environments[environment].tier == "production"
	job.schedule.suspended

	finding := {
		"path": ["services", service.name, "environments", environment, "schedule", "suspended"],
		"message": concat("", [
			$"`{service.name}` is suspended in `{environment}`, a production environment, ",
			"and starts only when somebody starts it by hand",
		]),
	}
}
