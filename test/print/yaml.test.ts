import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { yamlLines } from '../../lib/print/yaml.ts';
import { libraryLines } from './library.ts';
import { nastyStrings } from './nasty.ts';
import { unicodeText } from './unicode-text.ts';

const keys = (object: object) => Object.keys(object);
const print = (value: unknown) => `${yamlLines(value, { keys }).join('\n')}\n`;

/** Reads one document, strictly. */
function read(text: string, schema: 'core' | 'yaml-1.1'): unknown {
  const [document, ...more] = parseAllDocuments(text, {
    version: schema === 'core' ? '1.2' : '1.1',
    schema,
    strict: true,
    uniqueKeys: true,
    logLevel: 'error',
  });
  assert.ok(document && 'contents' in document && more.length === 0, 'one document');
  assert.deepEqual([...document.errors, ...document.warnings], []);
  return document.toJS();
}

function assertKept(value: unknown): void {
  const text = print(value);
  for (const schema of ['core', 'yaml-1.1'] as const) assert.deepEqual(read(text, schema), value, `${schema}\n${text}`);
}

test('every nasty string is read as itself, as a value, an item, a key and a whole document', () => {
  for (const text of nastyStrings) {
    assertKept(text);
    assertKept({ a: text, b: [text, [text, text], { c: text }] });
    assertKept(Object.fromEntries([[text, text]]));
    assertKept(Object.fromEntries([[text, { a: [text] }]]));
    assertKept([Object.fromEntries([[text, [text, text]]])]);
  }
});

test('all nasty strings are keys of one object without falling together', () => {
  assertKept(Object.fromEntries(nastyStrings.map((text, index) => [text, index])));
});

const string = fc.oneof(
  fc.constantFrom(...nastyStrings),
  unicodeText(),
  fc.string({ unit: fc.constantFrom(...'\n\t \r#:-?"\'|>&*!%@`{}[],\\$~=.0ayn\u0085\u2028\ufeff') }),
  fc.tuple(fc.constantFrom(...nastyStrings), fc.constantFrom(...nastyStrings)).map(([a, b]) => `${a}\n${b}`),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, tie('scalar'), tie('list'), tie('object')),
  scalar: fc.oneof(
    string,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(string, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));

test('whatever JSON holds is read back equal by readers of YAML 1.2 and 1.1', () => {
  const seen = { scalar: 0, list: 0, object: 0, block: 0, longKey: 0 };
  fc.assert(
    fc.property(value, (json) => {
      seen[Array.isArray(json) ? 'list' : typeof json === 'object' && json !== null ? 'object' : 'scalar']++;
      const text = print(json);
      if (/ \|-?\n/.test(text)) seen.block++;
      if (/^ *(- )*\? /m.test(text)) seen.longKey++;
      assertKept(json);
    }),
    { numRuns: 2000 },
  );
  assert.ok(
    Object.values(seen).every((count) => count > 0),
    JSON.stringify(seen),
  );
});

