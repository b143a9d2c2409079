# METADATA
# title: Autoscaling can reach its target
# description: its percentages are of the request, and no container uses more than its limit; a service
#   with a target above that stays at its fewest replicas while requests pile up, or is killed
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
#     description: Horizontal pod autoscaling
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#     description: Resource management for pods and containers
# custom:
#   severity: warning
#   scope: service
#   remedy: lower the percentage well below what the limit is of the request, or raise the limit
package capacity.unreachable_target

import data.lib.quantity

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	target := deployment.autoscaling.cpuPercent
	requested := deployment.resources.requests.cpu
	limit := deployment.resources.limits.cpu
	limit != null
	quantity.millicores(limit) * 100 <= quantity.millicores(requested) * target

	finding := {
		"path": ["services", service.name, "environments", environment, "autoscaling", "cpuPercent"],
		"other": ["services", service.name, "environments", environment, "resources", "limits", "cpu"],
		"message": concat("", [
			$"`{service.name}` scales up in `{environment}` when it uses more than {target} % of its cpu request ",
			$"{requested}, and its limit is {limit}",
		]),
	}
}

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	target := deployment.autoscaling.memoryPercent
	requested := deployment.resources.requests.memory
	limit := deployment.resources.limits.memory
	quantity.bytes(limit) * 100 <= quantity.bytes(requested) * target

	finding := {
		"path": ["services", service.name, "environments", environment, "autoscaling", "memoryPercent"],
		"other": ["services", service.name, "environments", environment, "resources", "limits", "memory"],
		"message": concat("", [
			$"`{service.name}` scales up in `{environment}` when it uses more than {target} % of its memory request ",
			$"{requested}, and its limit is {limit}",
		]),
	}
}
