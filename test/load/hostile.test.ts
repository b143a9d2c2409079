import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOneLine, loaded } from './repository.ts';

/**
 * Attempts to leave the sandbox, to fool what reads the value, or to use up time: one test a row, each in bounded time and without an end
 * of this process. What comes of it: the one finding as `line:column code: message`, or the value when it is harmless.
 */
type Attempt = readonly [to: string, source: readonly string[], outcome: string | object];

const generated = (position: string, what = 'new Function') =>
  `${position} load/generated-code: the configuration uses \`${what}\``;
const throws = (position: string, message: string) => `${position} load/throws: the configuration throws: ${message}`;
const extensible = (position: string) => throws(position, 'TypeError: object is not extensible');
const readOnly = (position: string, name: string) => throws(position, `TypeError: '${name}' is read-only`);
const unavailable = (position: string, name: string) =>
  `${position} load/unavailable: the configuration uses \`${name}\`, which does not exist here`;
const timeout = (position: string) => `${position} load/timeout: the configuration does not finish within 400 ms`;
const recursion = (position: string) =>
  `${position} load/recursion: the configuration calls functions in one another too deeply`;

const codeOutOfText: Attempt[] = [
  [
    'reach Function through constructor.constructor',
    ["export default { a: ({} as any).constructor.constructor('return this')() };"],
    generated('1:21'),
  ],
  [
    'reach Function through a function',
    ["export default { a: (() => {}).constructor('return 1')() };"],
    generated('1:21'),
  ],
  [
    'reach Function through a built-in',
    ["export default { a: Object.getPrototypeOf(JSON.parse)['constructor']('return 1') };"],
    generated('1:21'),
  ],
  [
    'reach the constructor of generators',
    ["export default { a: (function* () {} as any).constructor('yield 1')().next() };"],
    generated('1:21'),
  ],
  [
    'reach the constructor of async functions',
    ["export default { a: (async () => {}).constructor('return 1')() };"],
    generated('1:21'),
  ],
  [
    'reach the constructor of async generators',
    ["export default { a: (async function* () {} as any).constructor('yield 1')() };"],
    generated('1:21'),
  ],
  ['use Reflect.construct', ["export default { a: Reflect.construct(Function, ['return 1'])() };"], generated('1:21')],
  [
    'extend Function',
    ['class F extends Function {}', "export default { a: new F('return 1')() };"],
    generated('1:26 via 2:21'),
  ],
  ['use eval indirectly', ["export default { a: (0, eval)('1') };"], generated('1:21', 'eval')],
  [
    'use eval by a name made at run time',
    ["export default { a: (globalThis as any)['ev' + 'al']('1') };"],
    generated('1:21', 'eval'),
  ],
  [
    'use with',
    ['with ({}) {}', 'export default {};'],
    '1:1 load/syntax: with statements cannot be used in an ECMAScript module',
  ],
  [
    'break out of the bundle',
    ['export default {};', '} }; }); process.exit(1); (function () { return { main() {'],
    '2:1 load/syntax: unexpected token',
  ],
];

const outside: Attempt[] = [
  [
    'find the host on the global object',
    [
      "const names = ['process', 'global', 'module', 'exports', 'std', 'os', 'print', 'scriptArgs', 'navigator', 'gc'];",
      'export default { found: names.filter((name) => name in globalThis), self: typeof this };',
    ],
    { found: [], self: 'undefined' },
  ],
  [
    'find the caller as `this`',
    ['export default { a: typeof (function (this: any) { return this; })() };'],
    { a: 'undefined' },
  ],
  [
    'reach require by a name made at run time',
    ["export default { a: typeof (globalThis as any)['requ' + 'ire'] };"],
    '1:29 load/outside: the configuration uses `require`',
  ],
  [
    'be a CommonJS module',
    ['module.exports = { a: 1 };', 'export default {};'],
    '1:1 load/outside: the configuration uses `module`',
  ],
  [
    'use import.meta',
    ['export default { a: import.meta.dirname };'],
    '1:21 load/outside: the configuration uses `import.meta`',
  ],
  [
    'import at run time',
    ["export default { a: import('node:fs') };"],
    '1:21 load/dynamic-import: the configuration uses `import()`',
  ],
  [
    'use WebAssembly',
    ['export default { a: new WebAssembly.Memory({ initial: 1 }) };'],
    unavailable('1:25', 'WebAssembly'),
  ],
  [
    'use SharedArrayBuffer',
    ['export default { a: new SharedArrayBuffer(8) };'],
    unavailable('1:25', 'SharedArrayBuffer'),
  ],
  [
    'wait with Atomics',
    ['export default { a: Atomics.wait(new Int32Array(4), 0, 0) };'],
    unavailable('1:21', 'Atomics'),
  ],
  [
    'watch the garbage collector',
    ['export default { a: typeof WeakRef, b: typeof FinalizationRegistry };'],
    { a: 'undefined', b: 'undefined' },
  ],
  [
    'use performance',
    ['export default { a: performance.now() };'],
    '1:21 load/not-deterministic: the configuration uses `performance`',
  ],
  [
    'depend on the language of the machine',
    ["export default { a: (1234.5).toLocaleString(), b: 'I'.toLocaleLowerCase() };"],
    { a: '1234.5', b: 'i' },
  ],
  ['read the source of a function', ['export default { a: `${() => ({ b: 1 })}` };'], { a: 'function' }],
  [
    'reach callers by arguments',
    ['export default { a: (function () { return arguments.callee; })() };'],
    throws('1:43', 'TypeError: invalid property access'),
  ],
  [
    'run something later',
    ['const o: any = { a: 1 };', 'Promise.resolve().then(() => { o.a = () => 1; for (;;); });', 'export default o;'],
    { a: 1 },
  ],
];

