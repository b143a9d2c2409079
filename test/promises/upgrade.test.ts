// What an earlier release wrote is understood by this one: what is the compiler's follows, what is obsolete goes, and what people and
// controllers made of theirs stays byte for byte; what a later release wrote is left alone.

import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { VERSION } from '../../lib/pipeline.ts';
import { digestOf } from '../../lib/write/digest.ts';
import type { File, Folder } from '../../lib/write/folder.ts';
import type { ManifestEntry } from '../../lib/write/manifest.ts';
import { type Desk, deskOf } from '../write/real.ts';
import {
  at,
  checkoutOf,
  codes,
  contents,
  file,
  hostOf,
  Kill,
  lay,
  outOf,
  planned,
  processNumber,
  put,
  quickDisk,
  steps,
  textAt,
} from '../write/rig.ts';
import { type Disk, snapshot } from '../write/scenes.ts';

const released = fileURLToPath(new URL('released', import.meta.url));
const versions = fs.readdirSync(released).filter((name) => fs.existsSync(path.join(released, name, 'out')));

type Release = Readonly<{ desk: Desk; out: string; before: Disk; entries: ManifestEntry[]; theirs: string[] }>;

/** What a release wrote, on a desk of its own. */
function copyOf(t: TestContext, version: string): Release {
  const desk = deskOf(t);
  const out = path.join(desk.directory, 'out');
  fs.cpSync(path.join(released, version, 'out'), out, { recursive: true });
  desk.configure(configurationOf(version));
  const before = snapshot(out);
  const { documents } = JSON.parse(before['manifest.json'] ?? '') as { documents: ManifestEntry[] };
  const isChanged = ({ path, digest }: ManifestEntry) => digestOf(Buffer.from(before[path] ?? '')) !== digest;
  const theirs = documents.filter((entry) => entry.owner !== 'compiler' && isChanged(entry)).map(({ path }) => path);
  return { desk, out, before, entries: documents, theirs };
}

function configurationOf(version: string): string {
  const text = fs.readFileSync(path.join(released, version, 'platform.config.ts'), 'utf8');
  return text.replace('../../../../lib/', './lib/');
}

const only = (disk: Disk, paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, disk[path]]));

