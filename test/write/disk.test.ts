import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { test } from 'node:test';
import { codeOf, type Disk } from '../../lib/write/disk.ts';
import { planWrite } from '../../lib/write/plan.ts';
import { write } from '../../lib/write/write.ts';
import {
  at,
  codes,
  contents,
  file,
  hostOf,
  lay,
  madeBy,
  outOf,
  planned,
  processNumber,
  put,
  quickDisk,
  steps,
} from './rig.ts';

test('a second write touches no byte', async (t) => {
  const folder = outOf(t);
  const files = [file('t/a', '1'), file('t/b', '1')];
  await lay(folder, files);
  const stamps = () =>
    ['.', 't', 't/a', 't/b', 'manifest.json'].map((path) => fs.statSync(at(folder, path), { bigint: true }).ctimeNs);
  const before = stamps();
  const { value } = await lay(folder, files);
  assert.deepEqual([value.changed, stamps()], [[], before]);

  await lay(folder, [file('t/a', '1'), file('t/b', '2')]);
  assert.equal(stamps()[2], before[2], 'only what changed is written');
});

test('files have the same mode whatever the umask', { skip: process.platform === 'win32' }, async (t) => {
  const files = [file('t/a', '1'), file('t/run.sh', '1', { executable: true })];
  for (const mask of [0o000, 0o022, 0o077, 0o277]) {
    const folder = outOf(t);
    fs.mkdirSync(folder.directory);
    const previous = process.umask(mask);
    try {
      await lay(folder, files);
    } finally {
      process.umask(previous);
    }
    const modes = ['t', 't/a', 't/run.sh', 'manifest.json'].map((path) => fs.statSync(at(folder, path)).mode & 0o777);
    assert.deepEqual(modes, [0o755, 0o644, 0o755, 0o644]);
  }
});

test('a file that is to be run becomes so, and a group may keep its own bits', {
  skip: process.platform === 'win32',
}, async (t) => {
  const folder = outOf(t);
  await lay(folder, [file('t/a', '1')]);
  fs.chmodSync(at(folder, 't/a'), 0o664);
  assert.equal((await planned(folder, [file('t/a', '1')])).value.isFresh, true);
  const { value } = await lay(folder, [file('t/a', '1', { executable: true })]);
  assert.deepEqual(
    value.steps.map(({ action, reason }) => [action, reason]),
    [['update', 'mode changed']],
  );
  assert.equal(fs.statSync(at(folder, 't/a')).mode & 0o777, 0o755);
});

test('a folder that may not be written is found before anything changed', async (t) => {
  const folder = outOf(t);
  await lay(folder, [file('t/a', '1'), file('u/a', '1')]);
  const before = contents(folder.directory);
  const disk: Disk = {
    ...quickDisk,
    demandWritable(path) {
      if (path.endsWith('/u')) throw Object.assign(new Error('no'), { code: 'EACCES', path });
    },
  };
  const next = [file('t/a', '2'), file('u/a', '2'), file('u/new/b', '2')];
  const outcome = await lay(folder, next, { host: hostOf(disk, processNumber(1)) });
  assert.deepEqual(outcome.findings, [
    {
      code: 'write/denied',
      severity: 'error',
      message: 'cannot use `u`: permission denied; nothing was written',
      help: 'let the user who runs this write there, then run again',
      document: { file: 'u' },
    },
  ]);
  assert.deepEqual(contents(folder.directory), before);
});

test('a folder that may not lose the folder to be emptied in it is found before anything changed', async (t) => {
  const folder = outOf(t);
  await lay(folder, [file('u/gone/deep/a', '1'), file('u/stays', '1')]);
  const before = contents(folder.directory);
  const denied = (path: string) => Object.assign(new Error('no'), { code: 'EACCES', path });
  const disk: Disk = {
    ...quickDisk,
    demandWritable(path) {
      if (path.endsWith('/u')) throw denied(path);
    },
    removeFolder(path) {
      if (path.endsWith('/u/gone')) throw denied(path);
      return quickDisk.removeFolder(path);
    },
  };
  const outcome = await lay(folder, [file('u/stays', '1')], { host: hostOf(disk, processNumber(1)) });
  assert.deepEqual(codes(outcome), ['write/denied u']);
  assert.deepEqual(contents(folder.directory), before);
});

