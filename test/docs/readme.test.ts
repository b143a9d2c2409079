import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { workspace } from '../commands/workspace.ts';

/** The README's walk, done: what it shows is what is printed, but for numbers that change whenever somebody changes the platform. */

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** What the README shows after a command, by the order in which it shows it. */
const shown = [...readme.matchAll(/^```\n\$ npm run --silent compile\n([\s\S]*?)^```$/gm)].map(([, text = '']) =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('$ '))
    .join('\n'),
);

/** Lines, counts of documents and seconds taken away. */
function withoutNumbers(text = ''): string {
  return text
    .replaceAll(/(platform\.config\.ts):\d+:/g, '$1:*:')
    .replaceAll(/^ {4}(\d+)? *\|/gm, '    * |')
    .replace(/^\d+ documents, (.*), [\d.]+ s$/m, '* documents, $1, * s');
}

test('the README shows two compiles', () => assert.equal(shown.length, 2));

test('a changed number: the documents it decides, and why', async (t) => {
  const { run, edit } = workspace(t);
  await run('compile');
  edit('replicaCount: 3', 'replicaCount: 4');
  const { code, out, error } = await run('compile');
  assert.equal(code, 0);
  const [, afterWarnings = ''] = error.split(/^\d+ \w+(?:, \d+ \w+)*\n/m);
  assert.equal(withoutNumbers(`${out}${afterWarnings}`), withoutNumbers(shown[0]));
});

test('a mistake: one finding at its place', async (t) => {
  const { run, edit } = workspace(t);
  edit("in: { staging: { pool: 'etljobs' } }", "in: { staging: { pool: 'etljob' } }");
  const { code, error } = await run('compile');
  assert.equal(code, 1);
  assert.equal(withoutNumbers(error), withoutNumbers(shown[1]));
});

test('a broken rule points to the line', async (t) => {
  const { run, edit } = workspace(t);
  edit("PUBLIC_URL: { self: 'publicUrl' },", "PUBLIC_URL: { self: 'publicUrl' },\n        API_PASSWORD: 'hunter2',");
  const { code, error } = await run('check');
  assert.equal(code, 1);
  assert.match(error, /^platform\.config\.ts:\d+:\d+ error secrets\/plain_credential\n.*\n.*API_PASSWORD: 'hunter2'/m);
});

test('the service that the README adds compiles, everywhere or in staging alone', async (t) => {
  const service = /^```ts\n('ani-report': \{[\s\S]*?^\},)\n```$/m.exec(readme)?.[1];
  assert.ok(service);
  const { run, edit, tree } = workspace(t);
  edit('  services: {\n', `  services: {\n${service}\n`);
  const { code, error } = await run('compile');
  assert.equal(code, 0, error);
  const documents = () => Object.keys(tree()).filter((path) => path.includes('ani-report'));
  assert.equal(documents().length, 6);
  edit("args: ['report'],", "args: ['report'],\n  in: { prod: false },");
  assert.equal((await run('compile')).code, 0);
  assert.ok(documents().every((path) => path.includes('/staging/')));
});
