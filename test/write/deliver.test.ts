import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import type { File, Folder } from '../../lib/write/folder.ts';
import { checkoutOf, codes, file, lay, planned, put, steps, textAt } from './rig.ts';

/** What the compiler has for a gitops repository, with the services given. */
function documents(services: readonly string[]): File[] {
  const each = services.flatMap((name): File[] => [
    file(`prod/${name}/values.yaml`, `replicaCount: 2 # of ${name}\n`, { kind: 'values' }),
    file(`prod/${name}/image.yaml`, 'image:\n  tag: initial\n', { kind: 'image', owner: 'controller' }),
    file(`prod/${name}/runbook.md`, `# ${name}\n`, { kind: 'runbook', owner: 'scaffold' }),
  ]);
  return [...each, file('.github/workflows/check.yml', 'on: [push]\n', { kind: 'workflow' })];
}

/** A checkout with a history and content of its own. */
function checkout(t: TestContext): { folder: Folder; git: (...args: string[]) => string } {
  const folder = checkoutOf(t);
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  const git = (...args: string[]) =>
    execFileSync('git', [...identity, ...args], { cwd: folder.directory, encoding: 'utf8', stdio: 'pipe' });
  git('init', '--quiet');
  put(folder, 'README.md', '# gitops\n');
  put(folder, 'prod/legacy/values.yaml', 'by: hand\n');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'begin');
  return { folder, git };
}

test('a delivery into a checkout changes the compiler’s files only, and a second one nothing', async (t) => {
  const { folder, git } = checkout(t);
  const files = documents(['api', 'web']);
  const { value, findings } = await lay(folder, files);
  assert.deepEqual(findings, []);
  assert.deepEqual(value.changed, [...files.map(({ path }) => path).sort(), '.platform-manifest.json']);
  const status = git('status', '--porcelain', '--untracked-files=all').trimEnd().split('\n');
  assert.deepEqual(status.map((line) => line.slice(3)).sort(), [...value.changed].sort());
  assert.ok(status.every((line) => line.startsWith('?? ')));

  git('add', '--all');
  git('commit', '--quiet', '--message', 'deliver');
  assert.deepEqual((await lay(folder, files)).value.changed, []);
  assert.equal(git('status', '--porcelain'), '');
});

test('a delivery after people and controllers worked in the checkout keeps what is theirs', async (t) => {
  const { folder, git } = checkout(t);
  await lay(folder, documents(['api', 'web']));
  put(folder, 'prod/api/image.yaml', 'image:\n  tag: 1.4.2\n');
  put(folder, 'prod/api/runbook.md', '# api\n\nCall Ada.\n');
  put(folder, 'prod/web/image.yaml', 'image:\n  tag: 7.0.0\n');
  put(folder, 'prod/web/runbook.md', '# web\n\nCall Grace.\n');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'work');

  // the service `web` is gone from the configuration, `jobs` is new, `api` has another value
  const files = documents(['api', 'jobs']).map((one) =>
    one.path === 'prod/api/values.yaml' ? { ...one, text: 'replicaCount: 3\n' } : one,
  );
  assert.deepEqual(steps(await planned(folder, files)), [
    'keep prod/api/image.yaml (a controller’s)',
    'keep prod/api/runbook.md (a person’s)',
    'update prod/api/values.yaml (text changed)',
    'create prod/jobs/image.yaml (new)',
    'create prod/jobs/runbook.md (new)',
    'create prod/jobs/values.yaml (new)',
    'delete prod/web/image.yaml (obsolete)',
    'keep prod/web/runbook.md (obsolete, edited)',
    'delete prod/web/values.yaml (obsolete)',
  ]);
  assert.deepEqual(codes(await lay(folder, files)), ['write/orphan-scaffold prod/web/runbook.md']);
  assert.deepEqual(git('status', '--porcelain').trimEnd().split('\n'), [
    ' M .platform-manifest.json',
    ' M prod/api/values.yaml',
    ' D prod/web/image.yaml',
    ' D prod/web/values.yaml',
    '?? prod/jobs/',
  ]);
  assert.equal(textAt(folder, 'prod/api/image.yaml'), 'image:\n  tag: 1.4.2\n');
  assert.equal((await planned(folder, files)).value.isFresh, true);
});

test('a hand edit of a compiler’s file in a checkout is refused, whoever committed it', async (t) => {
  const { folder, git } = checkout(t);
  await lay(folder, documents(['api']));
  put(folder, 'prod/api/values.yaml', 'replicaCount: 9\n');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'more replicas');
  const files = documents(['api', 'web']);
  assert.deepEqual(codes(await lay(folder, files)), ['write/hand-edit prod/api/values.yaml']);
  assert.equal(git('status', '--porcelain'), '');
  assert.deepEqual(codes(await lay(folder, files, { force: true })), []);
  assert.equal(textAt(folder, 'prod/api/values.yaml'), 'replicaCount: 2 # of api\n');
});

test('a repository’s own file in the place of a document is refused', async (t) => {
  const { folder, git } = checkout(t);
  assert.deepEqual(codes(await lay(folder, documents(['legacy']))), ['write/not-ours prod/legacy/values.yaml']);
  assert.equal(git('status', '--porcelain'), '');
});

test('a delivery never reaches into .git', async (t) => {
  const { folder, git } = checkout(t);
  const files = [file('.git/hooks/post-checkout', '#!/bin/sh\n', { executable: true })];
  assert.deepEqual(codes(await lay(folder, files, { force: true })), ['write/path .git/hooks/post-checkout']);
  assert.equal(git('status', '--porcelain'), '');
});
