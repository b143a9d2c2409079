# METADATA
# title: Of two pushes the later one is deployed
# description: runs of two pushes are otherwise under way at once, and the image of the older push
#   may be the last to be finished, which argocd-image-updater then takes for the newest; and a
#   run that is stopped half-way has pushed some of its images only
# related_resources:
#   - ref: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#concurrency
#     description: GitHub, concurrency of workflows
# custom:
#   severity: warning
#   scope: document
#   kinds: [workflow]
#   remedy: >-
#     give the workflow a `concurrency` group of its own for each branch, with
#     `cancel-in-progress: false`
package delivery.missing_concurrency

findings contains finding if {
	some file, document in input.documents
	document.kind == "workflow"
	not document.value.concurrency.group

	finding := {
		"path": ["documents", file, "concurrency"],
		"message": $"runs of workflow `{file}` do not wait for each other",
	}
}

findings contains finding if {
	some file, document in input.documents
	document.kind == "workflow"
	document.value.concurrency.group
	object.get(document.value.concurrency, "cancel-in-progress", false) != false

	finding := {
		"path": ["documents", file, "concurrency", "cancel-in-progress"],
		"message": $"a run of workflow `{file}` is stopped half-way by the next one",
	}
}
