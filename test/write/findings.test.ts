import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../../lib/finding/finding.ts';
import { printFindings } from '../../lib/finding/print.ts';
import * as findings from '../../lib/write/findings.ts';

/**
 * All that writing can say, as text to be read: `expected/findings.txt`. When it is said is held by the other tests of this folder.
 *
 * `UPDATE_EXPECTED=1 npm test -- test/write` writes it anew; the difference is the review.
 */
const file = fileURLToPath(new URL('expected/findings.txt', import.meta.url));

/** Each finding in each of its forms. */
const said: { [Name in keyof typeof findings]: readonly Parameters<(typeof findings)[Name]>[0][] } = {
  badPath: [{ path: 'a/../b', bad: 'has a part `..`' }],
  samePath: [
    { path: 't/a', other: 't/a' },
    { path: 't/a', other: 't/A' },
  ],
  fileAndFolder: [{ path: 't/a/b', other: 't/a' }],
  inTheWay: [
    { path: 't/a', at: 't/a', by: 'folder' },
    { path: 't/a', at: 't/a', by: 'special' },
    { path: 't/a', at: 't', by: 'file' },
    { path: 't/a', at: 't', by: 'symlink' },
    { path: 't/a', at: '', by: 'file' },
  ],
  otherFileSystem: [{ path: 't/a', at: 't' }],
  handEdit: [
    { path: 't/a', line: 3, is: 'is', made: 'made' },
    { path: 't/a', line: 3, is: undefined, made: 'made' },
    { path: 't/a', line: 3, is: '  is ', made: undefined },
    { path: 't/a', line: 3, is: 'i'.repeat(100), made: 'm'.repeat(101) },
  ],
  wasScaffold: [{ path: 't/a' }],
  notOurs: [{ path: 't/a' }],
  otherTarget: [{ file: 'manifest.json', target: 'shop-gitops', found: 'shop-infra' }],
  editedObsolete: [{ path: 't/a' }],
  orphanScaffold: [{ path: 't/a' }],
  stray: [{ path: 't/a' }],
  unreadableManifest: [
    { file: 'manifest.json', problem: 'it is not JSON', force: false },
    { file: 'manifest.json', problem: 'it is not JSON', force: true },
  ],
  newerManifest: [{ file: 'manifest.json', version: 2 }],
  badManifestPath: [
    { file: 'manifest.json', path: '../a', bad: 'has a part `..`', force: false },
    { file: 'manifest.json', path: '../a', bad: 'has a part `..`', force: true },
  ],
  busy: [
    { pid: 7, isHere: true },
    { pid: 7, isHere: false },
  ],
  unsteady: [{ file: 'manifest.json' }],
  interrupted: [{ file: 'journal.json' }],
  recovered: [
    { file: 'journal.json', count: 1 },
    { file: 'journal.json', count: 2 },
  ],
  badJournal: [
    { file: 'journal.json', problem: 'it is not JSON', force: false },
    { file: 'journal.json', problem: 'it is not JSON', force: true },
  ],
  editedSince: [{ path: 't/a' }],
  changedMeanwhile: [{ path: 't/a' }],
  stopped: [{ signal: 'SIGTERM' }],
  failed: [
    ...['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EIO'].map((code) => ({
      ...{ code, path: 't/a', progress: 'untouched' as const },
    })),
    { code: 'EIO', path: 't/a', progress: 'half' },
    { code: 'EIO', path: 't/a', progress: 'done' },
  ],
};

test('what people are told of the disk', () => {
  const makers: Record<string, (form: never) => Finding> = { ...findings };
  const all = Object.entries(said).flatMap(([name, forms]) =>
    forms.flatMap((form) => makers[name]?.(form as never) ?? []),
  );
  const text = printFindings(all);
  if (process.env.UPDATE_EXPECTED === '1') {
    if (!existsSync(file)) mkdirSync(fileURLToPath(new URL('expected/', import.meta.url)), { recursive: true });
    writeFileSync(file, text);
  }
  assert.equal(text, readFileSync(file, 'utf8'));
});
