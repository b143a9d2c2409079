# METADATA
# title: A workflow may do what it has to do and no more
# description: >-
#   the token of a job that may write to the repository is worth as much as the repository: an
#   action that was taken over, as tj-actions/changed-files was in 2025, or a build script pushes
#   code with it
# related_resources:
#   - ref: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
#     description: GitHub, permissions of workflows
#   - ref: https://nvd.nist.gov/vuln/detail/CVE-2025-30066
#     description: NVD, CVE-2025-30066
# custom:
#   severity: error
#   scope: document
#   kinds: [workflow]
#   remedy: >-
#     write `permissions: {}` for the workflow, and for each job what it needs: `contents: read`,
#     and `id-token: write` to log in to Azure
package delivery.workflow_permissions

findings contains finding if {
	some file, document in input.documents
	document.kind == "workflow"
	not document.value.permissions == {}

	finding := {
		"path": ["documents", file, "permissions"],
		"message": $"workflow `{file}` gives every job permissions, not each its own",
	}
}

findings contains finding if {
	some file, document in input.documents
	document.kind == "workflow"
	some job, body in document.value.jobs
	some scope, level in body.permissions
	level == "write"
	scope != "id-token"

	finding := {
		"path": ["documents", file, "jobs", job, "permissions", scope],
		"message": $"job `{job}` of workflow `{file}` may write `{scope}`",
	}
}

findings contains finding if {
	some file, document in input.documents
	document.kind == "workflow"
	some job, body in document.value.jobs
	body.permissions == "write-all"

	finding := {
		"path": ["documents", file, "jobs", job, "permissions"],
		"message": $"job `{job}` of workflow `{file}` may write everything",
	}
}
