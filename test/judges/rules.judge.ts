import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { lock, policiesFolder, readSources } from '../../lib/judge/lock.ts';
import { slices } from '../../lib/judge/slices.ts';
import { compilePolicies } from '../../scripts/compile-policies.ts';
import { evaluationOf } from '../../scripts/rules/evaluation.ts';
import { newRule } from '../../scripts/rules/new.ts';
import { measure } from '../../scripts/rules/profile.ts';
import { readRules } from '../../scripts/rules/rules.ts';
import { planted as plantedFaults } from '../judge/planted.ts';
import { accepted, consult, planted, testWith } from './ledger.ts';

testWith('opa', 'regal')('a new rule is formatted, compiles and lints clean, and one of its tests fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'new-rule-'));
  const call = { documents: 2, folder };
  try {
    await cp(fileURLToPath(policiesFolder), join(folder, 'policies'), { recursive: true });
    await newRule('boats/no_anchor', pathToFileURL(`${join(folder, 'policies')}/`));
    const capabilities = ['--capabilities', 'policies/capabilities.json'];
    accepted('opa', ['check', '--strict', ...capabilities, '--ignore', '*_test.rego', 'policies'], call);
    accepted('opa', ['check', '--strict', 'policies'], call);
    assert.equal(accepted('opa', ['fmt', '--list', 'policies'], call), '');
    accepted('regal', ['lint', '--no-color', '--format', 'compact', '--disable', 'opa-fmt', 'policies'], call);
    const { code, out } = planted(() => consult('opa', ['test', 'policies', '--run', 'boats.no_anchor'], call));
    assert.equal(code, 2);
    assert.match(out, /test_what_is_wrong_is_found_at_its_place: FAIL[\s\S]*PASS: 1\/2\nFAIL: 1\/2/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

const test = testWith('opa');

test('what is measured of a rule is the rule: it finds then what it finds in the judge', async () => {
  const { built } = await readRules(policiesFolder);
  const rules = lock.shape.rules.parse(built.map(({ examples: _, ...rule }) => rule));
  const entrypoint = (id: string) => `${id}/findings`;
  const wasm = await compilePolicies(
    await readSources(policiesFolder),
    rules,
    rules.map(({ id }) => entrypoint(id)),
  );
  for (const scope of ['platform', 'environment', 'service'] as const) {
    const asked = rules.filter((rule) => rule.scope === scope).map(({ id }) => id);
    const fault = plantedFaults.find(({ rule }) => asked.includes(rule));
    assert.ok(fault);
    const found = new Set<string>();
    for (const slice of slices(fault.model, scope, 200)) {
      const evaluation = await evaluationOf(wasm, slice);
      // Twice, as one answer must not be in the way of the next.
      for (const id of [...asked, ...asked]) {
        const { result } = evaluation.ask(entrypoint(id));
        for (const { message } of result as { message: string }[]) found.add(`${id}: ${message}`);
      }
    }
    assert.deepEqual([...found], [`${fault.rule}: ${fault.message}`]);
  }
});

test('every rule is measured', async () => {
  const { built } = await readRules(policiesFolder);
  const { rules, scopes, notMeasured } = await measure(built, 3);
  assert.deepEqual(
    notMeasured,
    built.filter(({ scope }) => scope === 'document').map(({ id }) => id),
  );
  assert.equal(rules.length + notMeasured.length, built.length);
  for (const { milliseconds } of rules) assert.ok(milliseconds >= 0);
  assert.ok(scopes.every(({ inputs, reading, together }) => inputs > 0 && reading > 0 && together > 0));
});
