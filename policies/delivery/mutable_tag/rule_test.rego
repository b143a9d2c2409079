package delivery.mutable_tag_test

import data.delivery.mutable_tag

test_a_version_passes if {
	mutable_tag.findings == set() with input as model("production", null, "8.2.1")
}

test_a_version_of_a_line_passes if {
	mutable_tag.findings == set() with input as model("production", null, "8-stable-alpine3.21")
}

test_a_moving_tag_is_found_in_production_and_staging if {
	every tier in ["production", "staging"] {
		found := mutable_tag.findings with input as model(tier, null, "Latest")
		found == {{
			"path": ["services", "cache", "environments", "blue", "image", "tag"],
			"message": "`cache` runs `docker.io/library/redis` in `blue` with the moving tag `Latest`",
		}}
	}
}

test_every_moving_tag_is_found if {
	tags := [
		"canary", "current", "dev", "develop", "edge", "head", "latest", "lts", "main", "master",
		"mainline", "nightly", "prod", "production", "release", "rolling", "snapshot", "stable",
		"staging", "testing", "unstable",
	]
	missed := {tag | some tag in tags; mutable_tag.findings == set() with input as model("production", null, tag)}
	missed == set()
}

test_a_moving_tag_in_development_passes if {
	mutable_tag.findings == set() with input as model("development", null, "latest")
}

test_the_first_tag_of_a_built_image_passes if {
	mutable_tag.findings == set() with input as model("production", "cache", "main")
}

model(tier, name, tag) := {
	"environments": {"blue": {"tier": tier}},
	"services": {"cache": {"name": "cache", "environments": {"blue": {"image": {
		"name": name,
		"repository": "docker.io/library/redis",
		"tag": tag,
	}}}}},
}
