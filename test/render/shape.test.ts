import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type { Kind } from '../../lib/kinds/kind.ts';
import type { Model } from '../../lib/model/model.ts';
import { type Planned, render, sliceOf } from '../../lib/render/render.ts';
import { fillerOf, leavesOf, markedSlice, shapeOf, wordsOf } from '../../lib/render/shape.ts';
import { kinds } from '../../lib/targets/targets.ts';
import { exampleModel, exampleModelWithReleaseJob } from '../example.ts';
import { compiled } from '../platforms/compiled.ts';
import { holdsFor } from '../platforms/holds.ts';
import { platforms } from '../platforms/platforms.ts';

const alike = kinds.filter((kind) => kind.alike);
const templates = new Set(alike.map(({ template }) => template?.href));

/** What a kind's documents are when each is evaluated by itself. */
function oneByOne({ alike: _, ...kind }: Kind): Kind {
  return kind;
}

/** Every document of a kind that is filled in, and the same one evaluated by itself: as texts, in which the order of fields shows. */
async function bothWays(model: Model): Promise<{ kind: Kind; shape: string; filled: string; evaluated: string }[]> {
  const planned = alike.flatMap((kind) => kind.list(model).map((plan): Planned => ({ kind, plan })));
  const filled = await render(model, planned);
  const evaluated = await render(
    model,
    planned.map(({ kind, plan }) => ({ kind: oneByOne(kind), plan })),
  );
  return planned.map(({ kind, plan }, index) => {
    const words = wordsOf(readFileSync(kind.template as URL, 'utf8'));
    return {
      kind,
      shape: `${kind.template} ${shapeOf(sliceOf(model, plan), words)}`,
      filled: JSON.stringify(filled[index]),
      evaluated: JSON.stringify(evaluated[index]),
    };
  });
}

test('a document that is filled in is the one that its template makes', async () => {
  const seen = new Map<string, number>();
  const met = new Set<string | undefined>();
  const check = async (model: Model) => {
    for (const { kind, shape, filled, evaluated } of await bothWays(model)) {
      assert.equal(filled, evaluated, kind.name);
      seen.set(shape, (seen.get(shape) ?? 0) + 1);
      met.add(kind.template?.href);
    }
  };
  await check(exampleModel());
  await check(exampleModelWithReleaseJob());
  await holdsFor(
    platforms,
    async (platform) => {
      const { model } = await compiled(platform);
      assert.ok(model);
      await check(model);
    },
    { runs: 8 },
  );
  assert.deepEqual(met, templates);
  assert.ok([...seen.values()].some((count) => count > 1));
});

/** A template without comments, without what its texts say, and without what may be asked of a value: which null it is, or word, or empty. */
function bare(template: string): string {
  return template
    .replaceAll(
      /(\/\/.*|#.*|\/\*[\s\S]*?\*\/)|\|\|\|[\s\S]*?\|\|\||'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g,
      (_, comment?: string) => (comment === undefined ? "''" : ''),
    )
    .replaceAll(/\bstd\.length\([\w.]+\) > 0|[=!]= (?:null\b|'')|&&|\|\|/g, '');
}

// A function that may take a text apart, an order, arithmetic, any other comparison.
const MORE_THAN_SHAPING = /\bstd\.(?!(?:objectFields|foldl)\b)|[<>%*/&|^~-]|[=!]=|\berror\b/;

test('the template of such a kind does nothing with texts that filling in would not do', () => {
  for (const { template, name } of alike)
    for (const line of bare(readFileSync(template as URL, 'utf8')).split('\n'))
      assert.doesNotMatch(line, MORE_THAN_SHAPING, name);
  for (const line of [
    'a < b',
    "a == b && c == ''",
    'std.substr(a, 0, 1)',
    'std.toString(a)',
    'a - 1',
    'std.length(a) > 1',
  ])
    assert.match(bare(line), MORE_THAN_SHAPING, line);
});

/** Documents that a template makes of slices of one shape, filled in. */
async function filled(t: TestContext, template: string, ...values: unknown[]): Promise<unknown[]> {
  const folder = mkdtempSync(join(tmpdir(), 'shape-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'document.libsonnet');
  writeFileSync(file, template);
  const kind = { ...(alike[0] as Kind), template: pathToFileURL(file) };
  const planned = values.map((_, index) => ({
    kind,
    plan: { target: 'a', path: String(index), slice: { value: ['values', index] }, subject: [] },
  }));
  return render({ values } as unknown as Model, planned);
}

test('texts and numbers are handed on, joined, made keys, and compared with words of the template', async (t) => {
  const template = `// it's no word
    function(s) { [s.value.key]: s.value.number, text: 'a ' + s.value.key + '!', isOn: s.value.kind == 'on', none: [null, 1] }`;
  assert.deepEqual(
    await filled(
      t,
      template,
      { key: 'b', number: 1, kind: 'on' },
      { key: '\ufdd0', number: -0, kind: 'off' },
      { key: '__proto__', number: 0.1, kind: "s no word\n    function(s) { [s.value.key]: s.value.number, text: '" },
    ),
    [
      { b: 1, isOn: true, none: [null, 1], text: 'a b!' },
      { isOn: false, none: [null, 1], text: 'a \ufdd0!', '\ufdd0': 0 },
      { ['__proto__']: 0.1, isOn: false, none: [null, 1], text: 'a __proto__!' },
    ],
  );
});

test('fields that come out named by texts stand where Jsonnet would have put them', async (t) => {
  const [made] = await filled(t, 'function(s) { [key]: 1 for key in s.value }', ['b', 'a', 'c']);
  assert.deepEqual(Object.keys(made as object), ['a', 'b', 'c']);
});

test('a template that does more fails, where it would have made something else', async (t) => {
  const cases: Readonly<Record<string, readonly [unknown, RegExp]>> = {
    'function(s) std.substr(s.value, 0, 2)': ['long', /a template took a text apart/],
    "function(s) 'at ' + s.value": [80, /a template counts with a number/],
    'function(s) s.value + 1': [80, /a template counts with a number|took a text apart/],
    'function(s) s.value * 2': [80, /RUNTIME ERROR/],
    'function(s) { a: 1 }[s.value]': ['b', /RUNTIME ERROR/],
    'function(s) { [key]: 1 for key in s.value }': [['a', 'a'], /makes the field "a" twice/],
  };
  for (const [template, [value, message]] of Object.entries(cases))
    await assert.rejects(filled(t, template, value), message, template);
});

test('a value goes through its shape and its leaves unchanged, and no two shapes look alike', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('word', '1:a', '{', '.', '\ufdd0', '<null>', '__proto__'));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      tie('leaf'),
      fc.array(tie('value')),
      fc.dictionary(text, tie('value'), { noNullPrototype: true }),
    ),
    leaf: fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
  }));
  const words = new Set(['word']);
  fc.assert(
    fc.property(value, value, (one, other) => {
      const [first, second] = [shapeOf(one, words), shapeOf(other, words)];
      if (first !== undefined) assert.deepEqual(fillerOf(markedSlice(one, words))(leavesOf(one, words)), one);
      if (first !== undefined && first === second) assert.deepEqual(markedSlice(one, words), markedSlice(other, words));
    }),
  );
});