test('a library that knows all of YAML writes the same text', () => {
  const comments = (path: readonly (string | number)[], value: unknown) =>
    path.length % 3 === 1 ? `${path.join('/')} ${typeof value}` : undefined;
  const seen = { nested: 0, block: 0, longKey: 0, single: 0, double: 0 };
  fc.assert(
    fc.property(value, fc.boolean(), (json, commented) => {
      const settings = commented ? { keys, comments } : { keys };
      const lines = yamlLines(json, settings);
      assert.deepEqual(lines, libraryLines(json, settings));
      for (const line of lines) {
        if (/^ *- - /.test(line)) seen.nested++;
        if (/ \|-?$/.test(line)) seen.block++;
        if (/^ *(- )*\? /.test(line)) seen.longKey++;
        if (/: '/.test(line)) seen.single++;
        if (/: "/.test(line)) seen.double++;
      }
    }),
    { numRuns: 2000 },
  );
  assert.ok(
    Object.values(seen).every((count) => count > 0),
    JSON.stringify(seen),
  );
  for (const text of nastyStrings) {
    const json = { a: text, [text]: [text, [text], { [text]: { b: text } }, [{ [text]: null }]] };
    assert.deepEqual(yamlLines(json, { keys }), libraryLines(json, { keys }));
  }
});

test('strings are as readable as they can be', () => {
  const value = {
    image: 'acmeregistry.azurecr.io/shop',
    repository: 'git@github.com:acme/acme-gitops.git',
    option: 'CreateNamespace=true',
    expression: '${{ secrets.A }}/${{ matrix.image }}:1',
    on: 'on',
    cpu: '250m',
    quotes: '{"a": 1}',
    regex: '^staging-[0-9]+$',
    script: 'set -e\n\nif a; then\n  b\nfi\n',
    open: 'a\nb',
    ragged: 'a \nb',
    hidden: 'a\u202eb',
    none: null,
    empty: [{}, []],
    nested: [[1, 2], [{ a: 1, b: true }]],
  };
  assert.equal(
    print(value),
    [
      'image: acmeregistry.azurecr.io/shop',
      'repository: git@github.com:acme/acme-gitops.git',
      'option: CreateNamespace=true',
      'expression: ${{ secrets.A }}/${{ matrix.image }}:1',
      '"on": "on"',
      'cpu: "250m"',
      `quotes: '{"a": 1}'`,
      'regex: ^staging-[0-9]+$',
      'script: |',
      '  set -e',
      '',
      '  if a; then',
      '    b',
      '  fi',
      'open: |-',
      '  a',
      '  b',
      'ragged: "a \\nb"',
      'hidden: "a\\u202eb"',
      'none: null',
      'empty:',
      '  - {}',
      '  - []',
      'nested:',
      '  - - 1',
      '    - 2',
      '  - - a: 1',
      '      b: true',
      '',
    ].join('\n'),
  );
});

test('what nobody would see is escaped, and stays on one line', () => {
  const texts = [
    'a\x85b',
    '\u2028',
    '\x7f',
    '\x07',
    '\ud800',
    '\ufeff',
    '\u{10ffff}',
    '\\\xa0',
    `${'a \n b'.repeat(9)} `,
  ];
  assert.equal(
    print(texts),
    [
      '- "a\\x85b"',
      '- "\\u2028"',
      '- "\\x7f"',
      '- "\\u0007"',
      '- "\\ud800"',
      '- "\\ufeff"',
      '- "\\U0010ffff"',
      '- "\\\\\\xa0"',
      `- "${'a \\n b'.repeat(9)} "`,
      '',
    ].join('\n'),
  );
});

test('words of YAML 1.1 have quotes in any case, as a value and as a key', () => {
  const words = ['y', 'N', 'yes', 'oN', 'OFF', 'tRUE', 'Null'];
  assert.equal(
    print(words.map((word) => ({ [word]: word }))),
    words.map((word) => `- "${word}": "${word}"\n`).join(''),
  );
});

test('numbers are digits that readers of YAML 1.1 take for numbers', () => {
  assert.equal(
    print([1000000, 12345678, -3, 0.1, 1e20, 1e21, 1e-7, 1.5e-9, -0]).replaceAll('- ', ''),
    [...['1000000', '12345678', '-3', '0.1', '100000000000000000000', '1.0e+21', '1.0e-7', '1.5e-9', '-0.0', '']].join(
      '\n',
    ),
  );
});

test('a comment stands at the end of the line of its value, on that line only', () => {
  const comments = (path: readonly (string | number)[]) =>
    path.at(-1) === 'b' ? `at ${path.join('/')}\nnot: here` : undefined;
  assert.deepEqual(yamlLines({ a: [{ b: 'x\ny\n' }], b: {}, c: { b: 'on' } }, { keys, comments }), [
    'a:',
    '  - b: | # at a/0/b\\nnot: here',
    '      x',
    '      y',
    'b: {} # at b\\nnot: here',
    'c:',
    '  b: "on" # at c/b\\nnot: here',
  ]);
});

test('no value becomes an alias, though it occurs twice', () => {
  const twice = { a: ['b'] };
  assert.doesNotMatch(print([twice, twice, twice.a]), /[&*]/);
});

test('what is no JSON is refused', () => {
  for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, () => 1, 1n, Symbol('a')]) {
    assert.throws(() => print({ a: value }), /is no JSON/);
  }
});

test('a text of several megabytes is printed', () => {
  for (const line of ['a', 'a b', 'a\n', '"', '\u0085'])
    assert.ok(print({ a: line.repeat(2_000_000) }).length > 2_000_000);
});
