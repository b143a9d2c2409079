package network.public_service_test

import data.network.public_service

test_a_service_of_the_cluster_passes if {
	public_service.findings == set() with input as model({"spec": {"ports": [{"port": 80}]}})
	public_service.findings == set() with input as model({"spec": {"type": "ClusterIP"}})
}

test_an_internal_load_balancer_passes if {
	annotations := {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}
	public_service.findings == set() with input as model({
		"metadata": {"annotations": annotations},
		"spec": {"type": "LoadBalancer"},
	})
}

test_a_load_balancer_for_some_ranges_passes if {
	spec := {"type": "LoadBalancer", "loadBalancerSourceRanges": ["203.0.113.0/24"]}
	public_service.findings == set() with input as model({"spec": spec})
}

test_a_public_load_balancer_is_found if {
	every more in [{}, {"loadBalancerSourceRanges": []}, {"loadBalancerSourceRanges": ["10.0.0.0/8", "0.0.0.0/0"]}] {
		found := public_service.findings with input as model({"spec": object.union({"type": "LoadBalancer"}, more)})
		found == {{
			"path": ["services", "api", "environments", "blue", "extraManifests", 0, "spec", "type"],
			"message": concat("", [
				"extra manifest `mail` of `blue` is a Service of type LoadBalancer: ",
				"the whole internet reaches it",
			]),
		}}
	}
}

test_a_port_of_every_node_is_found if {
	found := public_service.findings with input as model({"spec": {"type": "NodePort"}})
	found == {{
		"path": ["services", "api", "environments", "blue", "extraManifests", 0, "spec", "type"],
		"message": concat("", [
			"extra manifest `mail` of `blue` is a Service of type NodePort: ",
			"whoever reaches a node reaches it",
		]),
	}}
}

test_what_holds_load_balancers_back_opens_no_port_less if {
	every more in [
		{"metadata": {"annotations": {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}}},
		{"spec": {"loadBalancerSourceRanges": ["203.0.113.0/24"]}},
	] {
		found := public_service.findings with input as model(object.union({"spec": {"type": "NodePort"}}, more))
		count(found) == 1
	}
}

test_a_service_of_another_group_passes if {
	public_service.findings == set() with input as model({
		"apiVersion": "serving.knative.dev/v1",
		"spec": {"type": "LoadBalancer"},
	})
}

model(fields) := {
	"environments": {"blue": {"extraManifests": []}},
	"services": {"api": {"name": "api", "environments": {"blue": {"extraManifests": [object.union(
		{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "mail"}},
		fields,
	)]}}}},
}
