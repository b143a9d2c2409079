package delivery.foreign_trigger_test

import data.delivery.foreign_trigger

test_pushes_to_the_branch_and_people_pass if {
	foreign_trigger.findings == set() with input as documents({})
	foreign_trigger.findings == set() with input as documents({"on": "workflow_dispatch"})
	foreign_trigger.findings == set() with input as documents({"on": ["workflow_dispatch"]})
}

test_other_events_are_found if {
	every on in ["pull_request_target", ["pull_request_target"], {"pull_request_target": null}] {
		found := foreign_trigger.findings with input as documents({"on": on})
		found == {{
			"path": at(["on"]),
			"message": concat("", [
				"workflow `shop/.github/workflows/blue.yaml` starts on ",
				"`pull_request_target`, not on pushes alone",
			]),
		}}
	}
}

test_pushes_to_other_branches_are_found if {
	every on in [
		"push",
		{"push": null},
		{"push": {"branches": ["staging"]}},
		{"push": {"branches": ["main", "staging"]}},
		{"push": {"tags": ["v*"]}},
	] {
		found := foreign_trigger.findings with input as documents({"on": on})
		found == {{
			"path": at(["on"]),
			"message": concat("", [
				"workflow `shop/.github/workflows/blue.yaml` starts on pushes to other branches than `main`, ",
				"from which `blue` is deployed",
			]),
		}}
	}
}

test_documents_of_other_kinds_pass if {
	every on in ["pull_request_target", "push"] {
		foreign_trigger.findings == set() with input as object.union(
			documents({"on": on}),
			{"documents": {"shop/.github/workflows/blue.yaml": {"kind": "unit-inputs"}}},
		)
	}
}

workflow := {
	"on": {"push": {"branches": ["main"], "paths-ignore": ["**.md"]}},
	"permissions": {},
	"concurrency": {"group": "images", "cancel-in-progress": false},
	"jobs": {"images": {"permissions": {"contents": "read", "id-token": "write"}}},
}

# replaced, not merged
documents(change) := {
	"environments": {"blue": {"branch": "main"}, "green": {"branch": "staging"}},
	"documents": {"shop/.github/workflows/blue.yaml": {
		"kind": "workflow",
		"environment": "blue",
		"value": object.union(object.remove(workflow, object.keys(change)), change),
	}},
}

at(path) := array.concat(["documents", "shop/.github/workflows/blue.yaml"], path)
