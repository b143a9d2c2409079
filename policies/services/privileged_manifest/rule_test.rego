package services.privileged_manifest_test

import data.services.privileged_manifest

test_a_pod_that_is_kept_apart_passes if {
	privileged_manifest.findings == set() with input as model({
		"hostNetwork": false,
		"volumes": [{"name": "tmp", "emptyDir": {}}],
		"containers": [{"name": "agent", "securityContext": {
			"allowPrivilegeEscalation": false,
			"capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]},
		}}],
	})
	privileged_manifest.findings == set() with input as model({"containers": [{"name": "agent"}]})
}

test_a_path_of_the_node_is_found if {
	volumes := [{"name": "tmp", "emptyDir": {}}, {"name": "logs", "hostPath": {"path": "/var/log"}}]
	found := privileged_manifest.findings with input as model({"volumes": volumes})
	found == {{
		"path": array.concat(pod, ["volumes", 1, "hostPath"]),
		"message": "a pod of extra manifest `agent` of `blue` mounts `/var/log` of its node",
	}}
}

test_namespaces_of_the_node_are_found if {
	found := privileged_manifest.findings with input as model({"hostNetwork": true, "hostPID": true, "hostIPC": true})
	{[finding.path[7], finding.message] | some finding in found} == {[field, concat("", [
		"a pod of extra manifest `agent` of `blue` is not apart from its node: ",
		$"{field} is true",
	])] |
		some field in ["hostNetwork", "hostPID", "hostIPC"]
	}
}

test_containers_that_may_become_root_are_found if {
	found := privileged_manifest.findings with input as model({
		"initContainers": [{"name": "first", "securityContext": {"privileged": true}}],
		"containers": [{"name": "agent", "securityContext": {"allowPrivilegeEscalation": true}}],
	})
	found == {
		{
			"path": array.concat(pod, ["initContainers", 0, "securityContext", "privileged"]),
			"message": concat("", [
				"container `first` of extra manifest `agent` of `blue` ",
				"may become root of its node: privileged is true",
			]),
		},
		{
			"path": array.concat(pod, ["containers", 0, "securityContext", "allowPrivilegeEscalation"]),
			"message": concat("", [
				"container `agent` of extra manifest `agent` of `blue` ",
				"may become root of its node: allowPrivilegeEscalation is true",
			]),
		},
	}
}

test_capabilities_are_found if {
	found := privileged_manifest.findings with input as model({"containers": [{
		"name": "agent",
		"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE", "SYS_ADMIN"]}},
	}]})
	found == {{
		"path": array.concat(pod, ["containers", 0, "securityContext", "capabilities", "add", 1]),
		"message": "container `agent` of extra manifest `agent` of `blue` adds capability SYS_ADMIN",
	}}
}

pod := ["services", "api", "environments", "blue", "extraManifests", 0, "spec"]

model(spec) := {"services": {"api": {"name": "api", "environments": {"blue": {"extraManifests": [{
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "agent"},
	"spec": spec,
}]}}}}}