const pollution: Attempt[] = [
  ['add to Object.prototype', ['(Object.prototype as any).b = 1;', 'export default {};'], extensible('1:1')],
  [
    'define in Object.prototype',
    ["Object.defineProperty(Object.prototype, 'then', { value: 1 });", 'export default {};'],
    extensible('1:1'),
  ],
  [
    'replace Object.prototype.toString',
    ["Object.prototype.toString = () => 'x';", 'export default {};'],
    '1:1 load/built-in: `toString` of a built-in cannot be changed',
  ],
  [
    'change the prototype of Object.prototype',
    ['Object.setPrototypeOf(Object.prototype, { a: 1 });', 'export default {};'],
    throws('1:1', 'TypeError: prototype is immutable'),
  ],
  ['add by __proto__', ['const o: any = {};', 'o.__proto__.b = 1;', 'export default { o };'], extensible('2:1')],
  [
    'assign __proto__',
    ['const o: any = { b: 1 };', 'o.__proto__ = { c: 1 };', 'export default { o };'],
    '1:16 via 3:18 load/not-data: `o` is an object with a prototype',
  ],
  [
    'define a getter',
    ['const o: any = { b: 1 };', "o.__defineGetter__('a', () => 2);", 'export default { o };'],
    '1:16 via 3:18 load/not-data: `o.a` is a getter',
  ],
  [
    'replace Object.keys and defineProperty',
    ['Object.defineProperty = () => { throw 1; };', 'export default {};'],
    readOnly('1:1', 'defineProperty'),
  ],
  [
    'replace Array.prototype.map',
    ['Array.prototype.map = (() => [9]) as any;', 'export default {};'],
    readOnly('1:1', 'map'),
  ],
  [
    'replace how lists are iterated',
    ['Array.prototype[Symbol.iterator] = function* () {} as any;', 'export default {};'],
    readOnly('1:1', 'Symbol.iterator'),
  ],
  [
    'replace how a list iterator goes on',
    ['const p: any = Object.getPrototypeOf([].values());', 'p.next = () => ({ done: true });', 'export default {};'],
    readOnly('2:1', 'next'),
  ],
  [
    'replace how generators go on',
    [
      'const p: any = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})()));',
      'p.next = () => ({ done: true });',
      'export default {};',
    ],
    readOnly('2:1', 'next'),
  ],
  ['replace WeakMap.prototype.get', ['WeakMap.prototype.get = () => 0;', 'export default {};'], readOnly('1:1', 'get')],
  [
    'replace Function.prototype.call',
    ['Function.prototype.call = () => true;', 'export default {};'],
    readOnly('1:1', 'call'),
  ],
  [
    'replace JSON.stringify',
    ["JSON.stringify = () => '{}';", 'export default { a: 1 };'],
    readOnly('1:1', 'stringify'),
  ],
  ['give text a toJSON', ['(String.prototype as any).toJSON = () => 1;', 'export default {};'], extensible('1:1')],
  [
    'give a value a toJSON',
    ['export default { a: { toJSON: () => ({ b: 1 }) } };'],
    '1:31 load/not-data: `a.toJSON` is a function',
  ],
  ['have a key toJSON', ['export default { a: { toJSON: 1 } };'], { a: { toJSON: 1 } }],
  ['add to globalThis', ['(globalThis as any).x = 1;', 'export default {};'], extensible('1:1')],
  ['replace a global', ['(globalThis as any).JSON = {};', 'export default {};'], readOnly('1:28', 'JSON')],
  [
    'replace Error.prepareStackTrace',
    ['(Error as any).prepareStackTrace = () => { for (;;); };', 'export default {};'],
    extensible('1:1'),
  ],
  [
    'override the species of lists',
    [
      "class List extends Array { static get [Symbol.species](): never { throw new Error('s'); } }",
      'export default { a: [...new List(2).fill(1)] };',
    ],
    { a: [1, 1] },
  ],
];

