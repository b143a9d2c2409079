import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Disk } from '../../lib/write/disk.ts';
import type { Folder } from '../../lib/write/folder.ts';
import {
  at,
  codes,
  contents,
  file,
  hostOf,
  lay,
  outOf,
  planned,
  processNumber,
  put,
  quickDisk,
  temporary,
} from './rig.ts';

/** A folder with documents `t/a` and `t/b/c`, and beside it another with a file `a`, that no write may touch. */
async function scene(t: TestContext) {
  const folder = outOf(t);
  const elsewhere = temporary(t);
  fs.writeFileSync(path.join(elsewhere, 'a'), 'theirs');
  await lay(folder, [file('t/a', '1'), file('t/b/c', '1')]);
  return { folder, elsewhere, isUntouched: () => assert.deepEqual(contents(elsewhere), { a: 'theirs' }) };
}

const next = [file('t/a', '2'), file('t/b/c', '2'), file('t/b/d/e', '2')];

/** Plans and writes, with force and without: neither may do anything. */
async function refusals(folder: Folder, files = next): Promise<string[]> {
  const before = fs.existsSync(folder.directory) && contents(folder.directory);
  const plan = await planned(folder, files);
  assert.equal(plan.value.isFresh, false);
  const found = [codes(plan), codes(await lay(folder, files)), codes(await lay(folder, files, { force: true }))];
  assert.deepEqual(found[1], found[0]);
  assert.deepEqual(found[2], found[0]);
  assert.deepEqual(fs.existsSync(folder.directory) && contents(folder.directory), before);
  return found[0] ?? [];
}

function replace(folder: Folder, relative: string, target: string): void {
  fs.rmSync(at(folder, relative), { recursive: true, force: true });
  fs.symlinkSync(target, at(folder, relative));
}

test('a link where a document belongs is never followed', async (t) => {
  for (const target of ['a', 'nowhere', '.']) {
    const { folder, elsewhere, isUntouched } = await scene(t);
    replace(folder, 't/a', path.join(elsewhere, target));
    assert.deepEqual(await refusals(folder), ['write/in-the-way t/a']);
    isUntouched();
  }
});

test('a link on the way to a document is never followed, nor a chain of them', async (t) => {
  const { folder, elsewhere, isUntouched } = await scene(t);
  replace(folder, 't/b', elsewhere);
  const plan = await planned(folder, [file('t/a', '1'), file('t/b/c', '2')]);
  assert.deepEqual(plan.findings, [
    {
      code: 'write/in-the-way',
      severity: 'error',
      message: 'a symlink stands at `t/b`, on the way to `t/b/c`',
      expected: 'a folder, or nothing',
      why: 'links are never followed: what they lead to may lie outside of the folder',
      help: 'move `t/b` away, then run again',
      document: { file: 't/b/c' },
    },
  ]);
  assert.deepEqual(await refusals(folder), ['write/in-the-way t/b/c', 'write/in-the-way t/b/d/e']);
  fs.symlinkSync('b', at(folder, 't/chain'));
  assert.deepEqual(await refusals(folder, [file('t/a', '1'), file('t/chain/c', '2')]), [
    'write/in-the-way t/b/c',
    'write/in-the-way t/chain/c',
  ]);
  isUntouched();
});

test('a link to a folder that does not exist, on the way to a document, is never followed', async (t) => {
  const { folder, elsewhere, isUntouched } = await scene(t);
  replace(folder, 't/b', path.join(elsewhere, 'b'));
  assert.deepEqual(await refusals(folder), ['write/in-the-way t/b/c', 'write/in-the-way t/b/d/e']);
  isUntouched();
});

test('a link is not followed to delete an obsolete file', async (t) => {
  const { folder, elsewhere, isUntouched } = await scene(t);
  await lay(folder, [file('t/b/a', 'theirs')]);
  replace(folder, 't/b', elsewhere);
  assert.deepEqual((await refusals(folder, []))[0], 'write/in-the-way t/b/a');
  isUntouched();
});

