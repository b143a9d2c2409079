import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { printFindings } from '../../lib/finding/print.ts';
import { load } from '../../lib/load/load.ts';
import { findingsOf, inOneLine, loaded, withRepository } from './repository.ts';

test('all syntax errors of all files are found, and nothing is run', async () => {
  const files = {
    'platform.config.ts': ["import './a.ts';", 'throw 1;', 'const a = { b: };', 'export default { a };'],
    'a.ts': 'const a = (;\n',
  };
  assert.deepEqual(
    await findingsOf({
      ...files,
      'platform.config.ts': ["import './a.ts';", "import './b.json';", 'export default {};'],
      'b.json': '{"a": 1,}',
    }),
    [
      'a.ts:1:12 load/syntax: unexpected token',
      'b.json:1:9 load/syntax: unexpected `}`, where a key in double quotes is expected',
    ],
  );
  assert.deepEqual(await findingsOf(files), ['3:16 load/syntax: unexpected token']);
  assert.deepEqual(await findingsOf(['const a = 1;', 'const a = 2;', 'export default { ...{ a } };']), [
    '2:7 load/syntax: the symbol "a" has already been declared',
  ]);
  assert.deepEqual(
    await findingsOf({
      'platform.config.ts': ["import { b } from './a.ts';", 'export default { b };'],
      'a.ts': 'export const a = 1;',
    }),
    ['1:10 load/missing-export: imports `b`, which `a.ts` does not export as a value'],
  );
});

test('JSON is read strictly, with the place of what is wrong', async () => {
  const at = async (json: string) => {
    const files = {
      'platform.config.ts': ["import a from './a.json' with { type: 'json' };", 'export default { a };'],
      'a.json': json,
    };
    return (await findingsOf(files)).join('\n');
  };
  assert.equal(await at('{"a": "x\\q"}'), 'a.json:1:7 load/syntax: unexpected escape in a string');
  assert.equal(
    await at("{'a': 1}"),
    "a.json:1:2 load/syntax: unexpected `'`, where a key in double quotes is expected",
  );
  assert.equal(await at('{\n  "a": [1 2]\n}'), 'a.json:2:11 load/syntax: unexpected `2`, where `,` or `]` is expected');
  assert.equal(await at('{"a": NaN}'), 'a.json:1:7 load/syntax: unexpected `N`, where a value is expected');
  assert.equal(await at('{"a": "\n"}'), 'a.json:1:8 load/syntax: unexpected `\n`, where `"` is expected');
  assert.equal(
    await at('{"a": 1'),
    'a.json:1:8 load/syntax: unexpected the end of the file, where `,` or `}` is expected',
  );
  assert.equal(await at('{} // no'), 'a.json:1:4 load/syntax: unexpected `/`, where the end of the file is expected');
  assert.equal(await at('{"b": {"__proto__": 1}}'), 'a.json:1:8 load/forbidden-key: `__proto__` is used as a key');
  assert.equal(
    await at(`${'['.repeat(100_000)}`),
    'a.json:1:401 load/syntax: unexpected more than 400 levels of nesting',
  );
});

/** `3:5 and 2:5 name`, of each key that is written twice. */
async function twice(files: Parameters<typeof loaded>[0]): Promise<string[]> {
  const { value, findings } = await loaded(files);
  assert.equal(value === undefined, findings.length > 0);
  return findings.map(({ code, message, place, other }) => {
    const name = /^`(.*)` is written twice here$/.exec(message)?.[1];
    assert.equal(code, 'load/duplicate-key');
    assert.equal(other?.file, place?.file);
    return `${place?.line}:${place?.column} and ${other?.line}:${other?.column} ${name}`;
  });
}

test('a key written twice in one object literal is found, however it is written', async () => {
  assert.deepEqual(await twice(['export default {', '  a: 1,', "  'a': 2,", '};']), ['3:3 and 2:3 a']);
  assert.deepEqual(await twice(['export default {', "  1: 'x', '1': 'y', 0x1: 'z',", '};']), [
    '2:11 and 2:3 1',
    '2:21 and 2:3 1',
  ]);
  assert.deepEqual(
    await twice([
      'const f = (a: number) => ({ a, b: [{ c: 1, c: 2 }], a: 3 });',
      'export default { d: { ...f(1) }, d: f(2), e: { d: 4 } };',
    ]),
    ['1:44 and 1:38 c', '1:53 and 1:29 a', '2:34 and 2:18 d'],
  );
});

