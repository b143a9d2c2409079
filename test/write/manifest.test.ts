import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { test } from 'node:test';
import { printManifest } from '../../lib/write/manifest.ts';
import { at, checkoutOf, codes, contents, file, lay, outOf, planned, put, textAt } from './rig.ts';

const digest = `sha256:${'0'.repeat(64)}`;

test('a manifest is the same text whatever the order of its documents', () => {
  const entries = [
    { target: 't', path: 't/b', kind: 'thing', owner: 'compiler' as const, digest },
    { target: null, path: 'model.json', kind: 'model', owner: 'compiler' as const, digest },
  ];
  const text = printManifest(entries, { opa: '1.2.3', compiler: '1.0.0' });
  assert.equal(text, printManifest([...entries].reverse(), { compiler: '1.0.0', opa: '1.2.3' }));
  assert.equal(
    text,
    `{
  "_generated": "by the platform compiler from platform.config.ts; it tells whose each document is: do not edit",
  "version": 1,
  "madeBy": {
    "compiler": "1.0.0",
    "opa": "1.2.3"
  },
  "documents": [
    {
      "target": null,
      "path": "model.json",
      "kind": "model",
      "owner": "compiler",
      "digest": null
    },
    {
      "target": "t",
      "path": "t/b",
      "kind": "thing",
      "owner": "compiler",
      "digest": "${digest}"
    }
  ]
}
`,
  );
});

test('a manifest that cannot be used is found, and rebuilt by force', async (t) => {
  const entry = { target: 't', path: 't/a', kind: 'k', owner: 'compiler', digest };
  const broken: [string, string][] = [
    ['{', 'it is not JSON'],
    ['', 'it is not JSON'],
    ['[]', 'it is not a manifest'],
    ['{"version":1}', 'it is not a manifest'],
    ['{"version":"1","documents":[]}', 'it is not a manifest'],
    ['{\n<<<<<<< HEAD\n=======\n>>>>>>> main\n}', 'it has the marks of a merge conflict'],
    [JSON.stringify({ version: 1, documents: [null] }), 'its documents[0] is not an entry'],
    ...[{ owner: 'root' }, { target: 1 }, { path: 1 }, { kind: null }, { digest: null }, { digest: 1 }].map(
      (wrong): [string, string] => [
        JSON.stringify({ version: 1, documents: [{ ...entry, ...wrong }] }),
        'its documents[0] is not an entry',
      ],
    ),
    [JSON.stringify({ version: 1, documents: [{ ...entry, digest: 'sha256:0' }] }), 'its documents[0] is not an entry'],
    [JSON.stringify({ version: 1, documents: [entry, entry] }), 'it lists `t/a` twice'],
  ];
  for (const [text, problem] of broken) {
    const folder = outOf(t);
    await lay(folder, [file('t/a', '1')]);
    put(folder, 'manifest.json', text);
    const refused = await lay(folder, [file('t/a', '2')]);
    assert.deepEqual(
      refused.findings.map(({ severity, message }) => [severity, message]),
      [['error', `\`manifest.json\` cannot be used: ${problem}`]],
    );
    assert.equal(textAt(folder, 't/a'), '1');
    const forced = await lay(folder, [file('t/a', '2')], { force: true });
    assert.deepEqual(
      forced.findings.map(({ code, severity }) => [code, severity]),
      [['write/manifest', 'warning']],
    );
    assert.equal((await planned(folder, [file('t/a', '2')])).value.isFresh, true);
  }
});

test('without a manifest, documents that are what the compiler would write are taken for its own', async (t) => {
  const folder = outOf(t);
  const files = [file('t/a', '1'), file('t/b', '1')];
  await lay(folder, files);
  const before = contents(folder.directory);
  fs.rmSync(at(folder, 'manifest.json'));
  assert.equal((await planned(folder, files)).value.isFresh, false);
  const { value, findings } = await lay(folder, files);
  assert.deepEqual([value.changed, findings], [['manifest.json'], []]);
  assert.deepEqual(contents(folder.directory), before);
});

test('a manifest of a newer compiler is left alone, by force too', async (t) => {
  const folder = outOf(t);
  put(folder, 'manifest.json', '{"version":2}');
  for (const force of [false, true]) {
    const outcome = await lay(folder, [file('t/a', '1')], { force });
    assert.deepEqual(codes(outcome), ['write/newer-manifest manifest.json']);
    assert.deepEqual(contents(folder.directory), { 'manifest.json': '{"version":2}' });
  }
});

test('a manifest that a pull request edited cannot delete what lies elsewhere', async (t) => {
  for (const path of ['../secret', '/etc/hosts', '.git/config', 'a/../../secret', '.platform-journal/0', 'a\\..\\b']) {
    const folder = checkoutOf(t);
    await lay(folder, []);
    const manifest = JSON.parse(textAt(folder, folder.manifest) ?? '');
    manifest.documents.push({ target: 't', path, kind: 'k', owner: 'controller', digest });
    put(folder, folder.manifest, JSON.stringify(manifest));
    assert.deepEqual(codes(await lay(folder, [])), [`write/manifest-path ${folder.manifest}`], path);
    const { findings } = await lay(folder, [], { force: true });
    assert.deepEqual(
      findings.map(({ code, severity }) => [code, severity]),
      [['write/manifest-path', 'warning']],
    );
    assert.equal((await planned(folder, [])).value.isFresh, true, 'the entry is gone');
  }
});

test('a manifest that claims a person’s file deletes it only if it tells its very text', async (t) => {
  const folder = checkoutOf(t);
  put(folder, 'README.md', 'ours');
  await lay(folder, []);
  const manifest = JSON.parse(textAt(folder, folder.manifest) ?? '');
  manifest.documents.push({ target: 't', path: 'README.md', kind: 'k', owner: 'compiler', digest });
  put(folder, folder.manifest, JSON.stringify(manifest));
  assert.deepEqual(codes(await lay(folder, [])), ['write/edited-obsolete README.md']);
  assert.equal(textAt(folder, 'README.md'), 'ours');
});
