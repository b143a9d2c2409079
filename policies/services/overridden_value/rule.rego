# METADATA
# title: Extra Helm values add, they do not override
# description: rules judge the fields of the service, and a value that replaces one of them would go past all rules
# custom:
#   severity: error
#   scope: service
#   remedy: write the value into the field of the service
package services.overridden_value

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	walk(placed.extraHelmValues, [path, value])
	not is_object(value)
	overrides(placed, path)

	finding := {
		"path": array.concat(["services", service.name, "environments", environment, "extraHelmValues"], path),
		"message": $"extra Helm values of `{service.name}` override its `{path[0]}` in `{environment}`",
	}
}

overrides(placed, path) if object.get(placed, path, "absent") != "absent"

# a list of the model is a map by name in the chart
overrides(placed, path) if {
	some item in placed[path[0]]
	item.name == path[1]
}
