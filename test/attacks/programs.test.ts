import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { policiesFolder } from '../../lib/judge/lock.ts';

const root = new URL('../../', import.meta.url);

/** Files of ours that are run, by their paths. */
function* sources(...folders: readonly string[]): Generator<readonly [path: string, text: string]> {
  for (const folder of folders)
    for (const path of readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }))
      if (path.endsWith('.ts')) yield [`${folder}${path}`, readFileSync(new URL(`${folder}${path}`, root), 'utf8')];
}

test('Kyverno CVE-2026-22039: rules can call nothing out of themselves', () => {
  // What else they may not use: test/judge/capabilities.test.ts.
  const { builtins, allow_net: net = [] } = JSON.parse(
    readFileSync(new URL('capabilities.json', policiesFolder), 'utf8'),
  );
  assert.deepEqual(net, []);
  const calling = /^(http\.|net\.|opa\.runtime|rego\.parse_module|providers\.|io\.jwt|crypto\.x509|graphql\.)/;
  assert.deepEqual(
    builtins.map(({ name }: { name: string }) => name).filter((name: string) => calling.test(name)),
    [],
  );
});

test('Kyverno CVE-2026-22039: nothing of the compiler has a network', () => {
  for (const [path, text] of sources('lib/'))
    assert.doesNotMatch(text, /from 'node:(https?|net|tls|dgram|dns|http2|inspector|vm)(\/\w+)?'|\bfetch\(/, path);
});

test('Helm GHSA-qq3j-xp49-j73f, CVE-2025-32386: nothing is unpacked onto the disk, by us or by a program we call', () => {
  const unpacking =
    /\b(untar|unzip|bsdtar|tar\.x|extractall|unpack_archive|decompress)\b|'tar'|--untar|createGunzip|createUnzip|inflate/;
  for (const [path, text] of sources('lib/', 'scripts/')) assert.doesNotMatch(text, unpacking, path);
  // The one archive that is read is OPA's bundle of our own rules: one file of it, in memory.
  const reading = [...sources('lib/', 'scripts/')].filter(([, text]) => text.includes('gunzip')).map(([path]) => path);
  assert.deepEqual(reading, ['scripts/compile-policies.ts']);
});

test('programs are called with words, never by a shell', () => {
  for (const [path, text] of sources('lib/', 'scripts/'))
    assert.doesNotMatch(text, /\bexec(Sync)?\(\s*[`'"]|shell: true|\bexec\b[^;]*from 'node:child_process'/, path);
});

/** Ids of attacks in the list that lies beside the checkout. */
function idsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/(CVE-\d{4}-\d+|GHSA-\w{4}-\w{4}-\w{4})/g)].map(([id]) => id))];
}

test('every attack of the list is the name of a test here', (t) => {
  const list = new URL('../../../shared/reference/attacks.md', import.meta.url);
  if (!existsSync(list)) return t.diagnostic('not run: the list does not lie beside the checkout');
  const names = [...sources('test/attacks/')].flatMap(([, text]) =>
    [...text.matchAll(/\btest\(\s*([`'])(.*?)\1,/gs)].map(([, , name]) => name),
  );
  const ids = idsIn(readFileSync(list, 'utf8'));
  assert.ok(ids.length > 20);
  assert.deepEqual(
    ids.filter((id) => !names.some((name) => name?.includes(id))),
    [],
  );
});
