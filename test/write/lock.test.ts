import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { test } from 'node:test';
import type { Disk } from '../../lib/write/disk.ts';
import { takeLock } from '../../lib/write/lock.ts';
import { nodeProcesses, type Processes } from '../../lib/write/processes.ts';
import {
  at,
  checkoutOf,
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
} from './rig.ts';

const files = [file('t/a', '1')];
const lockOf = ({ self }: Processes) => `${JSON.stringify(self)}\n`;

test('a second run is refused while the first one lives', async (t) => {
  const folder = outOf(t);
  put(folder, '.platform-lock', lockOf(processNumber(7)));
  const outcome = await lay(folder, files, { host: hostOf(quickDisk, processNumber(8, [7])) });
  assert.deepEqual(outcome.findings, [
    {
      code: 'write/busy',
      severity: 'error',
      message: 'another run writes into this folder: process 7 holds `.platform-lock`',
      expected: 'one run at a time',
      help: 'wait until it ends, then run again',
      document: { file: '.platform-lock' },
    },
  ]);
  assert.deepEqual(contents(folder.directory), { '.platform-lock': lockOf(processNumber(7)) });
});

test('two runs at once in one process do not mix', async (t) => {
  const folder = outOf(t);
  const two = [file('t/a', '2'), file('t/b', '2')];
  const [one, other] = [await planned(folder, files), await planned(folder, two)];
  assert.deepEqual([one.findings, other.findings], [[], []]);
  const outcomes = await Promise.all([lay(folder, files), lay(folder, two)]);
  assert.deepEqual(outcomes.map(codes), [[], ['write/busy .platform-lock']]);
  assert.equal((await planned(folder, files)).value.isFresh, true);
});

test('the lock of a dead run is taken over, one without text too', async (t) => {
  for (const text of [lockOf(processNumber(7)), '', '{"pid":', '{"pid":0}', 'null']) {
    const folder = outOf(t);
    put(folder, '.platform-lock', text);
    put(folder, '.platform-lock.stale', text);
    const outcome = await lay(folder, files, { host: hostOf(quickDisk, processNumber(8)) });
    assert.deepEqual(outcome.findings, []);
    assert.deepEqual(Object.keys(contents(folder.directory)), ['manifest.json', 't/a']);
  }
});

test('the lock of a run that died when all was written is taken away by the next one', async (t) => {
  for (const name of ['.platform-lock', '.platform-lock.stale']) {
    const folder = checkoutOf(t);
    await lay(folder, files);
    // It would go into a commit, and keep out every machine that checks that out.
    put(folder, name, lockOf(processNumber(7)));
    const outcome = await lay(folder, files, { host: hostOf(quickDisk, processNumber(8)) });
    assert.deepEqual([outcome.findings, outcome.value.changed], [[], []]);
    assert.deepEqual(Object.keys(contents(folder.directory)), ['.platform-manifest.json', 't/a']);
  }
});

test('a lock that its run could not remove does not keep out the next run of the same process', async (t) => {
  // `watch` is one process for many runs
  for (const operation of ['remove', 'read'] as const) {
    const folder = outOf(t);
    const failing: Disk = {
      ...quickDisk,
      [operation]: (path: string) => {
        if (path.endsWith('/.platform-lock')) throw Object.assign(new Error('no'), { code: 'EIO', path });
        return quickDisk[operation](path);
      },
    };
    assert.deepEqual(codes(await lay(folder, files, { host: hostOf(failing, processNumber(8)) })), [
      'write/io .platform-lock',
    ]);
    assert.ok(fs.existsSync(at(folder, '.platform-lock')));
    const host = hostOf(quickDisk, processNumber(8));
    assert.deepEqual(codes(await planned(folder, files, { host })), []);
    assert.deepEqual(codes(await lay(folder, files, { host })), []);
    assert.deepEqual(Object.keys(contents(folder.directory)), ['manifest.json', 't/a']);
  }
});

test('a lock of another machine or container is left alone', async (t) => {
  const folder = outOf(t);
  put(folder, '.platform-lock', lockOf(processNumber(7)));
  const { findings } = await lay(folder, files, { host: hostOf(quickDisk, processNumber(8, [], [7])) });
  assert.equal(findings[0]?.message, '`.platform-lock` is held by process 7 of another machine or container');
  assert.equal(
    findings[0]?.help,
    'run again when it has ended; if it has, and the file is still there, delete `.platform-lock`',
  );
});

