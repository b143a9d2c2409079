package main_test

import data.main

test_nothing_is_said_of_nothing if {
	main.deny == set() with input as {}
	main.warn == set() with input as {}
}

test_what_is_found_is_told_with_its_rule if {
	found := {{"path": ["services", "api"], "message": "`api` is down"}}
	warned := "databases/unused"
	expected := {
		"rule": "services/single_replica",
		"msg": "services/single_replica: `api` is down",
		"message": "`api` is down",
		"path": ["services", "api"],
	}
	main.deny == {expected} with input as {} with data.services.single_replica.findings as found
	main.warn == {object.union(expected, {"rule": warned, "msg": "databases/unused: `api` is down"})} with input as {}
		with data.databases.unused.findings as found
}
