import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { workspace } from './workspace.ts';

const bin = fileURLToPath(new URL('../../lib/commands/start.mjs', import.meta.url));

/** A command in a process of its own. What it prints is waited for, never a time. */
function start(t: TestContext, directory: string, ...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, [bin, ...args], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  let printed = '';
  const readers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => {
      printed += bytes;
      for (const reader of readers) reader();
    });
  return {
    child,
    /** Resolves with all that was printed since the last time, once it matches. */
    until(pattern: RegExp): Promise<string> {
      return new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(printed)) return;
          readers.delete(look);
          resolve(printed);
          printed = '';
        };
        readers.add(look);
        child.once('exit', () => reject(new Error(`it ended: ${printed}`)));
        look();
      });
    },
  };
}

const READY = /watching …\n$/;

test('watch compiles again when the configuration or what it imports is saved, whatever way an editor saves', async (t) => {
  const { directory, edit, read, write } = workspace(t, 'ferry');
  const { child, until } = start(t, directory, 'watch');
  assert.match(await until(READY), /\d+ documents, \d+ written/);

  const lanes = read('lanes.ts');
  write('lanes.ts', `${lanes}\n// nothing that matters\n`);
  assert.match(await until(READY), /none written/);

  edit(/maxPods: 110/, 'maxPods: 111');
  assert.match(await until(READY), /because .*\.maxPods: 110 → 111 /);

  edit(/maxPods: 111/, 'maxPods: 5');
  assert.match(await until(READY), /platform\.config\.ts:\d+:\d+ error/);

  // As editors do that never leave half a file: a new one takes the place of the old.
  const mended = read('platform.config.ts').replace('maxPods: 5', 'maxPods: 112');
  writeFileSync(join(directory, 'platform.config.ts.tmp'), mended);
  renameSync(join(directory, 'platform.config.ts.tmp'), join(directory, 'platform.config.ts'));
  assert.match(await until(READY), /because .*\.maxPods: 111 → 112 /);

  const ended = once(child, 'exit');
  child.kill('SIGINT');
  assert.deepEqual(await ended, [0, null]);
});

test('an interrupted compile leaves no mixture, and the next one is whole', async (t) => {
  const { directory, run, tree } = workspace(t);
  for (const delay of [0, 400, 800, 1000]) {
    const { child } = start(t, directory, 'compile');
    const ended = once(child, 'exit');
    await new Promise((resume) => setTimeout(resume, delay));
    child.kill('SIGINT');
    await ended;
  }
  assert.equal((await run('compile')).code, 0);
  assert.equal((await run('check')).code, 0);
  assert.deepEqual(
    Object.keys(tree()).filter((path) => path.startsWith('.platform')),
    [],
  );
});