test('a folder that is itself a link, or a file, is refused', async (t) => {
  const { folder, elsewhere, isUntouched } = await scene(t);
  fs.rmSync(folder.directory, { recursive: true });
  fs.symlinkSync(elsewhere, folder.directory);
  assert.deepEqual(await refusals(folder), ['write/in-the-way manifest.json']);
  isUntouched();
  fs.unlinkSync(folder.directory);
  fs.writeFileSync(folder.directory, '');
  assert.equal(
    (await lay(folder, next)).findings[0]?.message,
    'a file stands at the folder itself, on the way to `manifest.json`',
  );
});

test('a link in the place of the manifest, the lock or the journal is never followed', async (t) => {
  for (const name of ['manifest.json', '.platform-lock', '.platform-journal', '.platform-journal/journal.json']) {
    const { folder, elsewhere, isUntouched } = await scene(t);
    if (name.includes('/')) fs.mkdirSync(at(folder, '.platform-journal'));
    replace(folder, name, path.join(elsewhere, 'a'));
    const { findings } = await lay(folder, next);
    assert.ok(['write/in-the-way', 'write/journal'].includes(findings[0]?.code ?? ''), name);
    isUntouched();
    await lay(folder, next, { force: true });
    isUntouched();
  }
});

test('a pipe where a document belongs is found, and not waited for', {
  skip: process.platform === 'win32',
}, async (t) => {
  const { folder } = await scene(t);
  for (const name of ['t/a', 'manifest.json', '.platform-lock', '.platform-journal']) {
    fs.rmSync(at(folder, name), { force: true });
    execFileSync('mkfifo', [at(folder, name)]);
    assert.notDeepEqual(codes(await lay(folder, next)), [], name);
    fs.rmSync(at(folder, name));
  }
});

test('a folder in the place of a document, and a file in the place of a folder, are found', async (t) => {
  const { folder } = await scene(t);
  fs.rmSync(at(folder, 't/a'));
  put(folder, 't/a/mine', 'x');
  fs.rmSync(at(folder, 't/b'), { recursive: true });
  put(folder, 't/b', 'x');
  const found = await refusals(folder);
  assert.deepEqual(found.slice(0, 3), ['write/in-the-way t/a', 'write/in-the-way t/b/c', 'write/in-the-way t/b/d/e']);
});

test('an empty folder makes room for a document', async (t) => {
  const { folder } = await scene(t);
  fs.rmSync(at(folder, 't/a'));
  fs.mkdirSync(at(folder, 't/a/x/y'), { recursive: true });
  assert.deepEqual(codes(await lay(folder, next)), []);
});

test('a folder that is swapped for a link at any moment leads no change elsewhere', async (t) => {
  const { folder, elsewhere, isUntouched } = await scene(t);
  for (let k = 0; ; k++) {
    fs.rmSync(folder.directory, { recursive: true });
    fs.mkdirSync(folder.directory);
    await lay(folder, [file('t/a', '1'), file('t/b/a', '1'), file('t/b/c', '1')]);
    let operations = 0;
    let isSwapped = false;
    const swap = () => {
      if (operations++ !== k) return;
      isSwapped = true;
      fs.renameSync(at(folder, 't/b'), at(folder, 't/moved'));
      fs.symlinkSync(elsewhere, at(folder, 't/b'));
    };
    // the swap happens after any operation but the last before a change, which nothing could cover
    const disk = Object.fromEntries(
      Object.entries(quickDisk).map(([name, operate]) => [
        name,
        (...args: never[]) => {
          const result = (operate as (...args: never[]) => unknown)(...args);
          if (name !== 'realpath' && fs.existsSync(at(folder, 't/b'))) swap();
          return result;
        },
      ]),
    ) as unknown as Disk;
    const { findings } = await lay(folder, next, { host: hostOf(disk, processNumber(1)) });
    isUntouched();
    if (!isSwapped) break;
    assert.ok(k < 1000);
    if (findings.length === 0) assert.ok(fs.lstatSync(at(folder, 't/b')).isSymbolicLink());
  }
});

