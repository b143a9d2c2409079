import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from './repository.ts';

/** One test a row: what the configuration does, its source, its findings as `line:column code: message`. */
type Case = readonly [does: string, source: readonly string[], ...findings: string[]];

const refused: Case[] = [
  [
    'Date.now()',
    ['const at = Date.now();', 'export default { at };'],
    '1:12 load/not-deterministic: the configuration uses `Date`',
  ],
  [
    'new Date()',
    ['export default {', '  at: new Date(),', '};'],
    '2:11 load/not-deterministic: the configuration uses `Date`',
  ],
  [
    'Math.random()',
    ['export default { at: Math.random() };'],
    '1:22 load/not-deterministic: the configuration uses `Math.random`',
  ],
  [
    'crypto',
    ['export default { id: crypto.randomUUID() };'],
    '1:22 load/not-deterministic: the configuration uses `crypto`',
  ],
  [
    'process.env',
    ['export default { home: process.env.HOME };'],
    '1:24 load/outside: the configuration uses `process`',
  ],
  [
    'fetch',
    ["export default { a: fetch('https://example.com') };"],
    '1:21 load/outside: the configuration uses `fetch`',
  ],
  [
    'setTimeout',
    ['setTimeout(() => {}, 1);', 'export default {};'],
    '1:1 load/outside: the configuration uses `setTimeout`',
  ],
  [
    'require',
    ["const fs = require('node:fs');", 'export default { fs };'],
    '1:12 load/outside: the configuration uses `require`',
  ],
  [
    'require by another name',
    ['const load = require;', 'export default { load };'],
    '1:14 load/outside: the configuration uses `require`',
  ],
  [
    'import = require',
    ["import fs = require('fs');", 'export default { a: fs };'],
    '1:1 load/outside: the configuration uses `require`',
  ],
  [
    'import.meta',
    ['export default { a: import.meta.url };'],
    '1:21 load/outside: the configuration uses `import.meta`',
  ],
  ['eval', ["export default { a: eval('1') };"], '1:21 load/generated-code: the configuration uses `eval`'],
  [
    'eval by another name',
    ['const run = eval;', "export default { a: run('1') };"],
    '2:21 load/generated-code: the configuration uses `eval`',
  ],
  [
    'new Function',
    ["export default { a: new Function('return 1')() };"],
    '1:21 load/generated-code: the configuration uses `new Function`',
  ],
  [
    'import()',
    ["const a = await import('./a.ts');", 'export default { a };'],
    '1:17 load/dynamic-import: the configuration uses `import()`',
  ],
  [
    'import() in a function',
    ["export const f = () => import('./a.ts');", 'export default {};'],
    '1:24 load/dynamic-import: the configuration uses `import()`',
  ],
  [
    'top-level await',
    ['const a = await 1;', 'export default { a };'],
    '1:11 load/top-level-await: the configuration uses `await`',
  ],
  [
    'for await',
    ['for await (const a of []) {}', 'export default {};'],
    '1:1 load/top-level-await: the configuration uses `await`',
  ],
  [
    'Proxy',
    ['export default { a: new Proxy({}, {}) };'],
    '1:25 load/unavailable: the configuration uses `Proxy`, which does not exist here',
  ],
  ['an unknown name', ['export default { a: image };'], '1:21 load/undefined-name: `image` is not defined'],
];

