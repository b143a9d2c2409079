# METADATA
# title: Azure upgrades production while few people use it
# description: an upgrade drains each node in turn, and pods that start slowly or lose their
#   connections are felt most in the hours in which most people work
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/planned-maintenance
#     description: Microsoft, planned maintenance of AKS clusters
# custom:
#   severity: notice
#   scope: platform
#   remedy: choose an hour at night, and write the `utcOffset` of the people who use it
package upgrades.working_hours

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	window := environment.cluster.maintenance
	not window.day in {"Saturday", "Sunday"}
	start := hour_in(window.startTime)
	start < 18
	start + window.durationHours > 8

	finding := {
		"path": ["environments", name, "cluster", "maintenance"],
		"message": concat("", [
			$"Azure may upgrade `{name}`, a production environment, on {window.day} from {window.startTime} ",
			$"for {window.durationHours} hours, while people work at UTC{window.utcOffset}",
		]),
	}
}

# no number begins with a zero
hour_in(text) := to_number($"1{substring(text, 0, 2)}") - 100
