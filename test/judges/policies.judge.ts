import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { validate } from '../../lib/config/validate.ts';
import type { Path } from '../../lib/finding/finding.ts';
import type { Json } from '../../lib/json.ts';
import { type JudgedFinding, judge as judgeModel, openJudge } from '../../lib/judge/judge.ts';
import { lock, modelScopes, type Scope, scopes } from '../../lib/judge/lock.ts';
import { withoutLists } from '../../lib/judge/slices.ts';
import type { Model } from '../../lib/model/model.ts';
import { normalise } from '../../lib/model/normalise.ts';
import { run } from '../../scripts/judges/run.ts';
import { harmless, secrets } from '../judge/corpora.ts';
import type { Fault } from '../judge/fault.ts';
import { planted } from '../judge/planted.ts';
import { variablesIn } from '../judge/variables.ts';
import { independent, madeIn, mistakes } from '../platforms/mutations.ts';
import { platformsOf, scales } from '../platforms/platforms.ts';
import { accepted, consult, planted as plantedFault, testWith } from './ledger.ts';
import { JUDGED } from './platforms.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const policies = readdirSync(join(root, 'policies'), { recursive: true, encoding: 'utf8' });
const call = { documents: policies.filter((file) => file.endsWith('.rego')).length, folder: root };
const opa = (...args: string[]) => accepted('opa', args, call);
const test = testWith('opa');
const { rules: allRules } = lock.parse(JSON.parse(readFileSync(join(root, 'policies/policies.lock.json'), 'utf8')));

test('rules compile strictly, with the built-ins that the capabilities allow', () => {
  opa('check', '--strict', '--capabilities', 'policies/capabilities.json', '--ignore', '*_test.rego', 'policies');
  opa('check', '--strict', 'policies');
});

test('rules are formatted as opa fmt formats them', () => {
  assert.equal(opa('fmt', '--list', 'policies'), '');
});

test('every line of every rule is tested', () => {
  opa('test', '--coverage', '--threshold', '100', 'policies');
});

testWith('regal')('regal finds nothing', () => {
  accepted('regal', ['lint', '--no-color', '--format', 'compact', '--disable', 'opa-fmt', 'policies'], call);
});

test('the committed wasm and lock are what a build gives', () => {
  run(process.execPath, ['--import', 'tsx', 'scripts/build-policies.ts', '--check'], { folder: root });
});

/** What a rule of some scope is given, and what the wasm says of it. */
type Case = Readonly<{ input: unknown; scopes: readonly Scope[]; found: readonly JudgedFinding[] }>;

