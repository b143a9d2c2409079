import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Disk } from '../../lib/write/disk.ts';
import type { Folder } from '../../lib/write/folder.ts';
import { write } from '../../lib/write/write.ts';
import {
  checkoutOf,
  codes,
  contents,
  type Fault,
  faulty,
  file,
  hostOf,
  Kill,
  lay,
  outOf,
  planned,
  processNumber,
  put,
  quickDisk,
  reads,
} from './rig.ts';

/**
 * Each way to end is tried at each single operation of one write that creates, updates, deletes and keeps, makes a folder of a
 * file, a file of a folder, and empties folders.
 */
const old = [
  file('t/stays.yaml', 'stays\n'),
  file('t/changes.yaml', 'old\n'),
  file('t/gone/deep/a.yaml', 'a\n'),
  file('t/gone/b.yaml', 'b\n'),
  file('t/becomes-folder', 'file\n'),
  file('t/becomes-file/c.yaml', 'c\n'),
  file('t/image.yaml', 'tag: seed\n', { owner: 'controller' }),
];
const next = [
  file('t/stays.yaml', 'stays\n'),
  file('t/changes.yaml', 'new\n'),
  file('t/added/deep/d.yaml', 'd\n'),
  file('t/added/e.sh', 'e\n', { executable: true }),
  file('t/becomes-folder/f.yaml', 'f\n'),
  file('t/becomes-file', 'file\n'),
  file('t/image.yaml', 'tag: other seed\n', { owner: 'controller' }),
];

type State = Readonly<{ folder: Folder; before: Record<string, string>; after: Record<string, string> }>;

/** The folder before the write, and what it is to be after. */
async function scene(t: TestContext): Promise<State> {
  const folder = outOf(t);
  await lay(folder, old);
  put(folder, 't/image.yaml', 'tag: moved\n');
  const before = contents(folder.directory);
  const copy = { ...folder, directory: `${folder.directory}-done` };
  fs.cpSync(folder.directory, copy.directory, { recursive: true });
  const outcome = await lay(copy, next);
  assert.deepEqual(outcome.findings, []);
  return { folder, before, after: contents(copy.directory) };
}

/** Lays the old state anew, and has a process of its own write until the fault. */
async function attempt(
  { folder, before }: State,
  fault: Fault | undefined,
  uncounted: Parameters<typeof faulty>[1] = reads,
) {
  fs.rmSync(folder.directory, { recursive: true });
  for (const [path, text] of Object.entries(before)) put(folder, path, text);
  const { disk, count } = faulty(fault, uncounted);
  const plan = await planned(folder, next, { host: hostOf(quickDisk, processNumber(1)) });
  const host = hostOf(disk, processNumber(1));
  const outcome = await write({ ...plan.value, options: { ...plan.value.options, host } }).catch((error) => {
    if (error instanceof Kill) return undefined;
    throw error;
  });
  return { outcome, count: count() };
}

/** What lies there as documents: without what a write keeps for itself. */
function documents(directory: string): Record<string, string> {
  return Object.fromEntries(Object.entries(contents(directory)).filter(([path]) => !path.startsWith('.platform-')));
}

const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

for (const how of ['kill', 'kill in the middle']) {
  test(`a write ended by a ${how} at any operation is completed or undone by the next, and never taken for fresh`, async (t) => {
    const state = await scene(t);
    const { folder, before, after } = state;
    const total = (await attempt(state, undefined)).count;
    assert.ok(total > 30, String(total));
    const seen = { old: 0, mixture: 0, new: 0 };
    for (let k = 0; k < total; k++) {
      await attempt(state, { at: k, how });
      const found = documents(folder.directory);
      const kind = isEqual(found, before) ? 'old' : isEqual(found, after) ? 'new' : 'mixture';
      seen[kind]++;

      const host = hostOf(quickDisk, processNumber(2));
      const untouched = contents(folder.directory);
      for (const files of [next, old]) {
        const check = await planned(folder, files, { host });
        if (kind === 'mixture') {
          assert.equal(check.value.isFresh, false, `operation ${k}`);
          assert.equal(check.findings[0]?.code, 'write/interrupted', `operation ${k}`);
        }
        if (files === next && kind === 'old') assert.equal(check.value.isFresh, false, `operation ${k}`);
      }
      assert.deepEqual(contents(folder.directory), untouched, 'a check touches nothing');

      const outcome = await lay(folder, next, { host });
      assert.ok(
        outcome.findings.every(({ code }) => code === 'write/recovered'),
        `operation ${k}: ${JSON.stringify(outcome.findings)}`,
      );
      if (kind === 'mixture' || kind === 'old') assert.deepEqual(contents(folder.directory), after, `operation ${k}`);
      else assert.deepEqual(documents(folder.directory), after, `operation ${k}`);
      assert.equal((await planned(folder, next)).value.isFresh, true);
    }
    assert.ok(seen.old > 0 && seen.mixture > 0 && seen.new > 0, JSON.stringify(seen));
  });
}

