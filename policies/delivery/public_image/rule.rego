# METADATA
# title: Production runs images from its own registry
# description: a public registry limits who pulls how often, and its tags belong to others, who move
#   or remove them, as Bitnami did with all of its versions in 2025; pods that start anew then stay
#   in ImagePullBackOff
# related_resources:
#   - ref: https://docs.docker.com/docker-hub/usage/
#     description: Docker Hub, usage and limits
#   - ref: https://github.com/bitnami/containers/issues/83267
#     description: Bitnami, upcoming changes to the catalog
# custom:
#   severity: notice
#   scope: service
#   remedy: import the image into the registry of the platform with `az acr import`, and name it
#     there
package delivery.public_image

findings contains finding if {
	some service in input.services
	some environment, placed in service.environments
	placed.image.name == null
	input.environments[environment].tier == "production"
	is_public(placed.image.repository)

	finding := {
		"path": ["services", service.name, "environments", environment, "image", "repository"],
		"message": concat("", [
			$"`{service.name}` runs `{placed.image.repository}`, of a public registry, in `{environment}`, ",
			"a production environment",
		]),
	}
}

is_public(repository) if {
	split(repository, "/")[0] in {
		"docker.io",
		"gcr.io",
		"index.docker.io",
		"k8s.gcr.io",
		"public.ecr.aws",
		"quay.io",
		"registry-1.docker.io",
		"registry.k8s.io",
	}
}

# what names no registry is Docker Hub's
is_public(repository) if {
	regex.match(`^[^.:/]+/`, repository)
	not startswith(repository, "localhost/")
}

# there may be private ones there, of one's own organisation
is_public(repository) if {
	startswith(repository, "ghcr.io/")
	not startswith(repository, $"ghcr.io/{lower(owner)}/")
}

owner := split(split(input.gitops.url, ":")[1], "/")[0]
