# METADATA
# title: No object is made twice
# description: who makes an object last overwrites what the other made, at every sync anew
# custom:
#   severity: error
#   scope: environment
#   remedy: give the extra manifest another name, or say what it is for in the fields of the service
package isolation.repeated_manifest

import data.lib.manifests

findings contains finding if {
	some extra in manifests.extra
	some other in made_by_chart[extra.environment][named(extra.manifest)]

	finding := {
		"path": array.concat(extra.path, ["metadata", "name"]),
		"other": other,
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` is the {extra.manifest.kind} ",
			$"that the chart makes of service `{other[1]}`",
		]),
	}
}

findings contains finding if {
	some extra in manifests.extra
	first := min(written[extra.environment][named(extra.manifest)])
	first != extra.path

	finding := {
		"path": array.concat(extra.path, ["metadata", "name"]),
		"other": array.concat(first, ["metadata", "name"]),
		"message": concat("", [
			$"{extra.manifest.kind} `{extra.manifest.metadata.name}` stands twice ",
			$"among the extra manifests of `{extra.environment}`",
		]),
	}
}

written[extra.environment][named(extra.manifest)] contains extra.path if some extra in manifests.extra

named(manifest) := concat(" ", [manifests.type_of(manifest), manifest.metadata.name])

made_by_chart[environment][concat(" ", item)] contains path if {
	some service in input.services
	some environment, placed in service.environments
	path := ["services", service.name, "environments", environment]
	some item in (named_after_service(placed) | named_after_volumes(placed))
}

# not the Job of a release job: its name ends in a digest
named_after_service(placed) := {[type, placed.name] | some type in types} if {
	always := {"ServiceAccount"}
	by_kind := {type | type := {"deployment": "apps/Deployment", "scheduledJob": "batch/CronJob"}[placed.kind]}
	by_field := {type | some field, type in of_field; not placed[field] in {null, []}}
	types := (always | by_kind) | by_field
}

named_after_volumes(placed) := {[of_volume[volume.kind], concat(".", [placed.name, volume.name])] |
	some volume in placed.volumes
}

of_field := {
	"autoscaling": "autoscaling/HorizontalPodAutoscaler",
	"disruptionBudget": "policy/PodDisruptionBudget",
	"ingress": "networking.k8s.io/Ingress",
	"ports": "Service",
	"sealedSecrets": "bitnami.com/SealedSecret",
}

of_volume := {
	"config": "ConfigMap",
	"persistent": "PersistentVolumeClaim",
}
