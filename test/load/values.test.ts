import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from './repository.ts';

/** One test a row: what the configuration does, its source, its findings as `line:column code: message`. */
type Case = readonly [does: string, source: readonly string[], ...findings: string[]];

const notData: Case[] = [
  ['a function', ['export default { api: { run: () => 1 } };'], '1:30 load/not-data: `api.run` is a function'],
  ['a method', ['export default { run() {} };'], '1:18 load/not-data: `run` is a function'],
  ['a bigint', ['export default { size: 12n };'], '1:24 load/not-data: `size` is the bigint 12n'],
  ['a symbol', ["export default { a: [Symbol('x')] };"], '1:22 load/not-data: `a[0]` is a symbol'],
  [
    'a symbol as a key',
    ["export default { a: { [Symbol('x')]: 1 } };"],
    '1:24 load/not-data: `a["Symbol(x)"]` is a symbol as a key',
  ],
  ['NaN', ['export default { size: 0 / 0 };'], '1:24 load/not-a-number: `size` is NaN'],
  ['Infinity', ['export default { size: -1 / 0 };'], '1:24 load/not-a-number: `size` is -Infinity'],
  [
    'undefined in a list',
    ['export default { a: [1, undefined] };'],
    '1:25 load/undefined-element: `a[1]` is undefined',
  ],
  [
    'a sparse list',
    ['export default { a: [1, , 3] };'],
    '1:23 load/undefined-element: `a[1]` is missing: the list has a hole',
  ],
  [
    'a very sparse list',
    ['const a = [1];', 'a[4_000_000_000] = 2;', 'export default { a };'],
    '1:11 via 3:18 load/undefined-element: `a[1]` is missing: the list has a hole',
  ],
  ['a Map', ['export default { a: new Map([[1, 2]]) };'], '1:21 load/not-data: `a` is a Map'],
  ['a Set', ['export default { a: new Set() };'], '1:21 load/not-data: `a` is a Set'],
  ['a regular expression', ['export default { a: /x/ };'], '1:21 load/not-data: `a` is a regular expression'],
  ['a promise', ['export default { a: Promise.resolve(1) };'], '1:21 load/not-data: `a` is a promise'],
  [
    'what an async function returns',
    ['const f = async () => ({ x: 1 });', 'export default { a: f() };'],
    '2:21 load/not-data: `a` is a promise',
  ],
  [
    'an error',
    ["export default { a: new RangeError('x') };"],
    '1:21 load/not-data: `a` is an instance of `RangeError`',
  ],
  [
    'an instance of a class',
    ['class Pool { size = 1; }', 'export default { pool: new Pool() };'],
    '2:24 load/not-data: `pool` is an instance of `Pool`',
  ],
  [
    'a typed array',
    ['export default { a: new Uint8Array(2) };'],
    '1:21 load/not-data: `a` is an instance of `Uint8Array`',
  ],
  ['a boxed string', ["export default { a: Object('x') };"], '1:21 load/not-data: `a` is a String object'],
  [
    'an object with a prototype',
    ['export default { a: Object.create({ b: 1 }) };'],
    '1:21 load/not-data: `a` is an object with a prototype',
  ],
  [
    'a class that extends Array',
    ['class List extends Array {}', 'export default { a: new List() };'],
    '2:21 load/not-data: `a` is an instance of `List`',
  ],
  ['a getter', ['export default { a: { get b() { return 1; } } };'], '1:23 load/not-data: `a.b` is a getter'],
  [
    'a hidden property',
    ["export default Object.defineProperty({ a: 1 }, 'b', { value: 2 });"],
    '1:38 load/not-data: `b` is a hidden property',
  ],
  [
    'a list with names',
    ['export default { a: Object.assign([1], { b: 2 }) };'],
    '1:42 load/not-data: `a.b` is a key of a list',
  ],
  [
    'an object that contains itself',
    ['const a: any = { b: { c: [] } };', 'a.b.c.push(a.b);', 'export default { a };'],
    '1:21 via 3:18 load/cycle: `a.b.c[0]` contains itself',
  ],
  [
    'half of a surrogate pair',
    ["export default { a: 'x\\ud83d' };"],
    '1:21 load/lone-surrogate: `a` has half of a surrogate pair, which no file can hold',
  ],
  [
    'half of a surrogate pair in a key',
    ["export default { a: { ['\\udc00']: 1 } };"],
    '1:24 load/lone-surrogate: `a["\\udc00"]` has half of a surrogate pair, which no file can hold',
  ],
  [
    '__proto__ as a key',
    ['export default { a: { __proto__: { b: 1 } } };'],
    '1:23 load/forbidden-key: `__proto__` is used as a key',
  ],
  [
    '__proto__ as a computed key',
    ["export default { a: { ['__proto__']: 1 } };"],
    '1:24 load/forbidden-key: `__proto__` is used as a key',
  ],
  [
    '__proto__ out of JSON.parse',
    ['export default { a: JSON.parse(\'{"__proto__":{"b":1}}\') };'],
    '1:21 load/forbidden-key: `__proto__` is used as a key',
  ],
  [
    'several bad values',
    ['const f = () => 1;', 'export default { z: { b: 0 / 0, a: 1n }, 2: [undefined], g: { h: f } };'],
    '2:26 load/not-a-number: `z.b` is NaN',
    '2:36 load/not-data: `z.a` is the bigint 1n',
    '2:46 load/undefined-element: `["2"][0]` is undefined',
    '2:66 load/not-data: `g.h` is a function',
  ],
];

