import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as variant from '@jitl/quickjs-wasmfile-release-sync';
import { parseSync, Visitor } from 'oxc-parser';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import { problemsOf } from '../../lib/verify/problems.ts';

const root = new URL('../../', import.meta.url);
const below = (folder: string, ending: RegExp) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path) && !path.includes('node_modules'))
    .map((path) => `${folder}${path}`);

const schemas = [...below('lib/', /(^|\/|\.)schema\.json$/), 'docs/platform.schema.json'];

function* nodesOf(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const item of Object.values(value)) yield* nodesOf(item);
}

test('Helm CVE-2025-55199, ajv CVE-2025-69873: no schema refers out of itself or takes a pattern from a document', () => {
  assert.ok(schemas.length > 5, schemas.join(' '));
  for (const path of schemas)
    for (const node of nodesOf(JSON.parse(readFileSync(new URL(path, root), 'utf8')))) {
      assert.ok(!('$data' in node), path);
      for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef'])
        if (typeof node[keyword] === 'string') assert.match(node[keyword], /^#/, path);
    }
});

test('Helm CVE-2025-55199, ajv CVE-2020-15366: what judges documents loads nothing and lets no schema reach prototypes', () => {
  for (const $ref of ['file:///dev/zero', '/dev/zero', 'https://example.org/a.json', 'other.json#/a'])
    assert.throws(() => problemsOf({}, { $ref }), /can't resolve reference/);
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const value = JSON.parse(`{"${name}": {"polluted": 1}}`);
    const schema = { type: 'object', additionalProperties: false, properties: {} };
    assert.deepEqual(
      problemsOf(value, schema).map(({ path }) => path),
      [[name]],
    );
  }
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  for (const path of below('lib/', /\.ts$/))
    assert.doesNotMatch(readFileSync(new URL(path, root), 'utf8'), /\$data: true|loadSchema|compileAsync/, path);
});

/** Every pattern that a text of the configuration or of a document meets: source and flags, with where it stands. */
function patterns(): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of schemas)
    for (const { pattern, patternProperties } of nodesOf(JSON.parse(readFileSync(new URL(path, root), 'utf8')))) {
      if (typeof pattern === 'string') found.set(JSON.stringify([pattern, 'u']), path);
      if (typeof patternProperties === 'object' && patternProperties !== null)
        for (const one of Object.keys(patternProperties)) found.set(JSON.stringify([one, 'u']), path);
    }
  for (const path of below('lib/', /\.ts$/)) {
    const { program } = parseSync(path, readFileSync(new URL(path, root), 'utf8'));
    new Visitor({
      Literal(node) {
        if ('regex' in node && node.regex)
          found.set(JSON.stringify([node.regex.pattern, node.regex.flags.replace(/[gy]/g, '')]), path);
      },
    }).visit(program);
  }
  return found;
}

const LENGTH = 2000;

/** Patterns that take quadratic time, by what keeps their texts short. */
const bounded: Readonly<Record<string, string>> = {
  '^(.+\\/)+(.+)\\.(ya?ml)(@.+)?$':
    'GitHub’s own schema: it meets `uses` of a whole job, which no document of ours has',
  '(?:[a-z]+ )?\\*(?: of [a-z]+ \\*)?(?: in \\*)?': 'messages: what they quote is clipped',
  '\\/\\/.*|#.*|\\/\\*[\\s\\S]*?\\*\\/|\\|\\|\\|[\\s\\S]*?\\|\\|\\||\'((?:[^\'\\\\]|\\\\.)*)\'|"((?:[^"\\\\]|\\\\.)*)"':
    'templates, which are files of ours',
  '^[a-z]+:\\/\\/|[/.]+$': 'what was meant is guessed of texts of 200 characters and less',
  '-+$': 'names of clusters, which have 63 characters at most',
};

/** Texts that nearly match: long runs of one or two signs that patterns repeat, and then one that none expects. */
const nearMisses = [
  ...['a', 'A', '0', '-', '_', '.', '/', '*', ' ', '\t', '\\', '"', "'", '`', '(', '[', '{', '#', ':', '=', ';', ','],
  ...[
    'a-',
    'a.',
    'a/',
    'a_',
    '0.',
    'a0',
    '--a',
    '..',
    '1,',
    '0 ',
    'a ',
    '\\"',
    '$(',
    '${',
    '%{',
    'a:',
    '\n ',
    'a\n',
    '**',
  ],
].flatMap((unit) => {
  const run = unit.repeat(LENGTH / unit.length);
  return [`${run}\u0007`, `a${run}\u0007`, `/${run}\u0007a`, `"${run}`];
});

test('ajv CVE-2025-69873, zod CVE-2023-4316: no pattern goes back and forth over a long text that nearly matches', async () => {
  const quickjs = await newQuickJSWASMModuleFromVariant(variant.default as never);
  // QuickJS asks this every ten thousand steps or so of a pattern: a count is the same on every machine, a clock is not.
  const MOST_ASKED = 500;
  const slow: string[] = [];
  const all = patterns();
  assert.ok(all.size > 150, String(all.size));
  const runtime = quickjs.newRuntime();
  let asked = 0;
  runtime.setInterruptHandler(() => ++asked > MOST_ASKED);
  const context = runtime.newContext();
  context.unwrapResult(context.evalCode(`const texts = ${JSON.stringify(nearMisses)};`)).dispose();
  for (const [pattern, path] of all) {
    asked = 0;
    const [source, flags] = JSON.parse(pattern) as [string, string];
    if (Object.hasOwn(bounded, source)) continue;
    const code = `{ const one = new RegExp(${JSON.stringify(source)}, ${JSON.stringify(flags)}); for (const text of texts) one.test(text); }`;
    const result = context.evalCode(code);
    if (result.error) {
      const { message } = context.dump(result.error);
      slow.push(`${path}: ${source}: ${message} (${asked})`);
    }
    result.dispose();
  }
  context.dispose();
  runtime.dispose();
  assert.deepEqual(slow, []);
});