for (const version of versions) {
  test(`out/ of ${version} is compiled over, and what is not the compiler’s stays`, async (t) => {
    const { desk, out, before, entries, theirs } = copyOf(t, version);
    const owners = new Set(entries.filter(({ path }) => theirs.includes(path)).map(({ owner }) => owner));
    assert.deepEqual([...owners].sort(), ['controller', 'scaffold'], 'both have changed something');

    const { code, error } = await desk.run('compile');
    assert.equal(code, 0, error);
    assert.doesNotMatch(error, /write\//, 'nothing is a stray, an orphan or a doubt');
    const after = snapshot(out);
    assert.deepEqual(only(after, theirs), only(before, theirs));
    const { documents, madeBy } = JSON.parse(after['manifest.json'] ?? '');
    assert.deepEqual(Object.values(madeBy), [VERSION]);
    const paths = documents.map(({ path }: ManifestEntry) => path);
    assert.deepEqual(Object.keys(after).sort(), ['manifest.json', ...paths].sort());
    assert.equal((await desk.run('check')).code, 0);
  });

  test(`a service is taken out of what ${version} wrote`, async (t) => {
    const { desk, out, before, theirs } = copyOf(t, version);
    const isAbout = (path: string) => /\bcache\b/.test(path);
    assert.ok(Object.keys(before).some(isAbout));
    desk.configure(configurationOf(version).replace(/^ {4}cache: .*\n/m, ''));
    const { code, error } = await desk.run('compile');
    assert.equal(code, 0, error);
    assert.doesNotMatch(error, /write\//);
    const after = snapshot(out);
    assert.deepEqual(Object.keys(after).filter(isAbout), []);
    assert.deepEqual(only(after, theirs), only(before, theirs));
  });

  test(`a hand edit of a document of the compiler’s is found in what ${version} wrote`, async (t) => {
    const { desk, out, before, entries } = copyOf(t, version);
    const values = entries.find(({ kind }) => kind === 'values')?.path ?? '';
    fs.writeFileSync(path.join(out, values), 'by: hand\n');
    const { code, error } = await desk.run('compile');
    assert.equal(code, 1);
    assert.match(error, /error write\/hand-edit/);
    assert.deepEqual(snapshot(out), { ...before, [values]: 'by: hand\n' });
  });

  test(`what a release after this one wrote over ${version} is left alone`, async (t) => {
    const { desk, out, before } = copyOf(t, version);
    const text = (before['manifest.json'] ?? '').replace('"version": 1', '"version": 2');
    fs.writeFileSync(path.join(out, 'manifest.json'), text);
    for (const args of [['compile'], ['compile', '--force'], ['check']]) {
      const { code, error } = await desk.run(...args);
      assert.equal(code, 1);
      assert.match(
        error,
        /out\/manifest\.json error write\/newer-manifest\n {2}`manifest\.json` has version 2: a newer/,
      );
      assert.deepEqual(snapshot(out), { ...before, 'manifest.json': text });
    }
  });
}

test('what this version writes is frozen before it is released', () => {
  assert.ok(versions.includes(VERSION), 'node --import tsx test/promises/freeze.ts');
});

// What later releases will do, with folders as the present one leaves them.

const folders = (t: TestContext): [string, Folder][] => [
  ['out/', outOf(t)],
  ['a checkout', checkoutOf(t)],
];

type Owner = File['owner'];

/** What becomes of `old` (as it was written) and of `theirs` (as somebody changed it) when another owner's `new` is to lie there. */
const changes: readonly Readonly<{ from: Owner; to: Owner; untouched: string; changed: string; finding?: string }>[] = [
  { from: 'compiler', to: 'scaffold', untouched: 'new', changed: 'theirs' },
  { from: 'compiler', to: 'controller', untouched: 'new', changed: 'theirs' },
  { from: 'scaffold', to: 'compiler', untouched: 'new', changed: 'theirs', finding: 'write/was-scaffold' },
  { from: 'controller', to: 'compiler', untouched: 'new', changed: 'new' },
  // from one of them to the other, as any seed: it follows where only compiles write
  { from: 'scaffold', to: 'controller', untouched: 'new in out/', changed: 'theirs' },
  { from: 'controller', to: 'scaffold', untouched: 'new in out/', changed: 'theirs' },
];

for (const { from, to, untouched, changed, finding } of changes)
  test(`a document that was a ${from}’s becomes a ${to}’s`, async (t) => {
    for (const [name, folder] of folders(t))
      for (const force of [false, true])
        for (const standing of ['old', 'theirs']) {
          fs.rmSync(folder.directory, { recursive: true, force: true });
          fs.mkdirSync(folder.directory);
          await lay(folder, [file('t/a', 'old', { owner: from })]);
          put(folder, 't/a', standing);
          const next = [file('t/a', 'new', { owner: to })];
          const outcome = await lay(folder, next, { force });
          const label = `${standing} in ${name}, force: ${force}`;
          if (standing === 'theirs' && finding) {
            assert.deepEqual(codes(outcome), [`${finding} t/a`], label);
            assert.equal(textAt(folder, 't/a'), 'theirs', label);
            continue;
          }
          const isSeedKept = untouched.endsWith(' in out/') && name !== 'out/';
          const ofUntouched = isSeedKept ? 'old' : 'new';
          assert.deepEqual(codes(outcome), [], label);
          assert.equal(textAt(folder, 't/a'), standing === 'old' ? ofUntouched : changed, label);
          assert.equal((await planned(folder, next)).value.isFresh, true, label);

          // From then on it is the new owner's.
          put(folder, 't/a', 'changed later');
          const later = await lay(folder, [file('t/a', 'newer', { owner: to })]);
          assert.deepEqual(codes(later), to === 'compiler' ? ['write/hand-edit t/a'] : [], label);
          assert.equal(textAt(folder, 't/a'), 'changed later', label);
        }
  });

test('documents of a kind that moved to other paths go there, and a person’s stay where they are', async (t) => {
  const all = (place: string, text: string) => [
    file(`t/${place}/values`, text),
    file(`t/${place}/image`, text, { owner: 'controller' }),
    file(`t/${place}/written-image`, text, { owner: 'controller' }),
    file(`t/${place}/main`, text, { owner: 'scaffold' }),
    file(`t/${place}/changed-main`, text, { owner: 'scaffold' }),
  ];
  for (const [name, folder] of folders(t)) {
    await lay(folder, all('old', '1'));
    put(folder, 't/old/written-image', 'tag: 7');
    put(folder, 't/old/changed-main', 'mine');
    const next = all('new', '2');
    const outcome = await lay(folder, next);
    assert.deepEqual(codes(outcome), ['write/orphan-scaffold t/old/changed-main']);
    const { [folder.manifest]: _, ...rest } = contents(folder.directory);
    const news = Object.fromEntries(next.map(({ path, text }) => [path, text]));
    // A tag that a controller wrote is gone with its file: who moves such a kind has to carry tags over.
    assert.deepEqual(rest, { ...news, 't/old/changed-main': 'mine' });
    const strays = name === 'out/' ? ['write/stray t/old/changed-main'] : [];
    assert.deepEqual(
      codes(await planned(folder, next)),
      strays,
      'told of at each compile, as nobody keeps it up to date',
    );
  }
});

test('what a manifest has besides, from whichever release, is no reason to refuse it', async (t) => {
  for (const [, folder] of folders(t)) {
    await lay(folder, [file('t/a', '1'), file('t/b', '1')]);
    const manifest = JSON.parse(textAt(folder, folder.manifest) ?? '');
    const documents = manifest.documents.map((entry: object) => ({ ...entry, group: 'x', owner2: null }));
    const foreign = { $schema: 'x', ...manifest, documents, signedBy: { key: 'x' } };
    put(folder, folder.manifest, JSON.stringify(foreign));
    const next = [file('t/a', '2')];
    assert.deepEqual(steps(await planned(folder, next)), ['update t/a (text changed)', 'delete t/b (obsolete)']);
    assert.deepEqual(codes(await lay(folder, next)), []);
    assert.deepEqual(Object.keys(JSON.parse(textAt(folder, folder.manifest) ?? '')), Object.keys(manifest));
  }
});

test('an owner that this release does not know is refused: nobody’s file is written over', async (t) => {
  for (const [, folder] of folders(t)) {
    await lay(folder, [file('t/a', '1')]);
    const text = (textAt(folder, folder.manifest) ?? '').replace(
      '"compiler",\n      "digest',
      '"auditor",\n      "digest',
    );
    assert.match(text, /auditor/);
    put(folder, folder.manifest, text);
    const outcome = await lay(folder, [file('t/a', '2')]);
    assert.deepEqual(codes(outcome), [`write/manifest ${folder.manifest}`]);
    assert.equal(textAt(folder, 't/a'), '1');
  }
});

test('a write that an earlier release was killed in is completed, one of a later release is not', async (t) => {
  for (const [, folder] of folders(t)) {
    await lay(folder, [file('t/a', '1'), file('t/b', '1')]);
    const next = [file('t/a', '2'), file('t/c', '2', { owner: 'scaffold' })];
    const journal = '.platform-journal/journal.json';
    const kill = () => {
      throw new Kill();
    };
    let moves = 0;
    // the first move decides, the second one would be the first change
    const disk: typeof quickDisk = {
      ...quickDisk,
      remove: (path) => (moves > 0 ? kill() : quickDisk.remove(path)),
      move: (from, to) => (moves++ > 0 ? kill() : quickDisk.move(from, to)),
    };
    await assert.rejects(lay(folder, next, { host: hostOf(disk, processNumber(1)) }), Kill);
    const written = textAt(folder, journal) ?? '';
    const host = hostOf(quickDisk, processNumber(2));

    const before = contents(at(folder, 't'));
    put(folder, journal, written.replace('"version": 1', '"version": 2'));
    const refused = await lay(folder, next, { host });
    assert.deepEqual(codes(refused), ['write/journal .platform-journal']);
    assert.deepEqual(contents(at(folder, 't')), before);

    // as it was before steps told whose they are
    put(folder, journal, written.replaceAll(/,\s*"isTheirs": true/g, '').replace('"steps"', '"note": "x", "steps"'));
    assert.doesNotMatch(textAt(folder, journal) ?? '', /isTheirs/);
    assert.deepEqual(codes(await lay(folder, next, { host })), [`write/recovered ${journal}`]);
    assert.deepEqual(contents(at(folder, 't')), { a: '2', c: '2' });
  }
});
