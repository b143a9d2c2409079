import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workspace } from '../commands/workspace.ts';
import { findingsOf } from '../load/repository.ts';

// What reads the configuration before the sandbox does: parser, walker, bundler. They have no limits of their own.

const TIMES = 20_000;

const tooDeep = '1:1 load/too-deep: `platform.config.ts` is nested too deeply to be parsed';

const nested: Readonly<Record<string, string>> = {
  // A scanner cannot tell these from regular expressions, strings and comments.
  'lists after `++`': `let a = 1; export const b = a++ /${'['.repeat(TIMES)}1${']'.repeat(TIMES)};`,
  'lists after a number with a dot': `export const b = 1./${'['.repeat(TIMES)}1${']'.repeat(TIMES)};`,
  'lists after a property named as a keyword': `export const b = ({} as any).return /${'['.repeat(TIMES)}1${']'.repeat(TIMES)};`,
  'lists after a name that is not of ASCII': `const é = 1; export const b = é /${'['.repeat(TIMES)}1${']'.repeat(TIMES)};`,
  'lists after a regular expression with a quote': `if (1) /'/; ${'['.repeat(TIMES)}1${']'.repeat(TIMES)};`,
  'lists after a regular expression with two slashes': `if (1) /[//]/; ${'['.repeat(TIMES)}1${']'.repeat(TIMES)};`,
  'lists after a comment that a line separator ends': `// \u2028 export const b = ${'['.repeat(TIMES)}1${']'.repeat(TIMES)};`,
  'statements without braces': 'if (1)\n'.repeat(TIMES),
  'one alternative after another': 'if (0); else '.repeat(TIMES),
  'operators at the ends of lines': `export const a = ${'typeof\n'.repeat(TIMES)}1;`,
  'assertions at the ends of lines': `export const a = 1 ${'as\nany '.repeat(TIMES)};`,
  'operators of types': `export type A = ${'keyof\n'.repeat(TIMES)}1;`,
};

for (const [what, source] of Object.entries(nested))
  test(`npm yaml CVE-2026-33532: ${what}, nested until a parser would overflow its stack, are found`, async () => {
    assert.deepEqual(await findingsOf([`${source}\nexport default {};`]), [tooDeep]);
  });

test('among files that are tried in one process, the ones that end it are found, and no other', async () => {
  const flat = `export const a = [${'[1],'.repeat(3000)}];`;
  const deep = nested['lists after `++`'] ?? '';
  const files = { 'a.ts': flat, 'b.ts': deep, 'c.ts': flat, 'd.ts': deep, 'e.ts': flat };
  const imports = Object.keys(files).map((name) => `import './${name}';`);
  const found = (name: string) => `${name}:1:1 load/too-deep: \`${name}\` is nested too deeply to be parsed`;
  assert.deepEqual(await findingsOf({ ...files, 'platform.config.ts': [...imports, 'export default {};'] }), [
    found('b.ts'),
    found('d.ts'),
  ]);
  assert.deepEqual(
    await findingsOf({ 'a.ts': flat, 'platform.config.ts': ["import './a.ts';", flat, 'export default {};'] }),
    [],
  );
});

test('functions that the bundler would try again and again are broken off, and it works again afterwards', async () => {
  const source = `let a: any, b: any, c: any; export const d: any = ${'a ? (b): any => ('.repeat(40)}1${') : c'.repeat(40)};`;
  assert.deepEqual(await findingsOf([source, 'export default {};'], { bundleMilliseconds: 500 }), [
    '- load/timeout: `platform.config.ts` and what it imports are not put together within 500 ms',
  ]);
  assert.deepEqual(await findingsOf(['export default {};']), []);
});

test('thousands of mistakes are a hundred findings', async () => {
  const more = '- load/more: more is wrong than these 100 things';
  const sources: Readonly<Record<string, string>> = {
    'a key written again': `export default { a: {${'a: 1,'.repeat(130_000)}} };`,
    'a name made again': `${'const a = 1;'.repeat(1000)} export default {};`,
    'await where nothing is waited for': `${'await 1;'.repeat(5000)} export default {};`,
  };
  for (const [what, source] of Object.entries(sources)) {
    const found = await findingsOf([source]);
    assert.deepEqual([found.length, found.at(-1)], [101, more], what);
  }
});

test('a syntax error after a text of millions of characters is found', async () => {
  for (const text of ['a'.repeat(3e6), '\\n'.repeat(15e5)]) {
    assert.deepEqual(await findingsOf([`const a = \`${text}\`; }`, 'export default { a };']), [
      `1:${text.length + 15} load/syntax: unexpected token`,
    ]);
  }
});

test('a command ends with 1 for what cannot be read, and writes nothing', async (t) => {
  const place = workspace(t);
  place.write('platform.config.ts', `${nested['lists after `++`']}\nexport default {};`);
  for (const command of ['compile', 'check']) {
    const { code, out, error } = await place.run(command);
    assert.deepEqual([code, out], [1, '']);
    assert.match(error, /nested too deeply to be parsed/);
  }
  assert.throws(() => place.tree(), /ENOENT/);
});
