# METADATA
# title: What is deployed comes from the branch of its environment
# description: a workflow that pushes images has the identity that may push them; what starts it
#   from elsewhere builds code for the environment that nobody merged, and `pull_request_target`
#   does so for whoever opens a pull request
# related_resources:
#   - ref: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
#     description: GitHub, events that trigger workflows
# custom:
#   severity: error
#   scope: document
#   kinds: [workflow]
#   remedy: start the workflow on pushes to the branch of its environment alone
package delivery.foreign_trigger

findings contains finding if {
	some file, document in input.documents
	document.kind == "workflow"
	some event in events(document.value.on)
	not event in {"push", "workflow_dispatch"}

	finding := {
		"path": ["documents", file, "on"],
		"message": $"workflow `{file}` starts on `{event}`, not on pushes alone",
	}
}

findings contains finding if {
	some file, document in input.documents
	document.kind == "workflow"
	"push" in events(document.value.on)
	branch := input.environments[document.environment].branch
	not is_on_one(document.value.on, branch)

	finding := {
		"path": ["documents", file, "on"],
		"message": concat("", [
			$"workflow `{file}` starts on pushes to other branches than `{branch}`, ",
			$"from which `{document.environment}` is deployed",
		]),
	}
}

is_on_one(on, branch) if on.push.branches == [branch]

# one, a list of them, or what is said of each
events(on) := {on} if is_string(on)

events(on) := {event | some event in on} if is_array(on)

events(on) := object.keys(on) if is_object(on)
