/** Mutants that survive, each as `file: original → replacement`, and why no test could notice. */
export const excuses: Readonly<Record<string, string>> = {
  'policies/capacity/memory_volume/rule.rego: count(in_memory) > 0 → true':
    'Nothing is as large as no limit, so it is there only to read no limit where nothing is in memory.',
  'policies/capacity/memory_volume/rule.rego: > → >=': 'As without the condition: a count is never below 0.',
  'policies/capacity/overcommitted_memory/rule.rego: limit != requested → true':
    'Nothing is more than four times itself, so it is there only to read no quantity where both are one.',
  'policies/change/lowered_protection/rule.rego: < → <=':
    'Only days that are not what they were are compared, and what differs is never equal.',
  'policies/change/shrunk_storage/rule.rego: < → <=':
    'Only sizes that are not what they were are compared, and what differs is never equal.',
  'policies/databases/unencrypted_connection/rule.rego: contains(variable.value, "=disable") → true':
    'For speed: what the pattern after it matches has this in it, and a look for it costs less.',
  'policies/delivery/foreign_trigger/rule.rego: is_object(on) → true':
    'What is no object has no keys for `object.keys`, which is an error, and an error is no event.',
  'policies/delivery/moving_revision/rule.rego: spec.source.repoURL → true':
    'OPA looks up what stands inside of a `not` before it, so a source without a repository gives no finding anyway.',
  'policies/delivery/moving_revision/rule.rego: source.repoURL → true':
    'OPA looks up what stands inside of a `not` before it, so a source without a repository gives no finding anyway.',
  'policies/isolation/foreign_address/rule.rego: contains(text, host) → true':
    'For speed: what the pattern after it matches has the host in it, and a look for it costs less.',
  'policies/isolation/foreign_address/rule.rego: "" → "mutant"':
    'It stands where the own domain stood, and anything may that names no other domain.',
  'policies/lib/quantity/quantity.rego: "" → "mutant"':
    'What it leaves unread is read as a whole number would be: only wasm, which no test here runs, could be less exact.',
  'policies/lib/quantity/quantity.rego: "000" → "mutant"':
    'What it leaves unread is read as a whole number would be: only wasm, which no test here runs, could be less exact.',
  'policies/lib/ranges/ranges.rego: 1 → 2': 'It is taken away from a number of no digits, which no address has.',
  'policies/network/snippet_annotation/rule.rego: contains(annotation.key, "-snippet") → true':
    'For speed: what the pattern after it matches has this in it, and a look for it costs less.',
  'policies/network/wildcard_host/rule.rego: is_object(rule) → true':
    'What is no object has no host for `object.get`, which is an error, and an error is no finding.',
  'policies/secrets/argument_secret/rule.rego: contains(word, "$") → true':
    'For speed: both ways to hand a variable over have a dollar in them.',
  'policies/secrets/argument_secret/rule.rego: "" → "mutant"':
    'It stands where an escaped dollar stood, and anything may that is no dollar.',
  'policies/secrets/argument_secret/rule.rego: contains(word, name) → true':
    'For speed: what the pattern after it matches has the name in it, and a look for it costs less.',
  'policies/secrets/plain_credential/rule.rego: may_hold_credentials(placed.envs) → true':
    'For speed, as a comment says: it only spares looking at each variable where none can be found.',
  'policies/secrets/plain_credential/rule.rego: may_hold_credentials(texts) → true':
    'For speed, as a comment says: it only spares looking at each text where none can be found.',
  'policies/secrets/plain_credential/rule.rego: regex.match(suspicious, concat("\\n", lines)) → true':
    'For speed, as a comment says: it matches wherever one of the patterns for single texts does.',
  'policies/secrets/plain_credential/rule.rego: "" → "mutant"':
    'It is the name of what has none, and any may be that is no name of a password or key.',
  'policies/secrets/random_text/rule.rego: may_be_random(placed.envs) → true':
    'For speed, as a comment says: it only spares looking at each variable where none can be found.',
  'policies/secrets/random_text/rule.rego: regex.match(concat("", ["(?m)", one_word]), concat("\\n", values)) → true':
    'For speed, as a comment says: it matches wherever the pattern for a single value does.',
  'policies/upgrades/untried_version/rule.rego: environment.tier == "production" → true':
    'Any other environment is itself among those that it is compared with, and nothing is newer than itself.',
};