test('a key written twice in an imported JSON file is found', async () => {
  const files = (json: string) => ({
    'platform.config.ts': ["import a from './a.json' with { type: 'json' };", 'export default { a };'],
    'a.json': json,
  });
  assert.deepEqual(await twice(files('{\n"a": { "b": 1, "\\u0062": 2 },\n"b": 3,\n"a": 4 }')), [
    '2:16 and 2:8 b',
    '4:1 and 2:1 a',
  ]);
  assert.deepEqual(await twice(files('[{ "a": 1 }, { "a": { "a": 2 } }]')), []);
});

test('what a spread, a computed key or a pair of getter and setter says again is no mistake', async () => {
  assert.deepEqual(
    await twice([
      "const a = { b: 1, ['b']: 2, ...{ b: 3 } };",
      'const c = { get d() { return 1; }, set d(value) {} };',
      'const { b: e, b: f } = a;',
      'export default { ...a, b: e + f + c.d, g: { b: 1 } };',
    ]),
    [],
  );
});

test('source nested too deeply for the parser is found, whatever nests', async () => {
  const deep = async (before: string, inner: string, after: string, times = 100_000) => {
    const source = [
      `export const a: any = ${before.repeat(times)}${inner}${after.repeat(times)};`,
      'export default {};',
    ];
    return (await findingsOf(source)).map((finding) => finding.replace(/^1:\d+/, '1:_'));
  };
  const expected = ['1:_ load/too-deep: the source is nested too deeply here'];
  assert.deepEqual(await deep('[', '', ']'), expected);
  assert.deepEqual(await deep('{a:', '1', '}'), expected);
  assert.deepEqual(await deep('(', '1', ')'), expected);
  assert.deepEqual(await deep('`${', '1', '}`'), expected);
  assert.deepEqual(await deep('!', '1', ''), expected);
  assert.deepEqual(await deep('1+', '1', ''), expected);
  assert.deepEqual(await deep('a=>', '1', ''), expected);
  assert.deepEqual(await deep('1 ? 2 : ', '3', ''), expected);
  assert.deepEqual(await deep('typeof ', '3', ''), expected);
  assert.deepEqual(await deep('<A<', '3', ''), expected);
  assert.deepEqual(await deep('[', '', ']', 150), []);
  assert.deepEqual(await deep('1+', '1', '', 1000), []);
});

test('long files with little nesting are read', async () => {
  const lines = Array.from(
    { length: 5000 },
    (_, n) => `export const a${n} = { b: [${n}, 'it''s'.length, /[/]'"\`\\(/.test("(") ? 1 : 2] }`,
  );
  const source = [...lines.map((line) => line.replace("'it''s'", `"it's ("`)), 'export default { a: a4999 }'];
  assert.deepEqual(await findingsOf(source), []);
});

test('imports of anything but files of the repository are found at their statements', async () => {
  const source = [
    "import { readFileSync } from 'node:fs';",
    "import fs from 'fs';",
    "  import { z } from 'zod';",
    "import type { Model } from 'zod';",
    "import { type Other } from '@scope/package';",
    "export * from 'https://example.com/a.ts';",
    "import '/etc/passwd.json';",
    "import '../outside.ts';",
    "import './a/../../outside.json';",
    "import './missing.ts';",
    "import './script.js';",
    "import './types.d.ts';",
    "import './page';",
    "import './a.ts?x';",
    "import '.';",
    "import './a\\\\b.ts';",
    'export default {};',
  ];
  const bare = (name: string) => `load/bare-import: imports \`${name}\`, which is not a file of this repository`;
  const outside = (name: string) =>
    `load/outside-repository: imports \`${name}\`, which lies outside of this repository`;
  const extension = (name: string) => `load/import-extension: imports \`${name}\`, which is neither .ts nor .json`;
  assert.deepEqual(await findingsOf(source), [
    `1:1 ${bare('node:fs')}`,
    `2:1 ${bare('fs')}`,
    `3:3 ${bare('zod')}`,
    `6:1 ${bare('https://example.com/a.ts')}`,
    `7:1 ${bare('/etc/passwd.json')}`,
    `8:1 ${outside('../outside.ts')}`,
    `9:1 ${outside('./a/../../outside.json')}`,
    '10:1 load/missing-file: imports `./missing.ts`, which does not exist',
    `11:1 ${extension('./script.js')}`,
    `12:1 ${extension('./types.d.ts')}`,
    `13:1 ${extension('./page')}`,
    `14:1 ${extension('./a.ts?x')}`,
    `15:1 ${bare('.')}`,
    '16:1 load/missing-file: imports `./a\\b.ts`, which does not exist',
  ]);
});

