import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { test } from 'node:test';
import type { Disk } from '../../lib/write/disk.ts';
import type { Folder } from '../../lib/write/folder.ts';
import { commit, discardJournal, type JournalStep, readJournal, stage } from '../../lib/write/journal.ts';
import { at, contents, file, hostOf, lay, outOf, processNumber, put, quickDisk } from './rig.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const step = { path: 't/a', before: digest, after: digest };

/** Puts a journal into a folder, as one that was made there. */
function leave(folder: Folder, journal: object): void {
  fs.mkdirSync(at(folder, '.platform-journal'), { recursive: true });
  const { ino: inode } = fs.lstatSync(at(folder, '.platform-journal'));
  put(folder, '.platform-journal/journal.json', JSON.stringify({ version: 1, inode, steps: [], ...journal }));
}

test('what a write decided is read as it was decided', async (t) => {
  const folder = outOf(t);
  fs.mkdirSync(folder.directory);
  const steps: JournalStep[] = [
    { path: 't/gone', before: digest, after: null },
    { path: 't/new', before: null, after: digest, isTheirs: true },
    { path: 'manifest.json', before: null, after: digest },
  ];
  await stage(quickDisk, folder, new Map([[1, { text: Buffer.from('1'), executable: false }]]), async () => false);
  assert.deepEqual(readJournal(quickDisk, folder), { is: 'uncommitted' });
  await commit(quickDisk, folder, { steps });
  assert.deepEqual(readJournal(quickDisk, folder), { is: 'committed', journal: { steps } });
});

test('a journal that no compiler wrote is told from one to carry out', (t) => {
  const foreign = 'it is not a journal of this compiler';
  const broken: [object, string][] = [
    [{ version: 2 }, foreign],
    [{ steps: {} }, foreign],
    [{ inode: 0 }, 'it was not made here'],
    [{ steps: [step, null] }, 'its steps[1] is no step'],
    ...[
      ...[{ path: 1 }, { before: 'x' }, { before: undefined }, { after: 'x' }, { after: undefined }],
      ...[{ before: null, after: null }],
    ].map((wrong): [object, string] => [{ steps: [{ ...step, ...wrong }] }, 'its steps[0] is no step']),
    [{ steps: [{ ...step, path: '../a' }] }, 'it would change `../a`, which has a part `..`'],
    // the manifest comes last, and is never deleted
    [
      { steps: [{ ...step, path: 'manifest.json' }, step] },
      'it would change `manifest.json`, which is `manifest.json`, which the compiler keeps for itself',
    ],
  ];
  for (const [journal, problem] of broken) {
    const folder = outOf(t);
    leave(folder, journal);
    assert.deepEqual(readJournal(quickDisk, folder), { is: 'unusable', problem }, JSON.stringify(journal));
  }
  for (const [text, problem] of [
    ['{', 'it is not JSON'],
    ['null', foreign],
    ['[]', foreign],
  ] as const) {
    const folder = outOf(t);
    put(folder, '.platform-journal/journal.json', text);
    assert.deepEqual(readJournal(quickDisk, folder), { is: 'unusable', problem }, text);
  }
});

test('what stands in the place of a journal is told from one', (t) => {
  const folder = outOf(t);
  fs.mkdirSync(folder.directory);
  assert.deepEqual(readJournal(quickDisk, folder), { is: 'none' });
  put(folder, '.platform-journal', 'a file');
  assert.deepEqual(readJournal(quickDisk, folder), { is: 'unusable', problem: 'it is no folder' });
  assert.equal(discardJournal(quickDisk, folder), false);
  fs.rmSync(at(folder, '.platform-journal'));
  fs.mkdirSync(at(folder, '.platform-journal/journal.json'), { recursive: true });
  assert.deepEqual(readJournal(quickDisk, folder), { is: 'unusable', problem: 'its `journal.json` is no file' });
});

test('what makes a journal valid is removed first, and nothing that no write put there', (t) => {
  const folder = outOf(t);
  for (const name of ['0', '10', 'journal.json', 'journal.json.new']) put(folder, `.platform-journal/${name}`, '');
  const others = ['x0', '0x', 'journal.json.old', 'a-journal.json', 'journal-json', '1/text'];
  for (const name of others) put(folder, `.platform-journal/${name}`, 'mine');
  const removed: string[] = [];
  const disk: Disk = {
    ...quickDisk,
    remove(path) {
      removed.push(path.slice(path.lastIndexOf('/') + 1));
      quickDisk.remove(path);
    },
  };
  assert.equal(discardJournal(disk, folder), false);
  assert.deepEqual(removed, ['journal.json', '0', '10', 'journal.json.new']);
  assert.deepEqual(
    Object.keys(contents(folder.directory)).sort(),
    others.map((name) => `.platform-journal/${name}`).sort(),
  );
  fs.rmSync(at(folder, '.platform-journal'), { recursive: true });
  assert.equal(discardJournal(disk, folder), true);
});

test('new texts are on the disk before a write is decided, and all of it is before the journal goes', async (t) => {
  const folder = outOf(t);
  await lay(folder, [file('t/a', '1'), file('gone/deep/b', '1'), file('gone/c', '1')]);
  const calls: string[] = [];
  const relative = (path: string) => path.slice(folder.directory.length + 1) || '.';
  const disk: Disk = {
    ...quickDisk,
    sync: async (paths) => void calls.push(`sync ${paths.map(relative).sort().join(' ')}`),
    move(from, to) {
      calls.push(`move ${relative(from)} to ${relative(to)}`);
      quickDisk.move(from, to);
    },
    remove(path) {
      calls.push(`remove ${relative(path)}`);
      quickDisk.remove(path);
    },
  };
  await lay(folder, [file('t/a', '2'), file('new/deep/d', '2')], { host: hostOf(disk, processNumber(1)) });
  const journal = '.platform-journal';
  assert.deepEqual(calls, [
    `sync ${journal}/2 ${journal}/3 ${journal}/4`,
    `sync . ${journal} ${journal}/journal.json.new`,
    `move ${journal}/journal.json.new to ${journal}/journal.json`,
    `sync ${journal}`,
    'remove gone/c',
    'remove gone/deep/b',
    `move ${journal}/2 to new/deep/d`,
    `move ${journal}/3 to t/a`,
    `move ${journal}/4 to manifest.json`,
    'sync . new new/deep t',
    `remove ${journal}/journal.json`,
    'remove .platform-lock',
  ]);
});