const throwing: Case[] = [
  [
    'throws an error',
    ["throw new Error('no pools');", 'export default {};'],
    '1:1 load/throws: the configuration throws: no pools',
  ],
  [
    'throws in a helper function',
    [
      'function web(port: number) {',
      '  if (port > 65535) throw new RangeError(`port ${port}`);',
      '  return { port };',
      '}',
      'export default {',
      '  api: web(70000),',
      '};',
    ],
    '2:21 via 6:8 load/throws: the configuration throws: RangeError: port 70000',
  ],
  [
    'throws a string',
    ['throw "no pools"', 'export default {};'],
    '1:1 load/throws: the configuration throws: no pools',
  ],
  [
    'throws an object',
    ['const e = { code: 1 };', 'throw e;', 'export default {};'],
    '2:1 load/throws: the configuration throws: an object without a message',
  ],
  [
    'throws undefined',
    ['throw undefined;', 'export default {};'],
    '1:1 load/throws: the configuration throws: undefined',
  ],
  [
    'throws a symbol',
    ["throw Symbol('x');", 'export default {};'],
    '1:1 load/throws: the configuration throws: Symbol(x)',
  ],
  [
    'throws again',
    ['try {', "  throw new Error('first');", '} catch (e) {', '  throw e;', '}', 'export default {};'],
    '2:3 load/throws: the configuration throws: first',
  ],
  [
    'throws an error of its own class',
    [
      'class Wrong extends Error { constructor(m: string) { super(m); this.name = "Wrong"; } }',
      "throw new Wrong('x');",
      'export default {};',
    ],
    '2:1 load/throws: the configuration throws: Wrong: x',
  ],
  [
    'reads a property of undefined',
    ['const pools: any = {};', 'export default {', '  size: [{ a: pools.main.size }],', '};'],
    '3:15 load/undefined-value: `pools.main.size` reads `size` of `undefined`',
  ],
  [
    'calls what is no function',
    ['const web: any = 1;', 'export default { api: web({ ...{ port: 80 } }) };'],
    '2:23 load/no-function: `web({ ...{ port: 80 } })` calls something that is no function',
  ],
  [
    'uses a constant before it is made',
    ['export default { a: b };', 'const b = 1;'],
    '1:21 load/used-early: `b` is used before it is made',
  ],
  [
    'uses a constant before it is made, in a helper function',
    ['const size = () => small;', 'const all = [size()];', "const small = 'S';", 'export default { all };'],
    '1:20 via 2:14 load/used-early: `small` is used before it is made',
  ],
  [
    'uses a class before it is made',
    ['export default { a: new Pool().size };', 'class Pool { size = 1; }'],
    '1:25 load/used-early: `Pool` is used before it is made',
  ],
  ['throws null', ['throw null;', 'export default {};'], '1:1 load/throws: the configuration throws: null'],
  [
    'has a regular expression literal that is none',
    ['export default {', '  a: /x(/.test("x"),', '};'],
    "2:6 load/syntax: expecting ')'",
  ],
  [
    'has a regular expression that is none',
    ["export default { a: 'x'.match(new RegExp('(')) };"],
    "1:31 load/throws: the configuration throws: SyntaxError: expecting ')'",
  ],
];

for (const [does, source, ...expected] of [...refused, ...throwing]) {
  test(`found: ${does}`, async () => {
    assert.deepEqual(await findingsOf(source), expected);
  });
}

test('an endless loop is found at the loop', async () => {
  const limits = { timeoutMilliseconds: 300 };
  const message = 'load/timeout: the configuration does not finish within 300 ms';
  const forever = (loop: string) =>
    findingsOf(['let n = 0;', 'for (const a of [1]) n += a;', loop, 'export default { n };'], limits);
  assert.deepEqual(await forever('while (true) n++;'), [`3:1 ${message}`]);
  assert.deepEqual(await forever('  for (;;);'), [`3:3 ${message}`]);
  assert.deepEqual(await forever('try { do { n++; } while (n); } catch { n = 5; } finally { n = 6; }'), [
    `3:7 ${message}`,
  ]);
});

test('an endless loop in a helper function is found at the loop, via the call', async () => {
  const source = [
    'function count() {',
    '  let n = 0;',
    '  for (;;) {',
    '    n++;',
    '  }',
    '}',
    'export default {',
    '  n: count(),',
    '};',
  ];
  assert.deepEqual(await findingsOf(source, { timeoutMilliseconds: 300 }), [
    '3:3 via 8:6 load/timeout: the configuration does not finish within 300 ms',
  ]);
});

test('a regular expression that blows up is found at its use', async () => {
  const source = ["const text = 'a'.repeat(50) + '!';", 'export default {', '  ok: /^(a+)+$/.test(text),', '};'];
  assert.deepEqual(await findingsOf(source, { timeoutMilliseconds: 300 }), [
    '3:7 load/timeout: the configuration does not finish within 300 ms',
  ]);
});

test('recursion that takes too long is found in it', async () => {
  const source = [
    'const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));',
    'export default { n: fib(60) };',
  ];
  const [finding, ...more] = await findingsOf(source, { timeoutMilliseconds: 300 });
  assert.match(finding ?? '', /^1:\d+ (via \d:\d+ )?load\/timeout: /);
  assert.deepEqual(more, []);
});

