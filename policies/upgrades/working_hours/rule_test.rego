package upgrades.working_hours_test

import data.upgrades.working_hours

test_nights_and_weekends_pass if {
	every day, start in {
		"Monday": "18:00", "Tuesday": "04:00", "Thursday": "22:00",
		"Saturday": "12:00", "Sunday": "12:00",
	} {
		working_hours.findings == set() with input as model("production", day, start)
	}
}

test_a_window_that_reaches_into_the_morning_is_found if {
	found := working_hours.findings with input as model("production", "Thursday", "05:00")
	found == {{
		"path": ["environments", "blue", "cluster", "maintenance"],
		"message": concat("", [
			"Azure may upgrade `blue`, a production environment, on Thursday from 05:00 ",
			"for 4 hours, while people work at UTC+01:00",
		]),
	}}
}

test_a_window_that_begins_in_the_afternoon_is_found if {
	found := working_hours.findings with input as model("production", "Friday", "17:00")
	count(found) == 1
}

test_staging_may_be_upgraded_at_noon if {
	working_hours.findings == set() with input as model("staging", "Friday", "12:00")
}

model(tier, day, start) := {"environments": {"blue": {"tier": tier, "cluster": {"maintenance": {
	"day": day,
	"startTime": start,
	"utcOffset": "+01:00",
	"durationHours": 4,
}}}}}
