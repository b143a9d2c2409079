import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Workspace, workspace } from './workspace.ts';

const targets = ['ani_app_gitops', 'ani-iacc', 'ani-api', 'ani-app', 'ani-worker'];

/** Five repositories with content of their own. */
function checkouts({ directory, write }: Workspace): string[] {
  for (const target of targets) {
    const checkout = join(directory, 'checkouts', target);
    mkdirSync(checkout, { recursive: true });
    git(checkout, 'init', '-q', '-b', 'main');
    write(`checkouts/${target}/README.md`, `# ${target}\n`);
    write(`checkouts/${target}/src/main.txt`, 'content of its own\n');
    commit(checkout, 'what was there before');
  }
  return targets.map((target) => `${target}=checkouts/${target}`);
}

function git(directory: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: directory, encoding: 'utf8' });
}

function commit(directory: string, message: string): void {
  git(directory, 'add', '-A');
  git(directory, 'commit', '-q', '-m', message);
}

test('five repositories, a tag moved by the image updater, a hand edit, and a second release', async (t) => {
  const space = workspace(t);
  const { run, read, write, edit, directory } = space;
  const places = checkouts(space);
  assert.equal((await run('compile')).code, 0);

  const dry = await run('deliver', ...places, '--dry-run');
  assert.equal(dry.code, 0, dry.error);
  assert.match(dry.out, /^create ani_app_gitops\/charts\/service\/Chart\.yaml$/m);
  for (const target of targets) assert.equal(git(join(directory, 'checkouts', target), 'status', '--porcelain'), '');

  const first = await run('deliver', ...places);
  assert.equal(first.code, 0, first.error);
  assert.equal(first.out, dry.out);
  for (const target of targets) {
    assert.equal(read(`checkouts/${target}/README.md`), `# ${target}\n`);
    assert.equal(read(`checkouts/${target}/src/main.txt`), 'content of its own\n');
    commit(join(directory, 'checkouts', target), 'first release');
  }
  assert.ok(existsSync(join(directory, 'checkouts/ani-api/.github/workflows/staging.yaml')));

  // Life goes on: the updater writes a tag, a person changes a scaffold.
  const image = 'checkouts/ani_app_gitops/prod/ani-api/image.yaml';
  const scaffold = 'checkouts/ani-iacc/live/staging/env.hcl';
  write(image, read(image).replace('main-0-stable', 'main-7-stable'));
  write(scaffold, `${read(scaffold)}# ours now\n`);
  for (const target of targets) {
    const checkout = join(directory, 'checkouts', target);
    if (git(checkout, 'status', '--porcelain') !== '') commit(checkout, 'life goes on');
  }
  const again = await run('deliver', ...places);
  assert.equal(again.code, 0, again.error);
  assert.equal(again.out, '');

  // Somebody edits what the compiler writes: shown and refused, in all five.
  const values = 'checkouts/ani_app_gitops/prod/ani-worker/values.yaml';
  const made = read(values);
  write(values, made.replace('replicaCount: 3', 'replicaCount: 12'));
  edit('replicaCount: 3', 'replicaCount: 5');
  edit(/ {4}\/\/ Brings the database's schema[\s\S]*?\n {4}\},\n/, '');
  edit('environments: {\n    staging: {', 'delivery: { timeoutMinutes: 20 },\n  environments: {\n    staging: {');
  const unseen = await run('deliver', ...places);
  assert.equal(unseen.code, 1);
  assert.match(unseen.error, /error deliver\/stale/);
  assert.equal((await run('compile')).code, 0);
  const refused = await run('deliver', ...places);
  assert.equal(refused.code, 1);
  assert.match(refused.error, /error write\/hand-edit/);
  assert.match(refused.error, /^checkouts\/ani_app_gitops\/prod\/ani-worker\/values\.yaml:6 error/m);
  assert.equal(git(join(directory, 'checkouts/ani-api'), 'status', '--porcelain'), '');
  assert.ok(existsSync(join(directory, 'checkouts/ani_app_gitops/prod/ani-migrate/values.yaml')));

  // The second release, after the edit was taken back.
  write(values, made);
  const second = await run('deliver', ...places);
  assert.equal(second.code, 0, second.error);
  assert.match(read(values), /replicaCount: 5/);
  assert.match(read(image), /main-7-stable/);
  assert.match(read(scaffold), /# ours now\n$/);
  assert.match(read('checkouts/ani-api/.github/workflows/prod.yaml'), /timeout-minutes: 20/);
  assert.ok(!existsSync(join(directory, 'checkouts/ani_app_gitops/prod/ani-migrate')));
  for (const target of targets) assert.equal(read(`checkouts/${target}/src/main.txt`), 'content of its own\n');
});

test('a file of somebody else’s that is in the way is not overwritten', async (t) => {
  const space = workspace(t);
  const { run, write, read, directory } = space;
  checkouts(space);
  await run('compile');
  write('checkouts/ani-api/.github/workflows/prod.yaml', 'name: by hand\n');
  commit(join(directory, 'checkouts/ani-api'), 'a workflow by hand');
  const refused = await run('deliver', 'ani-api=checkouts/ani-api');
  assert.equal(refused.code, 1);
  assert.match(refused.error, /error write\/not-ours/);
  assert.equal(read('checkouts/ani-api/.github/workflows/prod.yaml'), 'name: by hand\n');
  assert.ok(!existsSync(join(directory, 'checkouts/ani-api/.github/workflows/staging.yaml')));
  assert.equal((await run('deliver', 'ani-api=checkouts/ani-api', '--force')).code, 0);
  assert.match(read('checkouts/ani-api/.github/workflows/prod.yaml'), /build-push-action/);
});

test('a folder that is no checkout is a finding, and the others are left alone', async (t) => {
  const space = workspace(t);
  const { run, directory } = space;
  checkouts(space);
  await run('compile');
  mkdirSync(join(directory, 'empty'));
  const { code, error } = await run('deliver', 'ani-iacc=empty', 'ani-api=checkouts/ani-api');
  assert.equal(code, 1);
  assert.match(error, /error deliver\/no-checkout/);
  assert.equal(git(join(directory, 'checkouts/ani-api'), 'status', '--porcelain'), '');
});

test('another target’s checkout is refused, and loses nothing', async (t) => {
  const space = workspace(t);
  const { run, tree, directory } = space;
  checkouts(space);
  await run('compile');
  assert.equal((await run('deliver', 'ani-app=checkouts/ani-app')).code, 0);
  const before = tree('checkouts/ani-app');
  for (const force of [[], ['--force']]) {
    const { code, error } = await run('deliver', 'ani-api=checkouts/ani-app', ...force);
    assert.equal(code, 1);
    assert.match(error, /error write\/other-target\n {2}documents of `ani-app` were laid here/);
    assert.deepEqual(tree('checkouts/ani-app'), before);
  }
  // Before a first delivery, the origin tells.
  const checkout = join(directory, 'checkouts/ani-worker');
  git(checkout, 'remote', 'add', 'origin', 'git@github.com:ani-tech/ani-worker.git');
  const { code, error } = await run('deliver', 'ani-api=checkouts/ani-worker');
  assert.equal(code, 1);
  assert.match(error, /error deliver\/other-repository/);
  assert.equal(git(checkout, 'status', '--porcelain'), '');
  assert.equal((await run('deliver', 'ani-worker=checkouts/ani-worker')).code, 0);
});

test('one checkout under two names is named twice', async (t) => {
  const space = workspace(t);
  checkouts(space);
  symlinkSync(join(space.directory, 'checkouts'), join(space.directory, 'link'));
  const { code, error } = await space.run('deliver', 'ani-api=checkouts/ani-api', 'ani-app=link/ani-api');
  assert.equal(code, 2);
  assert.match(error, /is named twice/);
});

test('an image that a controller wrote becomes the configuration’s, and the other way round', async (t) => {
  const space = workspace(t);
  const { run, read, write, edit } = space;
  checkouts(space);
  await run('compile');
  const place = 'ani_app_gitops=checkouts/ani_app_gitops';
  await run('deliver', place);
  const image = 'checkouts/ani_app_gitops/prod/ani-app/image.yaml';
  write(image, read(image).replace('main-0-stable', 'main-7-stable'));
  edit("image: 'ani-app',", "image: { repository: 'docker.io/library/nginx', tag: '1.29.1' },");
  assert.equal((await run('compile')).code, 0);
  const fixed = await run('deliver', place);
  assert.equal(fixed.code, 0, fixed.error);
  assert.match(read(image), /repository: docker\.io\/library\/nginx\n {2}tag: "?1\.29\.1/);
  edit("image: { repository: 'docker.io/library/nginx', tag: '1.29.1' },", "image: 'ani-app',");
  assert.equal((await run('compile')).code, 0);
  assert.equal((await run('deliver', place)).code, 0);
  assert.match(read(image), /tag: main-0-stable/);
});

test('a scaffold goes as it lies in out/, where it is a person’s already', async (t) => {
  const space = workspace(t);
  const { run, write, read } = space;
  checkouts(space);
  await run('compile');
  write('out/ani-iacc/live/staging/env.hcl', '# written by a person\n');
  assert.equal((await run('deliver', 'ani-iacc=checkouts/ani-iacc')).code, 0);
  assert.equal(read('checkouts/ani-iacc/live/staging/env.hcl'), '# written by a person\n');
});
