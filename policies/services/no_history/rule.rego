# METADATA
# title: A job that failed is kept
# description: with no history the failed job and its pods are removed at once, and with them the
#   messages that say why, and what alerts count
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
#     description: CronJob
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/
#     description: Clean-up of finished jobs
# custom:
#   severity: warning
#   scope: service
#   remedy: set failedHistory to 1 or more; 3 is the default
package services.no_history

findings contains finding if {
	some service in input.services
	some environment, job in service.environments
	input.environments[environment].tier == "production"
	job.schedule.failedHistory == 0

	finding := {
		"path": ["services", service.name, "environments", environment, "schedule", "failedHistory"],
		"message": concat("", [
			$"nothing of a failed run of `{service.name}` is kept in `{environment}`, a production environment: ",
			"failedHistory is 0",
		]),
	}
}
