/** What is written in place of what only a person can say: a test holds that no rule is left so. */
export const TO_BE_SAID = 'to be said';

/**
 * The files of a new rule by name. It is formatted, lints clean and compiles, and finds nothing: who builds it as it is breaks no test of
 * another rule. Of its own tests one fails until it says when something is wrong.
 *
 * @param id `<category>/<name>`
 */
export function skeleton(id: string): Readonly<Record<'rule.rego' | 'rule_test.rego' | 'examples.json', string>> {
  const [, name = ''] = id.split('/');
  return {
    'rule.rego': ruleText(id),
    'rule_test.rego': testText(id, name),
    'examples.json': EXAMPLES,
  };
}

function ruleText(id: string): string {
  return `# METADATA
# title: What holds where nothing is found (${TO_BE_SAID})
# description: why that matters, and to whom (${TO_BE_SAID})
# related_resources:
# - ref: https://kubernetes.io/docs/
# custom:
#   severity: warning
#   scope: service
#   remedy: what to do, as an instruction (${TO_BE_SAID})
package ${id.replace('/', '.')}

findings contains finding if {
	some service in input.services
	some environment, deployment in service.environments
	deployment.replicaCount == -1 # when it is wrong (${TO_BE_SAID}): as it stands, never

	finding := {
		"path": ["services", service.name, "environments", environment, "replicaCount"],
		"message": $"\`{service.name}\` in \`{environment}\`: what is wrong (${TO_BE_SAID})",
	}
}
`;
}

function testText(id: string, name: string): string {
  return `package ${id.replace('/', '.')}_test

import data.${id.replace('/', '.')}

# it fails until the rule says when something is wrong
test_what_is_wrong_is_found_at_its_place if {
	found := ${name}.findings with input as model({"replicaCount": 1})
	found == {{
		"path": ["services", "api", "environments", "blue", "replicaCount"],
		"message": "\`api\` in \`blue\`: what is wrong (${TO_BE_SAID})",
	}}
}

test_the_nearest_that_is_right_passes if {
	${name}.findings == set() with input as model({"replicaCount": 2})
}

model(fields) := {
	"environments": {"blue": {"tier": "production"}},
	"services": {"api": {"name": "api", "environments": {"blue": object.union({"environment": "blue"}, fields)}}},
}
`;
}

const EXAMPLES = `{
  "fails": { "services": { "shop": { "replicaCount": 1 } } },
  "passes": { "services": { "shop": { "replicaCount": 2 } } }
}
`;
