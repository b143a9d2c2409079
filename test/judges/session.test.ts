import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { judges } from '../../scripts/judges/judges.ts';
import { judgesTable } from '../../scripts/test/table.ts';

/** `npm test` itself: what it runs, how it ends, and its table. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const args = ['--import', 'tsx', 'scripts/test/main.ts', '--judges=none'];

/** Without what node:test tells the processes of its tests, of which this is one. */
const { NODE_TEST_CONTEXT: _, ...env } = process.env;

function fileWith(t: TestContext, name: string, body: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'session-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, `import test from 'node:test';\n${body}`);
  return file;
}

test('files that are named are run alone, with what else node takes, and its exit code is the command’s', (t) => {
  const file = fileWith(
    t,
    'a.test.mjs',
    "test('passes', () => {});\ntest('fails', () => { throw new Error('on purpose'); });\n",
  );
  const run = (...more: string[]) =>
    spawnSync(process.execPath, [...args, ...more], { cwd: root, env, encoding: 'utf8' });
  const all = run('--test-reporter=tap', file);
  assert.equal(all.status, 1);
  assert.match(all.stdout, /^# pass 1$[\s\S]*^# fail 1$/m);
  const some = run('--test-reporter=tap', '--test-name-pattern=passes', file);
  assert.equal(some.status, 0, some.stdout);
  assert.match(some.stdout, /^# fail 0$/m);
});

test('what is interrupted ends with all that it started', { timeout: 60_000 }, async (t) => {
  const file = fileWith(
    t,
    'a.test.mjs',
    `import { spawnSync } from 'node:child_process';
     test('waits', () => { spawnSync('sh', ['-c', 'echo $$ > "$PID_FILE"; exec sleep 300']); });\n`,
  );
  const pidFile = `${file}.pid`;
  const running = spawn(process.execPath, [...args, file], {
    cwd: root,
    env: { ...env, PID_FILE: pidFile },
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => running.once('exit', resolve));
  while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await pause(50);
  const pid = Number(readFileSync(pidFile, 'utf8'));
  assert.ok(isAlive(pid));
  running.kill('SIGINT');
  assert.notEqual(await ended, 0);
  for (let tries = 0; isAlive(pid) && tries < 100; tries++) await pause(50);
  assert.ok(!isAlive(pid));
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('the table has a row for each judge: who is missing, who was not asked, who read and what', (t) => {
  const before = process.env.PLATFORM_JUDGES;
  const folder = mkdtempSync(join(tmpdir(), 'judges-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
    if (before === undefined) delete process.env.PLATFORM_JUDGES;
    else process.env.PLATFORM_JUDGES = before;
  });
  process.env.PLATFORM_JUDGES = folder;
  const missing = judgesTable([]);
  assert.equal(missing.split('\n').length, judges.length + 2);
  assert.match(missing, /^helm3 +v3\.22\.0 +not installed: npm run judges -- install$/m);
});
