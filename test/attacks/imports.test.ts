import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { load } from '../../lib/load/load.ts';
import { type Files, inOneLine, withRepository } from '../load/repository.ts';
import { contents } from '../write/rig.ts';
import { CANARY, canaries } from './host.ts';

type Scene = Readonly<{ root: string; outside: string }>;

/** What loading a repository with canaries beside it comes to: findings in one line each, or the value. Nothing is written, nothing told. */
async function outcomeOf(files: Files, plant: (scene: Scene) => void = () => {}): Promise<unknown> {
  const inside = Object.fromEntries(Object.entries(files).map(([path, text]) => [`repository/${path}`, text]));
  return await withRepository({ ...canaries, ...inside }, async (outside) => {
    const root = join(outside, 'repository');
    plant({ root, outside });
    const lies = contents(outside);
    const { value, findings, files: read } = await load({ root, bundleMilliseconds: 2000 });
    assert.deepEqual(contents(outside), lies);
    assert.ok(!JSON.stringify([findings, value?.value, [...read.values()]]).includes(CANARY));
    return findings.length > 0 ? findings.map(inOneLine) : value?.value;
  });
}

const importing = (specifier: string) => ({
  'platform.config.ts': `import a from ${JSON.stringify(specifier)};\nexport default { a };`,
  'a.ts': 'export default 1;',
});

const bare = (specifier: string) =>
  `1:1 load/bare-import: imports \`${specifier}\`, which is not a file of this repository`;
const outside = (specifier: string) =>
  `1:1 load/outside-repository: imports \`${specifier}\`, which lies outside of this repository`;
const missing = (specifier: string) => `1:1 load/missing-file: imports \`${specifier}\`, which does not exist`;
const extension = (specifier: string) =>
  `1:1 load/import-extension: imports \`${specifier}\`, which is neither .ts nor .json`;
const linked = (specifier: string) =>
  `1:1 load/outside-repository: imports \`${specifier}\`, which links to a file outside of this repository`;

const specifiers: readonly [specifier: string, finding: string][] = [
  ['../canary.ts', outside('../canary.ts')],
  ['../canary.json', outside('../canary.json')],
  ['./../canary.json', outside('./../canary.json')],
  ['.//../canary.json', outside('.//../canary.json')],
  ['./x/../../canary.json', outside('./x/../../canary.json')],
  ['./../repository/../canary.json', outside('./../repository/../canary.json')],
  ['../repository-other/a.ts', outside('../repository-other/a.ts')],
  ['/etc/passwd', bare('/etc/passwd')],
  ['/etc/hostname.json', bare('/etc/hostname.json')],
  ['//host/share/a.ts', bare('//host/share/a.ts')],
  ['\\\\host\\share\\a.ts', bare('\\\\host\\share\\a.ts')],
  ['C:\\a.ts', bare('C:\\a.ts')],
  ['.\\a.ts', bare('.\\a.ts')],
  ['./..\\canary.ts', missing('./..\\canary.ts')],
  ['./a.ts\0.json', missing('./a.ts\0.json')],
  ['./\0.ts', missing('./\0.ts')],
  ['./\uff0e\uff0e/canary.ts', missing('./\uff0e\uff0e/canary.ts')],
  ['./\u2025/canary.ts', missing('./\u2025/canary.ts')],
  ['./..\uff0fcanary.ts', missing('./..\uff0fcanary.ts')],
  ['./%2e%2e/canary.ts', missing('./%2e%2e/canary.ts')],
  ['./..%2fcanary.json', missing('./..%2fcanary.json')],
  ['./a.ts?raw', extension('./a.ts?raw')],
  ['./a.ts#x', extension('./a.ts#x')],
  ['./a.ts/', extension('./a.ts/')],
  ['./.env', extension('./.env')],
  ['./a.d.ts', extension('./a.d.ts')],
  ['./a.node', extension('./a.node')],
  ['./a.wasm', extension('./a.wasm')],
  ['.', bare('.')],
  ['..', bare('..')],
  ['', bare('')],
  ['node:fs', bare('node:fs')],
  ['fs', bare('fs')],
  ['file:///etc/passwd', bare('file:///etc/passwd')],
  ['file:./a.ts', bare('file:./a.ts')],
  ['https://example.com/a.ts', bare('https://example.com/a.ts')],
  ['data:text/javascript,export default 1', bare('data:text/javascript,export default 1')],
  ['data:application/json,{}', bare('data:application/json,{}')],
  ['blob:x', bare('blob:x')],
  ['npm:zod', bare('npm:zod')],
  ['#a', bare('#a')],
  ['@/a.ts', bare('@/a.ts')],
  ['module:0', bare('module:0')],
  ['<define:require>', bare('<define:require>')],
  ['__proto__', bare('__proto__')],
];