test('a journal that a pull request planted is not carried out', async (t) => {
  const { folder, isUntouched } = await scene(t);
  const digest = `sha256:${'0'.repeat(64)}`;
  const steps = [{ path: 't/a', before: digest, after: null }];
  fs.mkdirSync(at(folder, '.platform-journal'));
  put(folder, '.platform-journal/journal.json', JSON.stringify({ version: 1, inode: 1, steps }));
  const outcome = await lay(folder, next);
  assert.deepEqual(
    outcome.findings.map(({ code, message }) => [code, message]),
    [['write/journal', 'an interrupted write left `.platform-journal`, which cannot be used: it was not made here']],
  );
  assert.deepEqual(codes(await planned(folder, next)), ['write/journal .platform-journal']);

  const { ino: inode } = fs.lstatSync(at(folder, '.platform-journal'));
  for (const path of ['../../x', '/etc/x', '.git/hooks/pre-commit', '.platform-lock', 'manifest.json']) {
    const after = path === 'manifest.json' ? null : digest;
    put(
      folder,
      '.platform-journal/journal.json',
      JSON.stringify({ version: 1, inode, steps: [{ path, before: digest, after }] }),
    );
    const { findings } = await lay(folder, next);
    assert.match(findings[0]?.message ?? '', /cannot be used: it would change `/, path);
  }
  const { findings } = await lay(folder, next, { force: true });
  assert.deepEqual(
    findings.map(({ code, severity }) => [code, severity]),
    [['write/journal', 'warning']],
  );
  assert.equal((await planned(folder, next)).value.isFresh, true);
  isUntouched();
});

test('files of a person in the journal’s place are not deleted', async (t) => {
  const { folder } = await scene(t);
  put(folder, '.platform-journal/notes.txt', 'mine');
  put(folder, '.platform-journal/0', 'a text that no write got to use');
  assert.deepEqual(codes(await lay(folder, next)), ['write/journal .platform-journal']);
  assert.equal(fs.readFileSync(at(folder, '.platform-journal/notes.txt'), 'utf8'), 'mine');
});

test('a folder that is swapped for a link while files are deleted leads no deletion elsewhere, and is told', async (t) => {
  const told = new Set<string>();
  for (let k = 0; ; k++) {
    const folder = outOf(t);
    const elsewhere = temporary(t);
    fs.writeFileSync(path.join(elsewhere, 'c'), 'theirs');
    await lay(folder, [file('t/a', '1'), file('t/b/c', 'theirs')]);
    let operations = 0;
    // after any operation but the last before a change, as above
    const disk = Object.fromEntries(
      Object.entries(quickDisk).map(([name, operate]) => [
        name,
        (...args: never[]) => {
          const result = (operate as (...args: never[]) => unknown)(...args);
          if (name !== 'realpath' && operations++ === k) replace(folder, 't/b', elsewhere);
          return result;
        },
      ]),
    ) as unknown as Disk;
    const { findings } = await lay(folder, [file('t/a', '1')], { host: hostOf(disk, processNumber(1)) });
    assert.deepEqual(contents(elsewhere), { c: 'theirs' });
    if (operations <= k) break;
    assert.ok(k < 1000);
    for (const { code, message } of findings) told.add(`${code}: ${message}`);
    if (findings.length === 0) assert.ok(!fs.existsSync(at(folder, '.platform-journal')), `operation ${k}`);
  }
  assert.deepEqual([...told].sort(), [
    'write/in-the-way: a symlink stands at `t/b`, on the way to `t/b/c`',
    'write/io: cannot use `t/b`: the file system answered ENOTDIR; some documents are written, some are not yet',
    'write/stray: `t/b` is no document of this platform',
  ]);
});