/** Has opa judge all of it by the rules as they are written, and compares word for word. @returns how much both found */
async function agree(cases: readonly Case[]): Promise<number> {
  const answers = scopes.map((scope) => {
    const rules = allRules.filter((rule) => rule.scope === scope).map(({ id }) => id);
    return `"${scope}": {${rules.map((id) => `"${id}": data.${id.replace('/', '.')}.findings`).join(', ')}}`;
  });
  const folder = await mkdtemp(join(tmpdir(), 'agreed-'));
  try {
    const data = join(folder, 'inputs.json');
    await writeFile(data, JSON.stringify({ inputs: cases.map(({ input }) => input) }));
    // What rules of other scopes make of an input is of no interest.
    const query = `[found | some input_ in data.inputs; found := {${answers.join(', ')}} with input as input_]`;
    const native: Record<Scope, Record<string, { path: Path; message: string; other?: Path }[]>>[] = JSON.parse(
      opa('eval', '--data', 'policies', '--data', data, '--format', 'raw', query),
    );
    for (const [index, { scopes, found }] of cases.entries()) {
      const wasm = found.map(({ code, subject, otherSubject, message, document }) =>
        JSON.stringify([code, document ? ['documents', document.file, ...subject] : subject, otherSubject, message]),
      );
      const meant = scopes.flatMap((scope) =>
        Object.entries(native[index]?.[scope] ?? {}).flatMap(([id, all]) =>
          all.map(({ path, other, message }) => JSON.stringify([id, path, other, message])),
        ),
      );
      assert.deepEqual(wasm.toSorted(), [...new Set(meant)].toSorted());
    }
    return cases.reduce((sum, { found }) => sum + found.length, 0);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the wasm finds what opa itself finds, word for word', async () => {
  const judge = await openJudge();
  assert.ok('ofModel' in judge);
  const ofModel = async (model: Model): Promise<Case> => ({
    ...{ input: model, scopes: modelScopes, found: await judge.ofModel(model) },
  });
  const ofFault = async ({ model, before, documents }: Fault): Promise<Case> => {
    if (before)
      return {
        ...{ input: { before, after: model }, scopes: ['change'], found: await judge.ofChange(before, model) },
      };
    if (!documents) return ofModel(model);
    const byFile = Object.fromEntries(documents.map(({ file, ...document }) => [file, document]));
    const input = { documents: byFile, environments: withoutLists(model).environments };
    return { input, scopes: ['document'], found: await judge.ofDocuments(model, documents) };
  };
  // Both have a machine for regular expressions of their own.
  const texts = [
    variablesIn([...harmless, ...secrets.map(({ variable }) => variable)]),
    variablesIn([['LINES', 'user = shop\npassword = hunter2\n']]),
  ];
  const cases = [...(await Promise.all(planted.map(ofFault))), ...(await Promise.all(texts.map(ofModel)))];
  assert.ok((await agree(cases)) >= planted.length);
});

/** So many platforms for each that other judges read: reading models is fast. */
const PLATFORMS = 20 * JUDGED;

test(`the wasm finds in ${PLATFORMS} random platforms with mistakes what opa itself finds`, async (t) => {
  const cases: Case[] = [];
  for (const [platform, drawn] of fc.sample(
    fc.noBias(fc.tuple(platformsOf(scales.talkative), fc.array(fc.nat(), { maxLength: 20 }))),
    PLATFORMS,
  )) {
    const wrong = structuredClone(platform);
    for (const { apply } of independent(madeIn(platform, mistakes.judge), drawn)) apply(wrong);
    const { value } = validate(wrong as Json, () => undefined);
    const model = value && normalise(value, () => undefined).value?.model;
    if (model) cases.push({ input: model, scopes: modelScopes, found: await judgeModel(model) });
  }
  assert.ok(cases.length > PLATFORMS * 0.8, `${cases.length} have a model`);
  const count = await agree(cases);
  t.diagnostic(`${count} findings in ${cases.length} models`);
  assert.ok(count > cases.length);
});

testWith('conftest')('Conftest runs the same folder, unchanged, and finds the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'conftest-'));
  const file = join(folder, 'model.json');
  try {
    const sound = JSON.parse(readFileSync(join(root, 'out/model.json'), 'utf8')) as Model;
    const wrong = planted.find(({ rule }) => rule === 'services/single_replica')?.model;
    assert.ok(wrong);
    for (const model of [sound, wrong]) {
      await writeFile(file, JSON.stringify(model));
      const args = ['test', '--policy', 'policies', '--output', 'json', '--no-color', file];
      const ask = () => consult('conftest', args, { documents: 1, folder: root });
      const { out } = model === sound ? ask() : plantedFault(ask);
      const [{ failures = [], warnings = [] }] = JSON.parse(out) as [
        Record<'failures' | 'warnings', { msg: string }[]>,
      ];
      const found = await judgeModel(model);
      const told = (isError: boolean) =>
        found
          .filter(({ severity }) => (severity === 'error') === isError)
          .map(({ code, message }) => `${code}: ${message}`);
      const said = (all: { msg: string }[]) => all.map(({ msg }) => msg).toSorted();
      assert.deepEqual(said(failures), told(true).toSorted());
      assert.deepEqual(said(warnings), told(false).toSorted());
      assert.ok(found.length > 0);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