test('Argo CD CVE-2022-24348, Flux CVE-2022-24877: no import leaves the repository, however it is written', async () => {
  for (const [specifier, finding] of specifiers) assert.deepEqual(await outcomeOf(importing(specifier)), [finding]);
});

test('Argo CD CVE-2022-31036, Backstage CVE-2026-24047: a link out of the repository is not read, through chains, folders and loops', async () => {
  const plants: Record<string, readonly [(scene: Scene) => void, string]> = {
    './file.json': [({ root, outside }) => symlinkSync(join(outside, 'canary.json'), join(root, 'file.json')), 'out'],
    './relative.json': [({ root }) => symlinkSync('../canary.json', join(root, 'relative.json')), 'out'],
    './two.json': [
      ({ root }) => {
        symlinkSync('one.json', join(root, 'two.json'));
        symlinkSync('../canary.json', join(root, 'one.json'));
      },
      'out',
    ],
    './folder/canary.ts': [({ root, outside }) => symlinkSync(outside, join(root, 'folder')), 'out'],
    './up/canary.ts': [({ root }) => symlinkSync('..', join(root, 'up')), 'out'],
    // A name that ends with .ts says nothing of what it leads to.
    './env.ts': [({ root }) => symlinkSync('../.env', join(root, 'env.ts')), 'out'],
    './zero.ts': [({ root }) => symlinkSync('/dev/zero', join(root, 'zero.ts')), 'out'],
    './environ.ts': [({ root }) => symlinkSync('/proc/self/environ', join(root, 'environ.ts')), 'out'],
    './dangling.ts': [({ root }) => symlinkSync('../nowhere.ts', join(root, 'dangling.ts')), 'missing'],
    './loop.ts': [({ root }) => symlinkSync('loop.ts', join(root, 'loop.ts')), 'missing'],
    './round/round/a.ts': [({ root }) => symlinkSync('.', join(root, 'round')), 'inside'],
  };
  for (const [specifier, [plant, is]] of Object.entries(plants)) {
    const expected = { out: [linked(specifier)], missing: [missing(specifier)], inside: { a: 1 } }[is];
    assert.deepEqual(await outcomeOf(importing(specifier), plant), expected, specifier);
  }
});

test('Helm CVE-2025-53547: a configuration that is itself a link out of the repository is not read', async () => {
  const found = await outcomeOf({ 'a.ts': '' }, ({ root }) =>
    symlinkSync('../canary.ts', join(root, 'platform.config.ts')),
  );
  assert.deepEqual(found, [
    '- load/outside-repository: imports `platform.config.ts`, which links to a file outside of this repository',
  ]);
});

test('files that steer other tools have no say: tsconfig.json, package.json, .npmrc, node_modules', async () => {
  const steering = {
    'tsconfig.json': JSON.stringify({
      extends: '../canary.json',
      compilerOptions: {
        paths: { './a.ts': ['../canary.ts'] },
        baseUrl: '..',
        jsxFactory: 'process.exit',
        target: 'es3',
      },
    }),
    'jsconfig.json': '{ "extends": "../canary.json" }',
    'package.json': JSON.stringify({
      name: 'a',
      type: 'commonjs',
      sideEffects: false,
      browser: { './a.ts': '../canary.ts' },
      imports: { '#a': '../canary.ts' },
      exports: { './a.ts': '../canary.ts' },
    }),
    '.npmrc': 'script-shell=/bin/false\n',
    'node_modules/a.ts/index.js': 'throw 1;',
    '.env': `X=${'y'}`,
  };
  assert.deepEqual(await outcomeOf({ ...importing('./a.ts'), ...steering }), { a: 1 });
  assert.deepEqual(await outcomeOf({ ...importing('#a'), ...steering }), [bare('#a')]);
  assert.deepEqual(await outcomeOf({ ...importing('a'), ...steering }), [bare('a')]);
});

test('attributes of an import change neither what is read nor how', async () => {
  const files = (attribute: string) => ({
    'platform.config.ts': `import a from './a.ts' with { ${attribute} };\nexport default { a };`,
    'a.ts': 'export default { b: 1 };',
  });
  for (const type of ['text', 'file', 'bytes', 'base64', 'json', 'css', 'copy'])
    assert.deepEqual(await outcomeOf(files(`type: '${type}'`)), { a: { b: 1 } }, type);
});

