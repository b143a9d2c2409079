# METADATA
# title: Extra manifests, wherever they were written
# description: an escape hatch is judged by the same rules as what the compiler writes
package lib.manifests

# METADATA
# title: Every extra manifest with its environment and its path in the model
# scope: document
extra contains {"environment": name, "manifest": extra.manifest, "path": path} if {
	some name, environment in input.environments
	some index, extra in environment.extraManifests
	path := ["environments", name, "extraManifests", index, "manifest"]
}

extra contains {"environment": name, "manifest": manifest, "path": path} if {
	some service in input.services
	some name, placed in service.environments
	some index, manifest in placed.extraManifests
	path := ["services", service.name, "environments", name, "extraManifests", index]
}

# METADATA
# title: The pod of every extra manifest that makes pods
# description: with the manifest's name and the path of the pod's spec in the model
# scope: document
pods contains {"environment": one.environment, "name": one.manifest.metadata.name, "path": path, "spec": spec} if {
	some one in extra
	[inside, spec] := pod_of(one.manifest)
	path := array.concat(one.path, inside)
}

# METADATA
# title: Every container of these pods, with its path in the model
# scope: document
containers contains {"environment": pod.environment, "name": pod.name, "path": path, "spec": spec} if {
	some pod in pods
	some list in ["containers", "initContainers"]
	some index, spec in pod.spec[list]
	path := array.concat(pod.path, [list, index])
}

with_template := {"DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "StatefulSet"}

pod_of(manifest) := [["spec"], manifest.spec] if manifest.kind == "Pod"

pod_of(manifest) := [["spec", "template", "spec"], manifest.spec.template.spec] if manifest.kind in with_template

pod_of(manifest) := [["spec", "jobTemplate", "spec", "template", "spec"], spec] if {
	manifest.kind == "CronJob"
	spec := manifest.spec.jobTemplate.spec.template.spec
}

# METADATA
# title: The kind of an object with its group
# description: kinds of one name in two groups are two kinds
type_of(manifest) := concat("/", array.concat(group, [manifest.kind])) if {
	parts := split(manifest.apiVersion, "/")
	group := array.slice(parts, 0, count(parts) - 1)
}
