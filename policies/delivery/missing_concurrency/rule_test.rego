package delivery.missing_concurrency_test

import data.delivery.missing_concurrency

test_runs_that_wait_pass if {
	every concurrency in [{"group": "images"}, {"group": "images", "cancel-in-progress": false}] {
		missing_concurrency.findings == set() with input as documents({"concurrency": concurrency})
	}
}

test_runs_that_do_not_wait_are_found if {
	every concurrency in [null, {}] {
		found := missing_concurrency.findings with input as documents({"concurrency": concurrency})
		found == {{
			"path": at(["concurrency"]),
			"message": "runs of workflow `shop/.github/workflows/blue.yaml` do not wait for each other",
		}}
	}
}

test_runs_that_are_stopped_are_found if {
	stopped := {"group": "images", "cancel-in-progress": true}
	found := missing_concurrency.findings with input as documents({"concurrency": stopped})
	found == {{
		"path": at(["concurrency", "cancel-in-progress"]),
		"message": "a run of workflow `shop/.github/workflows/blue.yaml` is stopped half-way by the next one",
	}}
}

test_of_runs_that_do_not_wait_none_is_stopped_by_the_next if {
	found := missing_concurrency.findings with input as documents({"concurrency": {"cancel-in-progress": true}})
	{finding.path | some finding in found} == {at(["concurrency"])}
}

test_documents_of_other_kinds_pass if {
	every concurrency in [null, {"group": "images", "cancel-in-progress": true}] {
		missing_concurrency.findings == set() with input as object.union(
			documents({"concurrency": concurrency}),
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