test('npm json: an imported JSON file pollutes nothing and is no program', async () => {
  const json = (text: string | Uint8Array) => outcomeOf({ ...importing('./b.json'), 'b.json': text });
  assert.deepEqual(await json('{"__proto__": {"polluted": 1}}'), [
    'b.json:1:2 load/forbidden-key: `__proto__` is used as a key',
  ]);
  assert.deepEqual(await json('{"a": {"\\u005f_proto__": 1}}'), [
    'b.json:1:8 load/forbidden-key: `__proto__` is used as a key',
  ]);
  assert.deepEqual(await json('{"constructor": {"prototype": {"polluted": 1}}, "toJSON": 1}'), {
    a: { constructor: { prototype: { polluted: 1 } }, toJSON: 1 },
  });
  assert.deepEqual(await json('{"a": 1}); process.exit(1); ({'), [
    'b.json:1:9 load/syntax: unexpected `)`, where the end of the file is expected',
  ]);
  assert.deepEqual(await json('"\u2028*/ `${1}` </script>"'), { a: '\u2028*/ `${1}` </script>' });
  assert.deepEqual(await json('{"a": 1e999}'), ['b.json:1:7 via 2:18 load/not-a-number: `a.a` is Infinity']);
  assert.deepEqual(await json('"\\ud800"'), [
    '2:18 load/lone-surrogate: `a` has half of a surrogate pair, which no file can hold',
  ]);
  assert.deepEqual(await json(''), [
    'b.json:1:1 load/syntax: unexpected the end of the file, where a value is expected',
  ]);
  assert.deepEqual(await json(new Uint8Array([0xef, 0xbb, 0xbf, 0x31])), { a: 1 });
  for (const bytes of [
    [0xff, 0xfe, 0x31, 0x00],
    [0x22, 0xc0, 0xaf, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
  ])
    assert.deepEqual(await json(new Uint8Array(bytes)), [
      '1:1 load/unreadable: `b.json` cannot be read: it is not UTF-8',
    ]);
});

test('Kubernetes CVE-2019-11253, npm yaml CVE-2026-33532: an imported file of too many bytes, values or levels is found, not parsed', async () => {
  const file = (name: string, text: string) => outcomeOf({ ...importing(`./${name}`), [name]: text });
  const most = (kind: string, megabytes: number) =>
    `1:1 load/unreadable: \`b.${kind}\` cannot be read: it is larger than ${megabytes} MB`;
  assert.deepEqual(await file('b.json', ' '.repeat(34e6)), [most('json', 32)]);
  assert.deepEqual(await file('b.ts', ' '.repeat(5e6)), [most('ts', 4)]);
  const four = { 'a.ts': 4e6, 'b.ts': 4e6, 'c.ts': 4e6, 'd.ts': 4e6 };
  assert.deepEqual(
    await outcomeOf({
      'platform.config.ts': `${Object.keys(four)
        .map((name) => `import './${name}';\n`)
        .join('')}export default {};`,
      ...Object.fromEntries(Object.entries(four).map(([name, size]) => [name, ' '.repeat(size)])),
    }),
    ['4:1 load/unreadable: `d.ts` cannot be read: all .ts files together are larger than 12 MB'],
  );
  assert.deepEqual(await file('b.json', `[${'0,'.repeat(1e6)}0]`), [
    'b.json:1:2000000 load/syntax: unexpected more than 1000000 values in JSON',
  ]);
  assert.deepEqual(await file('b.json', '['.repeat(1e6)), [
    'b.json:1:401 load/syntax: unexpected more than 400 levels of nesting',
  ]);
});

test('three hundred files that import each other are read once each', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, n) => [
      `m${n}.ts`,
      `import { v as w } from './m${(n + 1) % 300}.ts'; export function v(): number { return ${n === 299 ? '1' : 'w() && 1'}; }`,
    ]),
  );
  const value = await outcomeOf({
    ...files,
    'platform.config.ts': "import { v } from './m0.ts';\nexport default { a: v() };",
  });
  assert.deepEqual(value, { a: 1 });
});

test('three thousand imports of what is not there end in a hundred findings', async () => {
  const found = await outcomeOf({
    'platform.config.ts': `${Array.from({ length: 3000 }, (_, n) => `import './m${n}.ts';\n`).join('')}export default {};`,
  });
  assert.ok(Array.isArray(found));
  assert.deepEqual([found.length, found.at(-1)], [101, '- load/more: more is wrong than these 100 things']);
});

test('what an imported file imports is judged as the first one is', async () => {
  const found = await outcomeOf({ ...importing('./a.ts'), 'a.ts': "export { default } from './b.ts';" }, ({ root }) =>
    symlinkSync('../canary.ts', join(root, 'b.ts')),
  );
  assert.deepEqual(found, [`a.ts:${linked('./b.ts')}`]);
});
