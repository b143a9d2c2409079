import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Disk } from '../../lib/write/disk.ts';
import { holdSignals, turn } from '../../lib/write/signals.ts';
import { contents, file, hostOf, lay, outOf, processNumber, quickDisk } from './rig.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const onWindows = { skip: process.platform === 'win32' };

/** Listens for signals during a test, as `watch` does: they do not end this process then. @returns those that came */
function listening(t: TestContext): NodeJS.Signals[] {
  const heard: NodeJS.Signals[] = [];
  const hear = (signal: NodeJS.Signals) => heard.push(signal);
  for (const signal of SIGNALS) process.on(signal, hear);
  t.after(() => {
    for (const signal of SIGNALS) process.off(signal, hear);
  });
  return heard;
}

async function send(signal: NodeJS.Signals): Promise<void> {
  process.kill(process.pid, signal);
  for (let n = 0; n < 5; n++) await turn();
}

test('the first signal that comes is noted, until the hold ends', onWindows, async (t) => {
  const heard = listening(t);
  for (const signal of SIGNALS) {
    const before = SIGNALS.map((name) => process.listenerCount(name));
    const hold = holdSignals();
    assert.equal(hold.asked(), undefined);
    await send(signal);
    assert.equal(hold.asked(), signal);
    await send(signal === 'SIGHUP' ? 'SIGINT' : 'SIGHUP');
    assert.equal(hold.asked(), signal);
    await hold.release();
    assert.deepEqual(
      SIGNALS.map((name) => process.listenerCount(name)),
      before,
    );
    assert.equal(heard.splice(0).length, 2, 'who else listens is told of each once');
  }
});

test('a signal while texts are staged leaves the folder as it was, and says so', onWindows, async (t) => {
  listening(t);
  const folder = outOf(t);
  await lay(folder, [file('t/a', '1')]);
  const before = contents(folder.directory);
  const disk: Disk = {
    ...quickDisk,
    create(path, bytes, mode) {
      if (path.includes('.platform-journal')) process.kill(process.pid, 'SIGTERM');
      quickDisk.create(path, bytes, mode);
    },
    sync: async () => {
      for (let n = 0; n < 5; n++) await turn();
    },
  };
  const outcome = await lay(folder, [file('t/a', '2')], { host: hostOf(disk, processNumber(1)) });
  assert.deepEqual(
    outcome.findings.map(({ code, message }) => [code, message]),
    [['write/stopped', 'stopped by SIGTERM before anything was written']],
  );
  assert.deepEqual(outcome.value, { steps: [], changed: [] });
  assert.deepEqual(contents(folder.directory), before);
});