test('a recovery that is killed at any operation is completed by the next one', async (t) => {
  const state = await scene(t);
  const { folder, after } = state;
  const total = (await attempt(state, undefined)).count;
  let half = 0;
  for (; half < total; half++) {
    await attempt(state, { at: half, how: 'kill' });
    if (!isEqual(documents(folder.directory), state.before)) break; // the first change was made
  }
  const { disk, count } = faulty(undefined, reads);
  await lay(folder, next, { host: hostOf(disk, processNumber(2)) });
  for (let k = 0; k < count(); k++) {
    await attempt(state, { at: half, how: 'kill' });
    const host = hostOf(faulty({ at: k, how: 'kill' }, reads).disk, processNumber(2));
    await lay(folder, next, { host }).catch((error) => assert.ok(error instanceof Kill, error));
    await lay(folder, next, { host: hostOf(quickDisk, processNumber(3)) });
    assert.deepEqual(documents(folder.directory), after, `operation ${k}`);
  }
});

for (const { how, lasting, uncounted } of [
  { how: 'ENOSPC', lasting: true, uncounted: reads },
  { how: 'EACCES', lasting: true, uncounted: reads },
  { how: 'EROFS', lasting: true, uncounted: reads },
  { how: 'EIO', lasting: false, uncounted: ['look', 'realpath'] as const },
]) {
  test(`a write that meets ${how} at any operation leaves the old state or is completed by the next`, async (t) => {
    const state = await scene(t);
    const { folder, before, after } = state;
    const total = (await attempt(state, undefined, uncounted)).count;
    for (let k = 0; k < total; k++) {
      const { outcome } = await attempt(state, { at: k, how, lasting }, uncounted);
      const found = documents(folder.directory);
      const kind = isEqual(found, before) ? 'old' : isEqual(found, after) ? 'new' : 'mixture';
      if (outcome?.findings.length === 0) assert.equal(kind, 'new', `operation ${k}`);
      for (const { message } of outcome?.findings ?? []) {
        if (message.endsWith('nothing was written')) assert.equal(kind, 'old', `operation ${k}: ${message}`);
        if (message.endsWith('all documents are written')) assert.equal(kind, 'new', `operation ${k}: ${message}`);
      }
      const host = hostOf(quickDisk, processNumber(2));
      if (kind === 'mixture')
        assert.equal((await planned(folder, next, { host })).value.isFresh, false, `operation ${k}`);
      await lay(folder, next, { host });
      assert.deepEqual(documents(folder.directory), after, `operation ${k}`);
    }
  });
}

test('a disk that is full is met before anything changed', async (t) => {
  const state = await scene(t);
  const total = (await attempt(state, undefined)).count;
  for (let k = 0; k < total; k++) {
    fs.rmSync(state.folder.directory, { recursive: true });
    for (const [path, text] of Object.entries(state.before)) put(state.folder, path, text);
    // what needs space is a new file; to move and to remove one needs none
    const { disk } = faulty(undefined);
    let created = 0;
    const full = {
      ...disk,
      create(...args: Parameters<typeof disk.create>) {
        if (created++ >= k) throw Object.assign(new Error('full'), { code: 'ENOSPC', path: args[0] });
        disk.create(...args);
      },
    };
    const outcome = await lay(state.folder, next, { host: hostOf(full, processNumber(1)) });
    if (outcome.findings.length === 0) {
      assert.ok(k > 3);
      return;
    }
    assert.deepEqual(contents(state.folder.directory), state.before, `file ${k}`);
    assert.equal(outcome.findings[0]?.code, 'write/full');
  }
  assert.fail('it never fits');
});

/** A folder whose write was decided and not carried out at all. */
async function decided(t: TestContext): Promise<State> {
  const state = await scene(t);
  const total = (await attempt(state, undefined)).count;
  for (let k = total - 1; k > 0; k--) {
    await attempt(state, { at: k, how: 'kill' });
    const isOld = isEqual(documents(state.folder.directory), state.before);
    if (isOld && fs.existsSync(path.join(state.folder.directory, '.platform-journal/journal.json'))) return state;
  }
  return assert.fail('no such operation');
}

test('a hand edit between a crash and the recovery is found, and overwritten by force only', async (t) => {
  const { folder, after } = await decided(t);
  put(folder, 't/changes.yaml', 'edited meanwhile\n');
  const untouched = documents(folder.directory);
  const host = hostOf(quickDisk, processNumber(2));
  const outcome = await lay(folder, next, { host });
  assert.deepEqual(outcome.findings, [
    {
      code: 'write/edited-since',
      severity: 'error',
      message: '`t/changes.yaml` was changed after a write was interrupted, which is to be completed now',
      expected: 'the text from before that write, or from after it',
      help: 'save the change elsewhere and restore the file from git, or run with --force to overwrite it',
      document: { file: 't/changes.yaml' },
    },
  ]);
  assert.deepEqual(documents(folder.directory), untouched);
  await lay(folder, next, { host, force: true });
  assert.deepEqual(contents(folder.directory), after);
});

