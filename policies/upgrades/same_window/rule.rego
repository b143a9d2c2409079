# METADATA
# title: Azure upgrades another cluster shortly before production
# description: windows come back each week and an upgrade takes the next one, so production is
#   upgraded first by most upgrades unless another cluster has its window one to three days before;
#   at Reddit in 2023 an upgrade of Kubernetes took the site down for five hours
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/planned-maintenance
#     description: Microsoft, planned maintenance of AKS clusters
#   - ref: https://www.reddit.com/r/RedditEng/comments/11xx5o0/you_broke_reddit_the_piday_outage/
#     description: Reddit, the Pi-Day outage
# custom:
#   severity: warning
#   scope: platform
#   remedy: move the window of production to two days after that of another environment
package upgrades.same_window

findings contains finding if {
	some name, environment in input.environments
	environment.tier == "production"
	other := min(before_production)
	every tried in before_production {
		not is_shortly_before(input.environments[tried].cluster.maintenance, environment.cluster.maintenance)
	}
	ours := environment.cluster.maintenance
	theirs := input.environments[other].cluster.maintenance

	finding := {
		"path": ["environments", name, "cluster", "maintenance"],
		"other": ["environments", other, "cluster", "maintenance"],
		"message": concat("", [
			$"Azure may upgrade `{name}`, a production environment, on {ours.day} at {ours.startTime}, ",
			$"and `{other}` on {theirs.day} at {theirs.startTime}: nothing is tried in the three days before",
		]),
	}
}

before_production contains name if {
	some name, environment in input.environments
	environment.tier != "production"
}

# half a week is the most: of upgrades that come at any time, production then gets every second one first
is_shortly_before(tried, window) if {
	hours := (hour_of(window) - hour_of(tried)) + week
	between := hours - (floor(hours / week) * week)
	between >= 24
	between <= week / 2
}

# of the week, in UTC
hour_of(window) := ((days[window.day] * 24) + hours_in(window.startTime)) - offset_in(window.utcOffset)

offset_in(text) := hours_in(substring(text, 1, -1)) if startswith(text, "+")

offset_in(text) := 0 - hours_in(substring(text, 1, -1)) if startswith(text, "-")

hours_in(text) := two_digits(parts[0]) + (two_digits(parts[1]) / 60) if parts := split(text, ":")

# no number begins with a zero
two_digits(text) := to_number($"1{text}") - 100

week := 168

days := {
	"Monday": 0,
	"Tuesday": 1,
	"Wednesday": 2,
	"Thursday": 3,
	"Friday": 4,
	"Saturday": 5,
	"Sunday": 6,
}