test('a process is not taken for an earlier one of its number', { skip: process.platform !== 'linux' }, () => {
  const { self, state } = nodeProcesses;
  assert.equal(state(self), 'alive');
  assert.equal(state({ ...self, started: '1' }), 'dead');
  assert.equal(state({ ...self, boot: 'another' }), 'dead');
  assert.equal(state({ ...self, namespace: 'another' }), 'unknown');
  assert.equal(state({ ...self, machine: 'another' }), 'unknown');
  const { pid } = spawnSync(process.execPath, ['--version']);
  assert.equal(state({ ...self, pid }), 'dead');
});

test('two runs that find one stale lock do not both get it', (t) => {
  // at each operation of the one, the other runs from its beginning to its end
  for (let k = 0; ; k++) {
    const folder = checkoutOf(t);
    put(folder, '.platform-lock', lockOf(processNumber(7)));
    let count = 0;
    let other: ReturnType<typeof takeLock> | undefined;
    const disk = Object.fromEntries(
      Object.entries(quickDisk).map(([name, operate]) => [
        name,
        (...args: never[]) => {
          if (count++ === k) other = takeLock(quickDisk, processNumber(9, [8]), folder);
          return (operate as (...args: never[]) => unknown)(...args);
        },
      ]),
    ) as unknown as Disk;
    const one = takeLock(disk, processNumber(8, [9]), folder);
    if (!other) {
      assert.ok(k > 5);
      break;
    }
    // before it decides, a run asks again whether its lock is its own
    const holders = [one, other].filter((lock) => 'isHeld' in lock && lock.isHeld());
    assert.equal(holders.length, 1, `operation ${k}`);
  }
});

test('a run that lost its lock writes nothing', async (t) => {
  const folder = outOf(t);
  const disk: Disk = {
    ...quickDisk,
    sync: async () => fs.writeFileSync(at(folder, '.platform-lock'), lockOf(processNumber(9))),
  };
  const outcome = await lay(folder, files, { host: hostOf(disk, processNumber(8, [9])) });
  assert.deepEqual(codes(outcome), ['write/busy .platform-journal']);
  assert.deepEqual(Object.keys(contents(folder.directory)), ['.platform-lock'], 'the other’s lock stays');
});

test('a lock without all that tells a process from others is nobody’s', async (t) => {
  const { self } = processNumber(7);
  const wrong = [
    ...[{ pid: '7' }, { pid: 7.5 }, { pid: 0 }, { pid: -7 }, { pid: undefined }],
    ...['started', 'boot', 'namespace', 'machine'].map((key) => ({ [key]: 7 })),
  ];
  const allLive: Processes = { ...processNumber(8), state: () => 'alive' };
  for (const part of wrong) {
    const folder = outOf(t);
    put(folder, '.platform-lock', JSON.stringify({ ...self, ...part }));
    const host = hostOf(quickDisk, allLive);
    assert.deepEqual(codes(await lay(folder, files, { host })), [], JSON.stringify(part));
  }
  const folder = outOf(t);
  put(folder, '.platform-lock', JSON.stringify({ ...self, pid: 1 }));
  const outcome = await lay(folder, files, { host: hostOf(quickDisk, allLive) });
  assert.deepEqual(codes(outcome), ['write/busy .platform-lock']);
  assert.deepEqual(outcome.value, { steps: [], changed: [] });
});

test('a run whose lock was removed writes nothing', async (t) => {
  const folder = outOf(t);
  const disk: Disk = { ...quickDisk, sync: async () => fs.rmSync(at(folder, '.platform-lock'), { force: true }) };
  const outcome = await lay(folder, files, { host: hostOf(disk, processNumber(8)) });
  assert.deepEqual(codes(outcome), ['write/busy .platform-journal']);
  assert.deepEqual(contents(folder.directory), {});
});

test('a committed journal under a living run’s lock is that run’s, and not an interrupted one’s', async (t) => {
  for (const [alive, code] of [
    [[7], 'write/busy manifest.json'],
    [[], 'write/interrupted .platform-journal/journal.json'],
  ] as const) {
    const folder = outOf(t);
    fs.mkdirSync(at(folder, '.platform-journal'), { recursive: true });
    const { ino: inode } = fs.lstatSync(at(folder, '.platform-journal'));
    put(folder, '.platform-journal/journal.json', JSON.stringify({ version: 1, inode, steps: [] }));
    put(folder, '.platform-lock', lockOf(processNumber(7)));
    const host = hostOf(quickDisk, processNumber(8, alive));
    assert.deepEqual(codes(await planned(folder, files, { host })), [code]);
  }
});