test('a loop within a built-in function, which cannot be interrupted, ends with the thread', async () => {
  const source = [
    'const list = { length: 2 ** 53 - 1 };',
    'export default { at: Array.prototype.indexOf.call(list, 1) };',
  ];
  assert.deepEqual(await findingsOf(source, { timeoutMilliseconds: 300 }), [
    '2:16 load/timeout: the configuration does not finish within 300 ms',
  ]);
});

for (const [asks, line, source] of [
  ['one list', 1, ['const a = new Array(1e9).fill(1);']],
  ['one string', 1, ["const a = 'x'.repeat(2 ** 29);"]],
  ['one ArrayBuffer', 1, ['const a = new ArrayBuffer(2 ** 30);']],
  ['a string that doubles', 2, ["let a = 'x';", 'for (let i = 0; i < 40; i++) a += a;']],
  ['objects without end', 3, ['const a: object[] = [];', 'for (;;) {', '  a.push({ x: [] });', '}']],
  ['strings without end', 3, ['const a: string[] = [];', 'for (;;) {', "  a.push('x'.repeat(1e6) + a.length);", '}']],
  ['ArrayBuffers without end', 2, ['const a: ArrayBuffer[] = [];', 'for (;;) a.push(new ArrayBuffer(1e6));']],
  ['a value without room for its JSON', 2, ["const a = [1, 2, 3, 4, 5, 6, 7, 8].map(() => 'x'.repeat(15e5));"]],
  ['keys without end', 2, ['const a: any = {};', 'for (let i = 0; i < 1e7; i++) a[`k${i}`] = 1;']],
] as const) {
  test(`too much memory is found where it is asked for: ${asks}`, async () => {
    const [finding, ...more] = await findingsOf([...source, 'export default { a };'], { memoryMegabytes: 32 });
    // Which part of the line asks for the last bytes is chance.
    assert.match(
      finding ?? '',
      new RegExp(`^${line}:\\d+ load/memory: the configuration needs more than 32 MB of memory$`),
    );
    assert.deepEqual(more, []);
  });
}

test('what no engine could hold is refused as it says', async () => {
  assert.deepEqual(await findingsOf(["export default { a: 'x'.repeat(2 ** 40) };"]), [
    '1:21 load/throws: the configuration throws: RangeError: invalid repeat count',
  ]);
  assert.deepEqual(await findingsOf(['export default { a: new ArrayBuffer(4 * 2 ** 30) };']), [
    '1:21 load/throws: the configuration throws: RangeError: invalid array buffer length',
  ]);
});

test('memory that runs out in a configuration that catches it', async () => {
  const source = [
    'const a: any[] = [];',
    'for (;;) {',
    '  try {',
    "    a.push('x'.repeat(1e5) + a.length);",
    '  } catch {',
    '    a.push(1);',
    '  }',
    '}',
    'export default {};',
  ];
  const [finding, ...more] = await findingsOf(source, { memoryMegabytes: 32, timeoutMilliseconds: 1000 });
  assert.match(finding ?? '', /load\/(memory|timeout): /);
  assert.deepEqual(more, []);
});

test('recursion without end is found in it', async () => {
  const message = 'load/recursion: the configuration calls functions in one another too deeply';
  assert.deepEqual(
    await findingsOf(['const f = (n: number): number => f(n + 1) + 1;', 'export default { n: f(0) };']),
    [`1:34 via 2:21 ${message}`],
  );
  assert.deepEqual(await findingsOf(['const o: any = { toString: () => `${o}` };', 'export default { n: `${o}` };']), [
    `1:37 via 2:24 ${message}`,
  ]);
  assert.deepEqual(await findingsOf(["export default { a: JSON.parse('['.repeat(1e6)) };"]), [`1:21 ${message}`]);
});

test('what fails in an imported file is found in it', async () => {
  const files = {
    'platform.config.ts': ["import { web } from './web.ts';", 'export default { api: web({}) };'],
    'web.ts': ['// what is served', 'export function web(o: any) {', '  return { ...o, port: o.ports.http };', '}'],
  };
  assert.deepEqual(await findingsOf(files), [
    'web.ts:3:24 via 2:23 load/undefined-value: `o.ports.http` reads `http` of `undefined`',
  ]);
});
