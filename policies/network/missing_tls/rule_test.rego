package network.missing_tls_test

import data.network.missing_tls

test_a_host_under_tls_passes if {
	every covered in ["shop.acme.example", "*.acme.example"] {
		missing_tls.findings == set() with input as by_hand("staging", {}, [{"hosts": [covered], "secretName": "shop"}])
	}
}

test_a_certificate_for_all_hosts_passes if {
	missing_tls.findings == set() with input as by_hand("production", {}, [{"secretName": "shop"}])
}

test_the_certificate_of_the_controller_passes if {
	annotations := {"traefik.ingress.kubernetes.io/router.tls": "true"}
	missing_tls.findings == set() with input as by_hand("production", annotations, [])
}

test_a_host_without_tls_is_found_at_its_place if {
	every tls in [
		[],
		[{"hosts": ["acme.example", "a.acme.example"]}],
		[{"hosts": ["*.example"]}, {"hosts": ["*.shop.acme.example"]}],
	] {
		found := missing_tls.findings with input as by_hand("production", {}, tls)
		found == {{
			"path": ["environments", "blue", "extraManifests", 0, "manifest", "spec", "rules", 0, "host"],
			"message": "extra manifest `shop` of `blue` serves `shop.acme.example` without TLS",
		}}
	}
}

test_development_may_go_without if {
	missing_tls.findings == set() with input as by_hand("development", {}, [])
	missing_tls.findings == set() with input as annotated("development", key, "false")
}

test_a_redirect_that_is_switched_off_is_found if {
	found := missing_tls.findings with input as annotated("staging", key, "false")
	found == {{
		"path": ["services", "shop", "environments", "blue", "ingress", "annotations", key],
		"message": "an ingress annotation of `shop` switches the redirect from HTTP to HTTPS off in `blue`",
	}}
}

test_a_redirect_that_is_on_passes if {
	missing_tls.findings == set() with input as annotated("staging", key, "true")
}

test_what_else_is_off_passes if {
	missing_tls.findings == set() with input as annotated("staging", "nginx.ingress.kubernetes.io/enable-cors", "false")
}

key := "nginx.ingress.kubernetes.io/ssl-redirect"

by_hand(tier, annotations, tls) := {
	"environments": {"blue": {"tier": tier, "extraManifests": [{"name": "shop", "manifest": {
		"kind": "Ingress",
		"metadata": {"name": "shop", "annotations": annotations},
		"spec": {"rules": [{"host": "shop.acme.example"}, {}, {"host": null}], "tls": tls},
	}}]}},
	"services": {},
}

annotated(tier, name, value) := {
	"environments": {"blue": {"tier": tier, "extraManifests": []}},
	"services": {"shop": {"name": "shop", "environments": {"blue": {
		"ingress": {"annotations": {name: value}},
		"extraManifests": [],
	}}}},
}
