# METADATA
# title: Extra Helm values add what the configuration cannot say
# description: rules judge the fields of the service, and a value said past them would go past all
#   rules
# custom:
#   severity: error
#   scope: service
#   remedy: say it in the fields of the service; extra Helm values are for autoscaling.behavior,
#     dnsConfig, hostAliases, imagePullSecrets, minReadySeconds, podAnnotations, podLabels,
#     priorityClassName, revisionHistoryLimit, rollout and serviceAnnotations
package services.overridden_value

# what the chart has and the configuration does not: `test/judge/extras.test.ts` holds it against the chart's schema
extras := {
	"dnsConfig",
	"hostAliases",
	"imagePullSecrets",
	"minReadySeconds",
	"podAnnotations",
	"podLabels",
	"priorityClassName",
	"revisionHistoryLimit",
	"rollout",
	"serviceAnnotations",
}

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	some path in not_extra(placed.extraHelmValues)

	finding := {
		"path": array.concat(["services", service.name, "environments", environment, "extraHelmValues"], path),
		"message": concat("", [
			$"extra Helm values of `{service.name}` have `{concat(".", path)}` in `{environment}`, ",
			"which is none of the chart's extras",
		]),
	}
}

# a null that takes away what an earlier layer said is gone from the model with it
findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	walk(placed.extraHelmValues, [path, null])
	not array.slice(path, 0, 1) in not_extra(placed.extraHelmValues)
	not array.slice(path, 0, 2) in not_extra(placed.extraHelmValues)

	finding := {
		"path": array.concat(["services", service.name, "environments", environment, "extraHelmValues"], path),
		"message": concat("", [
			$"extra Helm values of `{service.name}` take `{concat(".", [$"{step}" | some step in path])}` away ",
			$"in `{environment}`, where nothing has set it",
		]),
	}
}

not_extra(values) := keys | of_autoscaling if {
	keys := {[key] | some key, value in values; not key in extras; not adds_to_autoscaling(key, value)}
	of_autoscaling := {["autoscaling", key] | some key, _ in values.autoscaling; key != "behavior"}
}

adds_to_autoscaling("autoscaling", value) if is_object(value)