const deception: Attempt[] = [
  ['look like a failure', ['export default { failure: 1 };'], { failure: 1 }],
  [
    'throw an object with hostile getters',
    [
      'throw { get name() { for (;;); }, get message() { throw 1; }, get stack() { return globalThis; } };',
      'export default {};',
    ],
    throws('1:1', 'an object without a message'),
  ],
  [
    'throw an object with a hostile toString',
    ['throw { toString() { for (;;); }, message: { toString() { for (;;); } } };', 'export default {};'],
    throws('1:1', 'an object without a message'),
  ],
  ['throw a function', ['throw () => 1;', 'export default {};'], throws('1:1', 'function')],
  ['throw a bigint', ['throw 1n;', 'export default {};'], throws('1:1', '1')],
  [
    'throw a long stack of its own',
    [
      "const e = new Error('x');",
      "e.stack = '    at f (configuration:1:1)\\n'.repeat(1e5) + 'at (configuration:9e9:0)';",
      'throw e;',
      'export default {};',
    ],
    throws('3:1', 'x'),
  ],
  [
    'throw a long message',
    ["throw new Error('x'.repeat(1e7));", 'export default {};'],
    throws('1:1', 'x'.repeat(4000)),
  ],
  [
    'guess the names of the helpers',
    ["const $0n = () => '$1n';", 'export default { a: $0n(), $n: typeof ($0d as any), $0l: 1 };'],
    { a: '$1n', $n: 'undefined', $0l: 1 },
  ],
  ['be a promise', ['export default { then(go: any) { go({}); } };'], '1:18 load/not-data: `then` is a function'],
  [
    'have keys that change when read',
    ['let n = 0;', 'const k: any = { toString: () => `k${n++}` };', 'export default { [k]: 1, n };'],
    { k0: 1, n: 1 },
  ],
  [
    'have keys that change when read, in entries',
    ['let n = 0;', 'const k: any = { toString: () => `k${n++}` };', 'export default Object.fromEntries([[k, 1]]);'],
    { k0: 1 },
  ],
];

const exhaustion: Attempt[] = [
  [
    'go back in a regular expression',
    ["export default { a: /^(a|aa)+$/.test('a'.repeat(60) + 'b') };"],
    timeout('1:21'),
  ],
  [
    'nest a regular expression deeply',
    ["export default { a: new RegExp('('.repeat(1e5) + ')'.repeat(1e5)) };"],
    throws('1:21', 'SyntaxError: too many captures'),
  ],
  ['call a getter without end', ['export default { get a(): any { return this.a; } }.a;'], recursion('1:40')],
  [
    'flatten a deep list',
    ['let a: any = [];', 'for (let i = 0; i < 1e5; i++) a = [a];', 'export default { a: a.flat(Infinity) };'],
    recursion('3:21'),
  ],
  [
    'make text of a deep list',
    ['let a: any = [];', 'for (let i = 0; i < 1e5; i++) a = [a];', 'export default { a: `${a}` };'],
    recursion('3:24'),
  ],
  [
    'export a deep list',
    ['let a: any = [];', 'for (let i = 0; i < 1e5; i++) a = [a];', 'export default { a };'],
    `2:35 via 2:36 load/too-deep: \`a${'[0]'.repeat(99)}\` is nested more than 100 levels deep`,
  ],
  [
    'claim a long list',
    ['const a: any = [];', 'a.length = 2 ** 32 - 1;', 'export default { a };'],
    '1:16 via 3:18 load/undefined-element: `a[0]` is missing: the list has a hole',
  ],
  [
    'join a long list',
    ['const a: any = [];', 'a.length = 2 ** 32 - 1;', "export default { a: a.join('x') };"],
    timeout('3:16'),
  ],
  [
    'compute a large number',
    ['export default { a: `${2n ** 100_000_000n}` };'],
    throws('1:24', 'RangeError: BigInt is too large'),
  ],
  [
    'catch what ends it',
    ['for (;;) {', '  try {', '    for (;;) {}', '  } catch {}', '}', 'export default {};'],
    timeout('3:5'),
  ],
];

for (const [to, source, outcome] of [...codeOutOfText, ...outside, ...pollution, ...deception, ...exhaustion]) {
  test(`an attempt to ${to} is ${typeof outcome === 'string' ? 'found' : 'harmless'}`, async () => {
    // Short only where it is to pass: the others must not depend on how busy the machine is.
    const isTimeout = typeof outcome === 'string' && outcome.includes('load/timeout');
    const { value, findings } = await loaded(source, isTimeout ? { timeoutMilliseconds: 400 } : {});
    if (typeof outcome === 'string') assert.deepEqual(findings.map(inOneLine), [outcome]);
    else assert.deepEqual({ findings, value: value?.value }, { findings: [], value: outcome });
  });
}
