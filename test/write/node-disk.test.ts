import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { absentAs, codeOf, nodeDisk } from '../../lib/write/disk.ts';
import { temporary } from './rig.ts';

const error = (code: unknown) => Object.assign(new Error('no'), { code });

test('a file system’s errors are told from faults of ours', () => {
  assert.equal(codeOf(error('ENOSPC')), 'ENOSPC');
  for (const other of [error('ERR_INVALID_ARG_TYPE'), error('xEIO'), error('EIO!'), error(5), new Error('no'), null])
    assert.equal(codeOf(other), undefined, String(other));
  assert.equal(codeOf({ code: 'EIO' }), undefined);
});

test('only what is not there is absent', () => {
  const failing = (code: string) => () =>
    absentAs('absent', () => {
      throw error(code);
    });
  assert.equal(failing('ENOENT')(), 'absent');
  assert.equal(failing('ENOTDIR')(), 'absent');
  assert.throws(failing('EACCES'), { code: 'EACCES' });
  assert.equal(
    absentAs('absent', () => 'there'),
    'there',
  );
});

test('a folder is removed if it holds nothing', (t) => {
  const directory = temporary(t);
  fs.mkdirSync(join(directory, 'full/empty'), { recursive: true });
  fs.writeFileSync(join(directory, 'file'), '');
  assert.equal(nodeDisk.removeFolder(join(directory, 'full')), false);
  assert.equal(nodeDisk.removeFolder(join(directory, 'full/empty')), true);
  assert.equal(nodeDisk.removeFolder(join(directory, 'full')), true);
  assert.equal(nodeDisk.removeFolder(join(directory, 'full')), false);
  assert.throws(() => nodeDisk.removeFolder(join(directory, 'file')), { code: 'ENOTDIR' });
});

test('each file and folder is waited for, and one that is not there is told', async (t) => {
  const directory = temporary(t);
  const files = Array.from({ length: 100 }, (_, index) => join(directory, String(index)));
  for (const file of files) fs.writeFileSync(file, '');
  await nodeDisk.sync([...files, directory]);
  for (const missing of [files[0], files[50], files[99]] as string[]) {
    fs.rmSync(missing);
    await assert.rejects(nodeDisk.sync(files), { code: 'ENOENT', path: missing });
    fs.writeFileSync(missing, '');
  }
});

test('what could not be written whole is not left behind', (t) => {
  const path = join(temporary(t), 'file');
  // no text, so that the operating system is not even asked
  assert.throws(() => nodeDisk.create(path, { not: 'a text' } as unknown as Buffer, 0o644));
  assert.equal(nodeDisk.look(path), undefined);
});

test('what stands at a path is told, links not followed', (t) => {
  const directory = temporary(t);
  const path = (name: string) => join(directory, name);
  fs.mkdirSync(path('folder'));
  fs.writeFileSync(path('file'), '', { mode: 0o644 });
  fs.writeFileSync(path('program'), '', { mode: 0o755 });
  fs.symlinkSync('file', path('link'));
  const looks = ['folder', 'file', 'program', 'link', 'nothing', 'file/below'].map((name) => {
    const standing = nodeDisk.look(path(name));
    return standing && `${standing.type}${standing.executable && standing.type === 'file' ? ' to run' : ''}`;
  });
  assert.deepEqual(looks, ['folder', 'file', 'file to run', 'symlink', undefined, undefined]);
  assert.equal(nodeDisk.look('/dev/null')?.type, 'special');
  const { ino, dev } = fs.lstatSync(path('file'));
  assert.deepEqual(nodeDisk.look(path('file')), { type: 'file', executable: false, inode: ino, device: dev });
});
