import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from '../../scripts/judges/find.ts';
import { mutantsOf } from '../../scripts/rego-mutants/mutate.ts';
import { trial } from '../../scripts/rego-mutants/trial.ts';
import { testWith } from './ledger.ts';

const RULE = `package boats.small

findings contains finding if {
	some name, boat in input.boats
	boat.length < 10
	not boat.docked
	startswith(boat.flag, "é")

	finding := {"path": ["boats", name], "message": $"\`{name}\` is too small"}
}

is_known(flag) if flag == "y"

is_known(flag) if flag == "x"
`;

const TESTS = `package boats.small_test

import data.boats.small

test_a_small_boat_is_found if {
	found := small.findings with input as {"boats": {"a": {"length": 9, "flag": "éa", "docked": false}}}
	found == {{"path": ["boats", "a"], "message": "\`a\` is too small"}}
}

test_others_pass if {
	small.findings == set() with input as {"boats": {
		"b": {"length": 11, "flag": "éa", "docked": false},
		"c": {"length": 9, "flag": "éa", "docked": true},
	}}
}
`;

testWith('opa')(
  'mutants of a rule: what its tests notice, what they do not, and what nobody could have written',
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rego-'));
    t.after(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'policies'));
    writeFileSync(join(folder, 'policies/rule.rego'), RULE);
    writeFileSync(join(folder, 'policies/rule_test.rego'), TESTS);
    const opa = judge('opa');
    const made = mutantsOf(opa, 'policies/rule.rego', RULE, folder);
    for (const { source } of made) assert.notEqual(source, RULE);
    const endings = new Map<string, string>();
    for (const change of made) {
      const { mutator, original, replacement } = change.mutant;
      const ending = await trial(opa, folder, change, { original: RULE, tests: ['policies'] });
      endings.set(`${mutator}: ${original.split('\n')[0]} → ${replacement}`, ending);
    }
    const expected = {
      'condition: boat.length < 10 → true': 'killed',
      'operator: < → <=': 'survived',
      'operator: < → >': 'killed',
      'number: 10 → 11': 'survived',
      'negation: boat.length < 10 → not boat.length < 10': 'killed',
      'condition: not boat.docked → true': 'killed',
      'negation: not boat.docked → boat.docked': 'killed',
      'condition: startswith(boat.flag, "é") → true': 'survived',
      'text: "é" → "mutant"': 'killed',
      'text: "boats" → "mutant"': 'killed',
      'definition: is_known(flag) if flag == "x" → ': 'survived',
    };
    for (const [name, ending] of Object.entries(expected)) assert.equal(endings.get(name), ending, name);
    assert.ok(![...endings.keys()].some((name) => /path|message|too small/.test(name)), 'words and keys stay');
  },
);
