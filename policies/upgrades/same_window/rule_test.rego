package upgrades.same_window_test

import data.upgrades.same_window

test_two_days_after_another_environment_passes if {
	same_window.findings == set() with input as model(window("Thursday", "02:00", "+00:00"), "staging")
}

test_a_week_ends_on_sunday if {
	tried := window("Saturday", "22:00", "+00:00")
	same_window.findings == set() with input as between(tried, window("Monday", "02:00", "+00:00"), "staging")
}

test_the_clock_of_each_counts if {
	tried := window("Tuesday", "23:00", "-05:30")
	same_window.findings == set() with input as between(tried, window("Thursday", "10:00", "+05:30"), "staging")
	found := same_window.findings with input as between(tried, window("Thursday", "09:00", "+05:30"), "staging")
	count(found) == 1
}

test_minutes_count_on_both_sides_of_utc if {
	tried := window("Tuesday", "20:00", "+05:30")
	same_window.findings == set() with input as between(tried, window("Wednesday", "09:00", "-05:30"), "staging")
	found := same_window.findings with input as between(tried, window("Wednesday", "08:59", "-05:30"), "staging")
	count(found) == 1
}

test_a_day_is_enough_on_every_day_of_the_week if {
	days := ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
	every index, day in days {
		tried := window(day, "02:00", "+00:00")
		next := days[(index + 1) % 7]
		same_window.findings == set() with input as between(tried, window(next, "02:00", "+00:00"), "staging")
		found := same_window.findings with input as between(tried, window(next, "01:00", "+00:00"), "staging")
		count(found) == 1
	}
}

test_half_a_week_is_the_most if {
	same_window.findings == set() with input as model(window("Friday", "14:00", "+00:00"), "staging")
	found := same_window.findings with input as model(window("Friday", "15:00", "+00:00"), "staging")
	count(found) == 1
}

test_the_same_day_is_found if {
	found := same_window.findings with input as model(window("Tuesday", "22:00", "+00:00"), "staging")
	found == {{
		"path": ["environments", "blue", "cluster", "maintenance"],
		"other": ["environments", "green", "cluster", "maintenance"],
		"message": concat("", [
			"Azure may upgrade `blue`, a production environment, on Tuesday at 22:00, ",
			"and `green` on Tuesday at 02:00: nothing is tried in the three days before",
		]),
	}}
}

test_before_the_others_and_too_long_after_them_are_found if {
	every day in ["Monday", "Saturday", "Sunday"] {
		found := same_window.findings with input as model(window(day, "02:00", "+00:00"), "development")
		count(found) == 1
	}
}

test_one_environment_shortly_before_is_enough if {
	same_window.findings == set() with input as {"environments": {
		"blue": environment("production", window("Thursday", "02:00", "+00:00")),
		"green": environment("staging", window("Tuesday", "02:00", "+00:00")),
		"lime": environment("development", window("Thursday", "02:00", "+00:00")),
	}}
}

test_without_another_environment_there_is_nowhere_to_try if {
	same_window.findings == set() with input as model(window("Tuesday", "02:00", "+00:00"), "production")
}

window(day, start, offset) := {"day": day, "startTime": start, "utcOffset": offset}

model(ours, tier) := between(window("Tuesday", "02:00", "+00:00"), ours, tier)

between(tried, ours, tier) := {"environments": {
	"blue": environment("production", ours),
	"green": environment(tier, tried),
}}

environment(tier, maintenance) := {"tier": tier, "cluster": {"maintenance": maintenance}}
