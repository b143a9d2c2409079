# METADATA
# title: Nothing is reachable past the Ingress
# description: a Service of type LoadBalancer gets an address of the internet, and one of type
#   NodePort a port of every node, both without TLS, host or log of the Ingress; tens of thousands
#   of databases that were reachable like that were emptied for ransom in 2017
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/aks/internal-lb
#     description: Microsoft, use an internal load balancer with AKS
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
#     description: Kubernetes, Service, types
# custom:
#   severity: warning
#   scope: service
#   remedy: >-
#     give the service a host, or add the annotation
#     `service.beta.kubernetes.io/azure-load-balancer-internal: "true"` or
#     `loadBalancerSourceRanges`
package network.public_service

import data.lib.manifests
import data.lib.ranges

findings contains finding if {
	some extra in manifests.extra
	manifests.type_of(extra.manifest) == "Service"
	not is_restricted(extra.manifest)
	reach := reached_by[extra.manifest.spec.type]

	finding := {
		"path": array.concat(extra.path, ["spec", "type"]),
		"message": concat("", [
			$"extra manifest `{extra.manifest.metadata.name}` of `{extra.environment}` is a Service of type ",
			$"{extra.manifest.spec.type}: {reach}",
		]),
	}
}

reached_by := {
	"LoadBalancer": "the whole internet reaches it",
	"NodePort": "whoever reaches a node reaches it",
}

is_restricted(manifest) if {
	manifest.spec.type == "LoadBalancer"
	manifest.metadata.annotations["service.beta.kubernetes.io/azure-load-balancer-internal"] == "true"
}

is_restricted(manifest) if {
	manifest.spec.type == "LoadBalancer"
	count(manifest.spec.loadBalancerSourceRanges) > 0
	every range in manifest.spec.loadBalancerSourceRanges {
		not ranges.is_everywhere(range)
	}
}