test('a file to be deleted that was edited between a crash and the recovery is found', async (t) => {
  const { folder } = await decided(t);
  put(folder, 't/gone/b.yaml', 'edited meanwhile\n');
  const outcome = await lay(folder, next, { host: hostOf(quickDisk, processNumber(2)) });
  assert.deepEqual(
    outcome.findings.map(({ code, document }) => [code, document?.file]),
    [['write/edited-since', 't/gone/b.yaml']],
  );
});

test('what others made of their files between a crash and the recovery is kept, by force too', async (t) => {
  const scaffold = { owner: 'scaffold' } as const;
  const before = [file('t/a', '1'), file('t/gone.tf', '1', scaffold)];
  const after = [
    file('t/a', '2'),
    file('t/main.tf', '2', scaffold),
    file('t/image.yaml', 'tag: seed\n', { owner: 'controller' }),
  ];
  for (const force of [false, true]) {
    const folder = checkoutOf(t);
    await lay(folder, before);
    // the first move is the one that decides
    let moves = 0;
    const disk: Disk = {
      ...quickDisk,
      remove(path) {
        if (moves > 0) throw new Kill();
        quickDisk.remove(path);
      },
      move(from, to) {
        moves++;
        quickDisk.move(from, to);
      },
    };
    await assert.rejects(lay(folder, after, { host: hostOf(disk, processNumber(1)) }), Kill);
    const theirs = { 't/gone.tf': 'mine', 't/image.yaml': 'tag: 7\n', 't/main.tf': 'mine' };
    for (const [path, text] of Object.entries(theirs)) put(folder, path, text);

    const outcome = await lay(folder, after, { host: hostOf(quickDisk, processNumber(2)), force });
    assert.deepEqual(codes(outcome), [
      'write/orphan-scaffold t/gone.tf',
      'write/recovered .platform-journal/journal.json',
    ]);
    const { [folder.manifest]: _, ...rest } = contents(folder.directory);
    assert.deepEqual(rest, { 't/a': '2', ...theirs });
    assert.equal((await planned(folder, after)).value.isFresh, true);
  }
});

test('a journal whose new text was changed or taken away is refused, and thrown away by force', async (t) => {
  for (const damage of ['change', 'remove'] as const) {
    const { folder, before, after } = await decided(t);
    const staged = path.join(folder.directory, '.platform-journal/4');
    if (damage === 'change') fs.writeFileSync(staged, 'evil\n');
    else fs.rmSync(staged);
    const host = hostOf(quickDisk, processNumber(2));
    const outcome = await lay(folder, next, { host });
    const what = damage === 'change' ? 'is not what it was' : 'is gone';
    assert.deepEqual(
      outcome.findings.map(({ code, message }) => `${code}: ${message}`),
      [
        'write/journal: an interrupted write left `.platform-journal`, which cannot be used: ' +
          `the new text of \`t/added/deep/d.yaml\` ${what}`,
      ],
    );
    assert.deepEqual(documents(folder.directory), before);
    await lay(folder, next, { host, force: true });
    assert.deepEqual(documents(folder.directory), after);
  }
});

test('a decided write is completed before one of another configuration', async (t) => {
  const { folder } = await decided(t);
  const host = hostOf(quickDisk, processNumber(2));
  const outcome = await lay(folder, old, { host });
  assert.deepEqual(
    outcome.findings.map(({ code, severity }) => [code, severity]),
    [['write/recovered', 'notice']],
  );
  assert.equal((await planned(folder, old)).value.isFresh, true);
});

test('what came into the way between a crash and the recovery stays, by force too', async (t) => {
  const { folder } = await decided(t);
  fs.rmSync(path.join(folder.directory, 't/changes.yaml'));
  put(folder, 't/changes.yaml/mine', 'mine');
  fs.rmSync(path.join(folder.directory, 't/gone'), { recursive: true });
  put(folder, 't/gone', 'mine');
  const before = documents(folder.directory);
  for (const force of [false, true]) {
    const outcome = await lay(folder, next, { host: hostOf(quickDisk, processNumber(2)), force });
    assert.deepEqual(
      outcome.findings.map(({ code, message }) => [code, message]),
      [['write/in-the-way', 'a folder stands where `t/changes.yaml` belongs']],
    );
    assert.deepEqual(documents(folder.directory), before);
  }
});

test('a new text that is changed before a write is decided is not written', async (t) => {
  const { folder, before } = await scene(t);
  for (const [damage, what] of [
    ['change', 'is not what it was'],
    ['remove', 'is gone'],
  ] as const) {
    const disk: Disk = {
      ...quickDisk,
      sync: async ([first = '']) => {
        if (damage === 'change') fs.writeFileSync(first, 'evil\n');
        else fs.rmSync(first);
      },
    };
    const outcome = await lay(folder, next, { host: hostOf(disk, processNumber(1)) });
    assert.deepEqual(
      outcome.findings.map(({ severity, message }) => `${severity}: ${message}`),
      [
        'error: an interrupted write left `.platform-journal`, which cannot be used: ' +
          `the new text of \`t/added/deep/d.yaml\` ${what}`,
      ],
    );
    assert.deepEqual(contents(folder.directory), before);
  }
});
