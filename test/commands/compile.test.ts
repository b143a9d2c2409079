import assert from 'node:assert/strict';
import { cpSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { workspace } from './workspace.ts';

for (const organisation of [undefined, 'ferry'])
  test(`${organisation ?? 'this platform'} compiles, and a second compile writes no byte`, async (t) => {
    const { run, tree, directory } = workspace(t, organisation);
    const first = await run('compile');
    assert.equal(first.code, 0, first.error);
    const before = tree();
    const modified = Object.keys(before).map((path) => statSync(join(directory, 'out', path)).mtimeMs);
    const second = await run('compile');
    assert.equal(second.code, 0, second.error);
    assert.equal(second.out, '');
    assert.match(second.error, /\d+ documents, none written, [\d.]+ s\n$/);
    assert.deepEqual(tree(), before);
    assert.deepEqual(
      Object.keys(before).map((path) => statSync(join(directory, 'out', path)).mtimeMs),
      modified,
    );
    assert.equal((await run('check')).code, 0);
  });

test('a change of one number writes the documents that it decides, and says why', async (t) => {
  const { run, edit, tree } = workspace(t);
  await run('compile');
  const before = tree();
  edit('replicaCount: 3', 'replicaCount: 4');
  const { code, out, error } = await run('compile');
  assert.equal(code, 0, error);
  assert.equal(out, 'update out/ani_app_gitops/prod/ani-worker/values.yaml\nupdate out/model.json\n');
  assert.match(
    error,
    /because services\.ani-worker\.environments\.prod\.replicaCount: 3 → 4 {2}\(platform\.config\.ts:\d+:\d+\)/,
  );
  const after = tree();
  const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
  assert.deepEqual(changed, ['ani_app_gitops/prod/ani-worker/values.yaml', 'manifest.json', 'model.json']);
});

test('while anything is wrong nothing is written, and the finding has its place and its line', async (t) => {
  const { run, edit, tree } = workspace(t);
  await run('compile');
  const before = tree();
  edit("in: { staging: { pool: 'etljobs' } }", "in: { staging: { pool: 'etljob' } }");
  const { code, out, error } = await run('compile');
  assert.equal(code, 1);
  assert.equal(out, '');
  assert.match(
    error,
    /^platform\.config\.ts:\d+:\d+ error config\/unknown-pool\n {2}`pool` of service `ani-etl` in `staging` names the node pool `etljob`, which `staging` does not have\n {4}\d+ \| {6} in: \{ staging: \{ pool: 'etljob' \} \},\n {8}\| {30}\^{8}\n {2}expected: `etljobs`\n {2}help: did you mean `etljobs`\? Else add `etljob` to environments\.staging\.cluster\.nodePools/,
  );
  assert.match(error, /1 error\nnothing was written\n$/);
  assert.deepEqual(tree(), before);
});

test('check says which documents are stale, and writes nothing', async (t) => {
  const { run, edit, tree } = workspace(t);
  await run('compile');
  const before = tree();
  edit('replicaCount: 3', 'replicaCount: 4');
  const { code, out, error } = await run('check');
  assert.equal(code, 1);
  assert.equal(out, '');
  assert.match(
    error,
    /^out\/ani_app_gitops\/prod\/ani-worker\/values\.yaml error check\/stale\n {2}`ani_app_gitops\/prod\/ani-worker\/values\.yaml` is not what the configuration says/m,
  );
  assert.deepEqual(tree(), before);
});

test('a hand edit of a compiler’s file is refused, shown, and overwritten only when told to', async (t) => {
  const { run, write, read } = workspace(t);
  await run('compile');
  const path = 'out/ani_app_gitops/prod/ani-worker/values.yaml';
  const made = read(path);
  write(path, made.replace('replicaCount: 3', 'replicaCount: 9'));
  const refused = await run('compile');
  assert.equal(refused.code, 1);
  assert.match(
    refused.error,
    /^out\/ani_app_gitops\/prod\/ani-worker\/values\.yaml:6 error write\/hand-edit\n.*: `replicaCount: 9` stands in line 6\n {2}expected: `replicaCount: 3`, as/m,
  );
  assert.match(read(path), /replicaCount: 9/);
  assert.equal((await run('check')).code, 1);
  assert.equal((await run('compile', '--force')).code, 0);
  assert.equal(read(path), made);
});

test('scaffolds and what a controller writes stay as they are', async (t) => {
  const { run, write, read } = workspace(t);
  await run('compile');
  const scaffold = 'out/ani-iacc/live/staging/env.hcl';
  const image = 'out/ani_app_gitops/prod/ani-api/image.yaml';
  write(scaffold, `${read(scaffold)}# mine\n`);
  write(image, read(image).replace('main-0-stable', 'main-41-stable'));
  const { code, out } = await run('compile');
  assert.equal(code, 0);
  assert.equal(out, '');
  assert.match(read(scaffold), /# mine\n$/);
  assert.match(read(image), /main-41-stable/);
  assert.equal((await run('check')).code, 0);
});

test('a service that goes takes its documents with it', async (t) => {
  const { run, edit, tree } = workspace(t);
  await run('compile');
  assert.ok(Object.keys(tree()).some((path) => path.includes('/ani-migrate/')));
  edit(/ {4}\/\/ Brings the database's schema[\s\S]*?\n {4}\},\n/, '');
  const { code, error } = await run('compile');
  assert.equal(code, 0, error);
  assert.deepEqual(
    Object.keys(tree()).filter((path) => path.includes('ani-migrate')),
    [],
  );
});

test('whoever comes or goes is one reason, and a constant that many use is one', async (t) => {
  const { run, edit } = workspace(t);
  const reasons = ({ error }: { error: string }) => error.split('\n').filter((line) => line.startsWith('because '));
  await run('compile');
  edit('  services: {\n', "  services: {\n    'ani-report': { image: 'ani-worker', args: ['report'] },\n");
  const [added, ...more] = reasons(await run('compile'));
  assert.match(added ?? '', /^because services\.ani-report: nothing → \{.*… {2}\(platform\.config\.ts:\d+:\d+\)$/);
  assert.deepEqual(more, []);
  edit("DATABASE_USER: { database: 'main', get: 'user' }", "DATABASE_USER: 'other'");
  const [changed, ...others] = reasons(await run('compile'));
  assert.match(
    changed ?? '',
    /envs\.DATABASE_USER\.value: "ani" → "other", and \d+ more {2}\(platform\.config\.ts:\d+:\d+\)$/,
  );
  assert.deepEqual(others, []);
  edit("    'ani-report': { image: 'ani-worker', args: ['report'] },\n", '');
  assert.deepEqual(
    reasons(await run('compile')).map((line) => line.replace(/\{.*/, '…')),
    ['because services.ani-report: …'],
  );
});

test('two changes on two branches merge without a conflict in what belongs to no document', async (t) => {
  const { run, edit, read, tree } = workspace(t);
  await run('compile');
  const lines = () => read('out/manifest.json').split('\n');
  const before = lines();
  edit('replicaCount: 3', 'replicaCount: 4');
  await run('compile');
  const changed = lines().flatMap((line, index) =>
    line === before[index] ? [] : [before.slice(0, index).findLast((one) => one.includes('"path"'))],
  );
  assert.deepEqual(
    changed.map((line) => line?.trim()),
    ['"path": "ani_app_gitops/prod/ani-worker/values.yaml",'],
  );
  assert.ok('model.json' in tree());
});

test('the same bytes, whichever folder the command is given in', async (t) => {
  const { run, directory, tree } = workspace(t);
  await run('compile');
  const before = tree();
  for (const path of ['lib', 'out', 'platform.config.ts', 'platform.sealed.json'])
    cpSync(join(directory, path), join(directory, 'sub', path), { recursive: true });
  const { code, out, error } = await run('check', '--config', 'sub/platform.config.ts');
  assert.equal(code, 0, error);
  assert.equal(out, '');
  assert.deepEqual(tree('sub/out'), before);
});

test('--only touches nothing else', async (t) => {
  const { run, edit, directory } = workspace(t);
  assert.equal((await run('compile', '--only', 'staging')).code, 0);
  assert.ok(existsSync(join(directory, 'out/ani_app_gitops/staging/ani-api/values.yaml')));
  assert.ok(!existsSync(join(directory, 'out/ani_app_gitops/prod')));
  assert.equal((await run('compile')).code, 0);
  edit("args: ['work']", "args: ['work', '--fast']");
  const { out, error } = await run('compile', '--only', 'prod');
  assert.equal(out, 'update out/ani_app_gitops/prod/ani-worker/values.yaml\n');
  assert.match(error, /^left as they are: 2 other stale documents$/m);
  assert.equal((await run('check', '--only', 'prod')).code, 0);
  assert.equal((await run('check')).code, 1);
});

test('--json prints one object, findings and steps in it', async (t) => {
  const { run } = workspace(t);
  const { code, out } = await run('compile', '--json');
  assert.equal(code, 0);
  const { ok, steps, findings } = JSON.parse(out) as {
    ok: boolean;
    steps: unknown[];
    findings: { severity: string }[];
  };
  assert.equal(ok, true);
  assert.ok(steps.length > 50);
  assert.ok(findings.every(({ severity }) => severity !== 'error'));
});

test('a wrong call is exit code 2 and one line, and nothing happens', async (t) => {
  const { run, directory } = workspace(t);
  for (const args of [
    ['compil'],
    ['compile', '--frce'],
    ['compile', 'staging'],
    ['compile', '--only', 'stagin'],
    ['compile', '--only', ''],
    ['compile', '--config', '../elsewhere.ts'],
    ['deliver'],
    ['deliver', 'ani-iacc'],
    ['deliver', 'nowhere=/tmp'],
    ['deliver', 'ani-iacc=a', 'ani-iacc=b'],
  ]) {
    const { code, out, error } = await run(...args);
    assert.equal(code, 2, `${args.join(' ')}: ${error}`);
    assert.equal(out, '');
    assert.match(error, /^[^\n]+\n(See `npm run [a-z]+ -- --help`\.\n)?$/);
  }
  assert.ok(!existsSync(join(directory, 'out')));
});

test('every command explains itself', async (t) => {
  const { run } = workspace(t);
  const overview = await run('--help');
  assert.equal(overview.code, 0);
  for (const command of ['compile', 'check', 'watch', 'deliver']) {
    assert.match(overview.out, new RegExp(`^ {2}npm run ${command} `, 'm'));
    const { code, out, error } = await run(command, '--help');
    assert.equal(code, 0);
    assert.equal(error, '');
    assert.match(out, new RegExp(`^npm run ${command} -- `));
  }
});
