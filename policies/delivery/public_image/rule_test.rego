package delivery.public_image_test

import data.delivery.public_image

test_public_registries_are_found if {
	every repository in ["docker.io/library/redis", "bitnami/redis", "quay.io/dexidp/dex", "ghcr.io/somebody/tool"] {
		found := public_image.findings with input as model("production", null, repository)
		found == {{
			"path": ["services", "cache", "environments", "blue", "image", "repository"],
			"message": concat("", [
				$"`cache` runs `{repository}`, of a public registry, in `blue`, ",
				"a production environment",
			]),
		}}
	}
}

test_every_public_registry_is_found if {
	registries := [
		"docker.io", "gcr.io", "index.docker.io", "k8s.gcr.io",
		"public.ecr.aws", "quay.io", "registry-1.docker.io", "registry.k8s.io",
	]
	missed := {registry |
		some registry in registries
		public_image.findings == set() with input as model("production", null, $"{registry}/library/redis")
	}
	missed == set()
}

test_other_registries_pass if {
	every repository in [
		"acmeregistry.azurecr.io/redis",
		"mcr.microsoft.com/dotnet/runtime",
		"localhost:5000/a/b",
		"localhost/a",
		"ghcr.io/acme/tool",
	] {
		public_image.findings == set() with input as model("production", null, repository)
	}
}

test_a_built_image_passes if {
	public_image.findings == set() with input as model("production", "cache", "docker.io/library/redis")
}

test_staging_may_run_anything if {
	public_image.findings == set() with input as model("staging", null, "docker.io/library/redis")
}

model(tier, name, repository) := {
	"gitops": {"url": "git@github.com:Acme/acme-gitops.git"},
	"environments": {"blue": {"tier": tier}},
	"services": {"cache": {"name": "cache", "environments": {"blue": {"image": {
		"name": name,
		"repository": repository,
		"tag": "8.2.1",
	}}}}},
}
