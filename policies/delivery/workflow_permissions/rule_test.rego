package delivery.workflow_permissions_test

import data.delivery.workflow_permissions

test_what_a_build_needs_passes if {
	workflow_permissions.findings == set() with input as documents({})
}

test_permissions_of_the_whole_workflow_are_found if {
	every permissions in ["write-all", {"contents": "read"}, null] {
		found := workflow_permissions.findings with input as documents({"permissions": permissions})
		found == {{
			"path": at(["permissions"]),
			"message": "workflow `shop/.github/workflows/blue.yaml` gives every job permissions, not each its own",
		}}
	}
}

test_a_job_that_may_write_the_repository_is_found if {
	jobs := {"images": {"permissions": {"contents": "write", "id-token": "write"}}}
	found := workflow_permissions.findings with input as documents({"jobs": jobs})
	found == {{
		"path": at(["jobs", "images", "permissions", "contents"]),
		"message": "job `images` of workflow `shop/.github/workflows/blue.yaml` may write `contents`",
	}}
}

test_a_job_that_may_write_everything_is_found if {
	found := workflow_permissions.findings with input as documents({"jobs": {"images": {"permissions": "write-all"}}})
	found == {{
		"path": at(["jobs", "images", "permissions"]),
		"message": "job `images` of workflow `shop/.github/workflows/blue.yaml` may write everything",
	}}
}

test_documents_of_other_kinds_pass if {
	every change in [
		{"permissions": "write-all"},
		{"jobs": {"images": {"permissions": {"contents": "write"}}}},
		{"jobs": {"images": {"permissions": "write-all"}}},
	] {
		workflow_permissions.findings == set() with input as object.union(
			documents(change),
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
