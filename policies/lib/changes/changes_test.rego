package lib.changes_test

import data.lib.changes

test_what_is_new_or_gone_was_not_there_before if {
	found := changes.environments with input as {
		"before": {"environments": {"blue": {"a": 1}, "gone": {}}},
		"after": {"environments": {"blue": {"a": 2}, "new": {}}},
	}
	found == {"blue": {"before": {"a": 1}, "after": {"a": 2}}}
}

test_production_is_what_is_or_was_it if {
	found := changes.production with input as {
		"before": {"environments": {"a": {"tier": "production"}, "b": {"tier": "staging"}, "c": {}}},
		"after": {"environments": {
			"a": {"tier": "staging"},
			"b": {"tier": "production"},
			"c": {"tier": "staging"},
			"d": {"tier": "production"},
		}},
	}
	found == {"a", "b"}
}

test_what_was_not_said_before_is_no_difference if {
	changes.differs({"a": {"b": false}}, {"a": {"b": true}}, ["a", "b"]) == [false, true]
	not changes.differs({"a": {"b": 1}}, {"a": {"b": null}}, ["a", "b"])
	not changes.differs({"a": {"b": 1}}, {"a": {"b": 1}}, ["a", "b"])
	every before in [{}, {"a": null}, null, "text"] {
		not changes.differs(before, {"a": {"b": 1}}, ["a", "b"])
	}
}

test_of_several_differences_the_first_is_told if {
	changes.first_difference({"a": 1, "b": 2}, {"a": 2, "b": 3}, [["c"], ["b"], ["a"]]) == ["b"]
	not changes.first_difference({"a": 1}, {"a": 1}, [["a"]])
}

test_a_pool_is_the_system_pool_that_was_and_is_it if {
	found := changes.pools with input as {
		"before": {"environments": {"blue": {"cluster": {"systemPool": "a", "pools": {"a": 1, "b": 2, "c": 3}}}}},
		"after": {"environments": {"blue": {"cluster": {"systemPool": "a", "pools": {"a": 1, "b": 4, "d": 5}}}}},
	}
	found == {
		{"environment": "blue", "key": "a", "before": 1, "after": 1, "system": true},
		{"environment": "blue", "key": "b", "before": 2, "after": 4, "system": false},
	}
}

test_each_field_that_makes_a_cluster_anew_does_so_by_itself if {
	before := {"cluster": {"name": "a"}, "location": "a", "resourceGroup": "a", "subscriptionId": "a"}
	changes.made_anew == {} with input as {
		"before": {"environments": {"blue": before}},
		"after": {"environments": {"blue": before}},
	}
	every path in [["cluster", "name"], ["location"], ["resourceGroup"], ["subscriptionId"]] {
		changes.made_anew == {"blue": path} with input as {
			"before": {"environments": {"blue": before}},
			"after": {"environments": {"blue": json.patch(before, [{"op": "replace", "path": path, "value": "b"}])}},
		}
	}
}

test_an_environment_without_a_cluster_had_none_to_make_anew if {
	changes.made_anew == {} with input as {
		"before": {"environments": {"blue": {"location": "westeurope"}}},
		"after": {"environments": {"blue": {"location": "northeurope", "cluster": {}}}},
	}
}
