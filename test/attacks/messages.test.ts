import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acme } from '../acme.ts';
import { workspace } from '../commands/workspace.ts';

/** Moves a cursor, sets a title, turns the direction of writing, hides, or looks like another sign. */
const HOSTILE = '\u001b[2J\u001b]0;title\u0007\u009b31m\r\b\u202e\u2066\u200b\u2028\ufeff';

/** What of it may reach a terminal: nothing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const REACHES = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

const text = JSON.stringify(HOSTILE);

const cases: Readonly<Record<string, (text: string) => Record<string, string>>> = {
  'a message that is thrown': (text) => ({ 'platform.config.ts': `throw new Error(${text});` }),
  'a text that is thrown': (text) => ({ 'platform.config.ts': `throw ${text};` }),
  'the name of an error': (text) => ({
    'platform.config.ts': `throw Object.assign(new Error('a'), { name: ${text} });`,
  }),
  'the name of a class': (text) => ({
    'platform.config.ts': `class A {}\nObject.defineProperty(A, 'name', { value: ${text} });\nexport default { a: new A() };`,
  }),
  'a symbol': (text) => ({ 'platform.config.ts': `export default { [Symbol(${text})]: 1 };` }),
  'a key': (text) => ({ 'platform.config.ts': `export default { [${text}]: 1 };` }),
  'the name of a service': (text) => ({ 'platform.config.ts': `export default { services: { [${text}]: {} } };` }),
  'a value': (text) => ({ 'platform.config.ts': `export default { name: ${text} };` }),
  'an import': (text) => ({ 'platform.config.ts': `import ${text};\nexport default {};` }),
  'an import of a file': (text) => ({
    'platform.config.ts': `import ${JSON.stringify(`./${JSON.parse(text)}.ts`)};\nexport default {};`,
  }),
  'the source itself': (text) => ({
    'platform.config.ts': `export default { name: 1 /* ${JSON.parse(text).replaceAll('\u2028', '')} */ };`,
  }),
  'an imported file': (text) => ({
    'platform.config.ts': "import a from './a.json';\nexport default { a };",
    'a.json': JSON.parse(text),
  }),
  'a name of a file': () => ({
    'platform.config.ts': `import ${JSON.stringify('./\u001b[2J\u202e.ts')};\nexport default {};`,
    '\u001b[2J\u202e.ts': 'throw new Error("a");',
  }),
};

for (const [what, files] of Object.entries(cases))
  test(`Helm GHSA-c38g-469g-cmgx: terminal escapes and bidi characters in ${what} are shown escaped`, async (t) => {
    const place = workspace(t);
    for (const [path, content] of Object.entries(files(text)))
      place.write(
        path,
        `${content}${path.endsWith('.json') ? '' : '\nexport default {};'.repeat(Number(!content.includes('export default')))}`,
      );
    const { code, out, error } = await place.run('compile');
    assert.equal(code, 1, error);
    assert.doesNotMatch(out + error, REACHES);
    assert.match(error, /\\u\{1b\}|\\u001b/);
  });

test('Helm GHSA-c38g-469g-cmgx: the words of a call are shown escaped', async (t) => {
  const place = workspace(t);
  place.write('platform.config.ts', `export default ${JSON.stringify(acme())};`);
  const calls = [
    [HOSTILE],
    ['compile', `--${HOSTILE}`],
    ['compile', '--config', `../${HOSTILE}`],
    ['compile', '--config', HOSTILE],
    ['compile', '--only', HOSTILE],
    ['deliver', HOSTILE],
    ['deliver', `${HOSTILE}=.`],
    ['deliver', `a=${HOSTILE}`],
  ];
  for (const call of calls) {
    const { code, out, error } = await place.run(...call);
    assert.ok(code === 1 || code === 2, `${code}: ${error}`);
    assert.doesNotMatch(out + error, REACHES, JSON.stringify(call));
  }
});