test('a folder of another file system is found before anything changed', async (t) => {
  const folder = outOf(t);
  await lay(folder, [file('t/mount/a', '1')]);
  const before = contents(folder.directory);
  const disk: Disk = {
    ...quickDisk,
    look(path) {
      const standing = quickDisk.look(path);
      return standing && path.includes('/mount') ? { ...standing, device: -1 } : standing;
    },
  };
  const outcome = await lay(folder, [file('t/mount/a', '2')], { host: hostOf(disk, processNumber(1)) });
  assert.deepEqual(codes(outcome), ['write/other-file-system t/mount/a']);
  assert.deepEqual(contents(folder.directory), before);
});

test('a file that is edited while the write prepares is not overwritten', async (t) => {
  const folder = outOf(t);
  await lay(folder, [file('t/a', '1')]);
  const disk: Disk = { ...quickDisk, sync: async () => put(folder, 't/a', 'by hand') };
  const outcome = await lay(folder, [file('t/a', '2')], { host: hostOf(disk, processNumber(1)) });
  assert.deepEqual(codes(outcome), ['write/changed-meanwhile t/a']);
  assert.equal(fs.readFileSync(at(folder, 't/a'), 'utf8'), 'by hand');
});

test('a plan that is out of date is made anew', async (t) => {
  const folder = outOf(t);
  await lay(folder, [file('t/a', '1')]);
  const plan = await planWrite(folder, [file('t/a', '2')], { madeBy });
  put(folder, 't/a', 'by hand');
  assert.deepEqual(codes(await write(plan.value)), ['write/hand-edit t/a']);
  put(folder, 't/a', '2');
  const { value, findings } = await write(plan.value);
  assert.deepEqual([value.changed, findings], [['manifest.json'], []]);
});

test('a plan that another run’s write crosses is thrown away', async (t) => {
  const folder = outOf(t);
  await lay(folder, [file('t/a', '1')]);
  let round = 0;
  const disk: Disk = {
    ...quickDisk,
    read(path) {
      if (path.endsWith('/t/a')) put(folder, 'manifest.json', '{"version":1,"documents":[]}'.padEnd(40 + round++));
      return quickDisk.read(path);
    },
  };
  const plan = await planned(folder, [file('t/a', '1')], { host: hostOf(disk, processNumber(1)) });
  assert.deepEqual([codes(plan), plan.value.isFresh], [['write/busy manifest.json'], false]);
});

test('the real disk refuses to read what is no file, and to create over a link', (t) => {
  const folder = outOf(t);
  fs.mkdirSync(folder.directory);
  const link = at(folder, 'link');
  fs.symlinkSync(at(folder, 'nowhere'), link);
  const code = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return codeOf(error);
    }
  };
  assert.equal(
    code(() => quickDisk.read(link)),
    'ELOOP',
  );
  assert.equal(
    code(() => quickDisk.read(folder.directory)),
    'EFTYPE',
  );
  assert.equal(
    code(() => quickDisk.create(link, Buffer.from('x'), 0o644)),
    'EEXIST',
  );
  assert.deepEqual(contents(folder.directory), { link: 'special' });
});

test('a folder that cannot be made is told, and that nothing was written', async (t) => {
  const folder = outOf(t);
  const disk: Disk = {
    ...quickDisk,
    createFolder(path) {
      throw Object.assign(new Error('no'), { code: 'EROFS', path });
    },
  };
  const outcome = await lay(folder, [file('t/a', '1')], { host: hostOf(disk, processNumber(1)) });
  assert.deepEqual(
    outcome.findings.map(({ message }) => message),
    ['cannot use `.`: the file system is read-only; nothing was written'],
  );
  assert.deepEqual(outcome.value, { steps: [], changed: [] });
});

test('a file that lost its right to be run gets it back, and a person’s keeps what it has', {
  skip: process.platform === 'win32',
}, async (t) => {
  const folder = outOf(t);
  const files = [file('t/a', '1', { executable: true }), file('t/b', '1', { owner: 'scaffold' })];
  await lay(folder, files);
  fs.chmodSync(at(folder, 't/a'), 0o644);
  fs.chmodSync(at(folder, 't/b'), 0o755);
  assert.deepEqual(steps(await planned(folder, files)), ['update t/a (mode changed)']);
});