const notAnObject: Case[] = [
  [
    'no default export',
    ['export const a = {};'],
    '1:1 load/no-default-export: `platform.config.ts` has no default export',
  ],
  [
    'only a type as default export',
    ['interface A { a: 1 }', 'export default A;'],
    '2:16 load/no-default-export: the default export is only a type',
  ],
  ['a number as default export', ['export default 5;'], '1:16 load/not-an-object: the default export is the number 5'],
  ['null as default export', ['export default null;'], '1:16 load/not-an-object: the default export is null'],
  [
    'undefined as default export',
    ['let a;', 'export default a;'],
    '2:16 load/not-an-object: the default export is undefined',
  ],
  ['a string as default export', ["export default 'x';"], '1:16 load/not-an-object: the default export is a string'],
  ['a list as default export', ['export default [1];'], '1:16 load/not-an-object: the default export is a list'],
  [
    'a function as default export',
    ['export default function platform() {}'],
    '1:16 load/not-an-object: the default export is a function',
  ],
  [
    'a class as default export',
    ['export default class {}'],
    '1:16 load/not-an-object: the default export is a function',
  ],
  [
    'a promise as default export',
    ['export default (async () => ({}))();'],
    '1:16 load/not-an-object: the default export is a promise',
  ],
  ['a Map as default export', ['export default new Map();'], '1:16 load/not-an-object: the default export is a Map'],
];

for (const [does, source, ...expected] of [...notData, ...notAnObject]) {
  test(`found: ${does}`, async () => {
    assert.deepEqual(await findingsOf(source), expected);
  });
}

test('a hundred levels of nesting are data, a hundred and one are not', async () => {
  const nested = (levels: number) => [
    `let a: any = 1;`,
    `for (let n = 0; n < ${levels}; n++) a = [a];`,
    'export default { a };',
  ];
  assert.deepEqual(await findingsOf(nested(99)), []);
  const path = `a${'[0]'.repeat(99)}`;
  assert.deepEqual(await findingsOf(nested(100)), [
    `2:35 via 2:36 load/too-deep: \`${path}\` is nested more than 100 levels deep`,
  ]);
});

test('small objects in one another, which are large in all, are found', async () => {
  const source = ["let a: any = 'x'.repeat(1e6);", 'for (let n = 0; n < 40; n++) a = [a, a];', 'export default { a };'];
  const [finding, ...more] = await findingsOf(source);
  assert.match(finding ?? '', /load\/too-large: the configuration is larger than 67108864 characters of JSON$/);
  assert.deepEqual(more, []);
});
