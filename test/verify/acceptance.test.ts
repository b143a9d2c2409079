// Schemas say yes or no by code that is kept between two runs: it says what the slower judge says that explains a refusal.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { keptIn } from '../../lib/commands/kept.ts';
import type { JsonObject } from '../../lib/json.ts';
import { kinds } from '../../lib/targets/targets.ts';
import { acceptanceOf, accepts, anonymous, strict } from '../../lib/verify/acceptance.ts';
import { compiled } from '../platforms/compiled.ts';
import { replaced } from '../platforms/leaves.ts';
import { platformsOf, scales } from '../platforms/platforms.ts';

const schema: JsonObject = {
  $id: 'https://example.invalid/service',
  type: 'object',
  properties: {
    name: { type: 'string', maxLength: 3 },
    list: { type: 'array', items: { $ref: '#/definitions/item' } },
  },
  required: ['name'],
  additionalProperties: false,
  definitions: { item: { anyOf: [{ type: 'integer' }, { const: 'none' }] } },
};
const good = { name: 'a𝒷c', list: [1, 'none'] };
const bad = { name: 'abcd', list: ['some'] };

/** As a run of its own would know it: by content, not as the same object. */
const again = (): JsonObject => structuredClone(schema);

test('what is kept of a schema judges as the schema does', (t) => {
  const folder = emptyFolder(t);
  for (const judge of [
    acceptanceOf(again(), keptIn(folder)),
    acceptanceOf(again(), keptIn(folder)),
    acceptanceOf(again()),
  ]) {
    assert.equal(judge(good), true);
    assert.equal(judge(bad), false);
  }
  assert.equal(readdirSync(folder).length, 1);
});

test('another schema is not judged by what was kept of the first', (t) => {
  const folder = emptyFolder(t);
  acceptanceOf(again(), keptIn(folder));
  assert.equal(acceptanceOf({ ...schema, required: ['list'] }, keptIn(folder))({ list: [] }), true);
  assert.equal(readdirSync(folder).length, 2);
});

for (const [what, text] of [
  ['cut off', (code: string) => code.slice(0, code.length / 2)],
  ['empty', () => ''],
  ['something else', () => 'module.exports = { valid: true }'],
] as const)
  test(`what was kept and is ${what} now is made anew`, (t) => {
    const folder = emptyFolder(t);
    acceptanceOf(again(), keptIn(folder));
    const [name = ''] = readdirSync(folder);
    const file = join(folder, name);
    const code = readFileSync(file, 'utf8');
    writeFileSync(file, text(code));
    assert.equal(acceptanceOf(again(), keptIn(folder))(bad), false);
    assert.equal(readFileSync(file, 'utf8'), code);
  });

test('where nothing can be kept, schemas judge all the same', (t) => {
  const file = join(emptyFolder(t), 'a file');
  writeFileSync(file, '');
  assert.equal(acceptanceOf(again(), keptIn(file))(bad), false);
  assert.equal(statSync(file).size, 0);
});

test('of documents that are right and wrong, it says what the judge says that explains', async () => {
  const [platform] = fc.sample(platformsOf(scales.medium), { numRuns: 1, seed: 1 });
  const { model, outputs } = await compiled(platform);
  assert.ok(model && outputs);
  const read: { schema: JsonObject; value: unknown }[] = [];
  for (const kind of kinds)
    for (const plan of kind.list(model)) {
      const ofKind = kind.schema?.(plan);
      const text = outputs.find(({ path }) => path === `${plan.target}/${plan.path}`)?.text;
      if (ofKind && kind.format === 'json' && text) read.push({ schema: ofKind, value: JSON.parse(text) });
    }
  assert.ok(read.length > 10);
  let refused = 0;
  const explaining = new Ajv({ ...strict, allErrors: true, verbose: true });
  const judges = new Map(read.map((one) => [one.schema, explaining.compile(anonymous(one.schema))]));
  fc.assert(
    fc.property(fc.constantFrom(...read), fc.nat(), fc.jsonValue({ maxDepth: 1 }), (one, which, other) => {
      const paths = pathsOf(one.value);
      const value =
        which % 5 === 0 ? one.value : replaced(one.value as JsonObject, paths[which % paths.length] ?? [], other);
      const answer = accepts(value, one.schema);
      if (!answer) refused++;
      assert.equal(answer, judges.get(one.schema)?.(value));
    }),
    { numRuns: 500 },
  );
  assert.ok(refused > 50, `${refused} were refused`);
});

function pathsOf(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [[...path], ...inner.flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'kept-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}