test('links are followed inside of the repository and refused out of it, through chains and folders', async () => {
  const outside = { 'secret.json': '{"secret": 1}', 'folder/a.ts': 'export default 1;' };
  await withRepository(outside, async (elsewhere) => {
    const files = { 'platform.config.ts': '', 'real/a.ts': 'export const a = { b: 1 };' };
    await withRepository(files, async (root) => {
      await symlink('real', join(root, 'inside'));
      await symlink(join(elsewhere, 'secret.json'), join(root, 'secret.json'));
      await symlink('secret.json', join(root, 'chain.json'));
      await symlink(join(elsewhere, 'folder'), join(root, 'folder'));
      await symlink('nowhere.ts', join(root, 'dangling.ts'));
      await symlink('loop.ts', join(root, 'loop.ts'));
      const write = (...lines: string[]) => writeFile(join(root, 'platform.config.ts'), lines.join('\n'));
      await write(
        "import './secret.json';",
        "import './chain.json';",
        "import './folder/a.ts';",
        "import './dangling.ts';",
        "import './loop.ts';",
        'export default {};',
      );
      const link = (name: string) =>
        `load/outside-repository: imports \`${name}\`, which links to a file outside of this repository`;
      assert.deepEqual((await load({ root })).findings.map(inOneLine), [
        `1:1 ${link('./secret.json')}`,
        `2:1 ${link('./chain.json')}`,
        `3:1 ${link('./folder/a.ts')}`,
        '4:1 load/missing-file: imports `./dangling.ts`, which does not exist',
        '5:1 load/missing-file: imports `./loop.ts`, which does not exist',
      ]);
      await write(
        "import { a } from './inside/a.ts';",
        "import { a as b } from './real/a.ts';",
        'export default { same: a === b, a };',
      );
      const { value, findings } = await load({ root });
      assert.deepEqual(findings, []);
      assert.deepEqual(value?.value, { same: true, a: { b: 1 } });
      assert.equal(value?.places.of(['a', 'b'])?.place.file, 'real/a.ts');
    });
  });
});

test('a missing entry, a folder and bytes that are no text are found', async () => {
  assert.deepEqual(await findingsOf({}), ['- load/missing-file: there is no `platform.config.ts` in this repository']);
  assert.deepEqual(await findingsOf({ 'platform.config.ts/a': '' }), [
    '- load/unreadable: `platform.config.ts` cannot be read: it is no file',
  ]);
  const files = {
    'platform.config.ts': ["import './a.json';", 'export default {};'],
    'a.json': new Uint8Array([0x22, 0xff, 0x22]),
  };
  assert.deepEqual(await findingsOf(files), ['1:1 load/unreadable: `a.json` cannot be read: it is not UTF-8']);
});

test('files that import each other are read once', async () => {
  const files = (a: string) => ({
    'platform.config.ts': ["import { a } from './a.ts';", 'export default { a: a() };'],
    'a.ts': ["import { b } from './b.ts';", `export ${a}`],
    'b.ts': ["import { a } from './a.ts';", 'export const b = typeof a;'],
  });
  assert.deepEqual((await loaded(files('function a() { return b; }'))).value?.value, { a: 'function' });
  assert.deepEqual(await findingsOf(files('const a = () => b;')), [
    'b.ts:2:25 load/used-early: `a` is used before it is made',
  ]);
});

test('another file can be the entry', async () => {
  const { value } = await loaded({ 'config/other.ts': 'export default { a: 1 };' }, { entry: 'config/other.ts' });
  assert.deepEqual(value?.value, { a: 1 });
  assert.equal(value?.places.of(['a'])?.place.file, 'config/other.ts');
});

test('what was read is there for code frames, also when nothing came of it', async () => {
  const printed = async (source: readonly string[]) => {
    const { findings, files } = await loaded(source);
    return printFindings(findings, { files });
  };
  assert.equal(
    await printed(['const pools = {', '  main: ,', '};', 'export default { pools };']),
    [
      'platform.config.ts:2:9 error load/syntax',
      '  unexpected token',
      '    2 |   main: ,',
      '      |         ^',
      '',
    ].join('\n'),
  );
  assert.equal(
    await printed(['export default {', '  at: Date.now(),', '};']),
    [
      'platform.config.ts:2:7 error load/not-deterministic',
      '  the configuration uses `Date`',
      '    2 |   at: Date.now(),',
      '      |       ^^^^',
      '  expected: a value that is the same at every compile',
      '  help: write the value down',
      '',
    ].join('\n'),
  );
  const { files } = await loaded({ 'platform.config.ts': ["import './a.ts';", 'export default {};'], 'a.ts': '}' });
  assert.deepEqual(
    [...files],
    [
      ['platform.config.ts', "import './a.ts';\nexport default {};"],
      ['a.ts', '}'],
    ],
  );
});
