import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { File, Folder } from '../../lib/write/folder.ts';
import { checkoutOf, codes, contents, file, lay, outOf, planned, put } from './rig.ts';

const child = fileURLToPath(new URL('child.ts', import.meta.url));
const old = Array.from({ length: 70 }, (_, index) => file(`t/${index % 2 ? 'a' : 'b'}/${index}.yaml`, 'old\n'));
const next = old.slice(5).map((one) => ({ ...one, text: 'new\n' }));

type Moment = Readonly<{ signal: NodeJS.Signals; operation: string; nth: number }>;

async function run(folder: Folder, files: readonly File[], moment: Moment) {
  const args = ['--import', 'tsx', child, JSON.stringify({ folder, files, ...moment })];
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  running.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    running.on('close', (...end) => resolve(end));
  });
  return { code, signal, stdout };
}

/** Every kind of operation. Once a file was moved it is a mixture, and until the journal is gone. */
const kills = [
  { operation: 'look', nth: 0, leaves: 'the old state' },
  { operation: 'read', nth: 100, leaves: 'the old state' },
  { operation: 'list', nth: 0, leaves: 'the old state' },
  { operation: 'demandWritable', nth: 1, leaves: 'the old state' },
  { operation: 'createFolder', nth: 0, leaves: 'the old state' },
  { operation: 'sync', nth: 0, leaves: 'the old state' },
  { operation: 'sync', nth: 2, leaves: 'the old state' },
  { operation: 'realpath', nth: 9, leaves: 'a mixture' },
  { operation: 'sync', nth: 3, leaves: 'a mixture' },
  { operation: 'create', nth: 30, leaves: 'the old state' },
  { operation: 'move', nth: 0, leaves: 'the old state' },
  { operation: 'remove', nth: 1, leaves: 'a mixture' },
  { operation: 'move', nth: 20, leaves: 'a mixture' },
  { operation: 'removeFolder', nth: 5, leaves: 'the new state' },
  { operation: 'remove', nth: 1, leaves: 'a mixture', place: checkoutOf },
  { operation: 'move', nth: 20, leaves: 'a mixture', place: checkoutOf },
];

test('a process killed with -9 leaves what the next one makes whole', {
  concurrency: 4,
  skip: noSignals(),
}, async (t) => {
  await Promise.all(
    kills.map(({ operation, nth, leaves, place = outOf }) =>
      t.test(
        `before ${operation} ${nth}, which leaves ${leaves}, in ${place === outOf ? 'out/' : 'a checkout'}`,
        async (t) => {
          const folder = place(t);
          put(folder, '.gitattributes', '* -text\n');
          await lay(folder, old);
          const before = contents(folder.directory);
          assert.equal((await run(folder, next, { signal: 'SIGKILL', operation, nth })).signal, 'SIGKILL');
          const found = Object.entries(contents(folder.directory)).filter(([path]) => !path.startsWith('.platform-'));
          const isOld = JSON.stringify(found) === JSON.stringify(Object.entries(before));
          assert.equal(isOld, leaves === 'the old state');

          const check = await planned(folder, next);
          assert.equal(check.value.isFresh, leaves === 'the new state');
          if (leaves === 'a mixture')
            assert.deepEqual(codes(check), ['write/interrupted .platform-journal/journal.json']);
          await lay(folder, next);
          assert.equal((await planned(folder, next)).value.isFresh, true);
          const paths = Object.keys(contents(folder.directory));
          assert.deepEqual(paths, ['.gitattributes', folder.manifest, ...next.map((one) => one.path).sort()]);
        },
      ),
    ),
  );
});

const signals = [
  { signal: 'SIGINT', operation: 'create', nth: 30, leaves: 'the old state' },
  { signal: 'SIGTERM', operation: 'remove', nth: 0, leaves: 'the new state' },
  { signal: 'SIGINT', operation: 'move', nth: 20, leaves: 'the new state' },
] as const;

test('a process that is asked to end does so, with nothing or everything written', {
  concurrency: true,
  skip: noSignals(),
}, async (t) => {
  await Promise.all(
    signals.map(({ leaves, ...moment }) =>
      t.test(`${moment.signal} before ${moment.operation} ${moment.nth} leaves ${leaves}`, async (t) => {
        const folder = outOf(t);
        await lay(folder, old);
        assert.equal((await run(folder, next, moment)).signal, moment.signal);
        assert.deepEqual(
          Object.keys(contents(folder.directory)).filter((path) => path.startsWith('.platform-')),
          [],
        );
        for (const [files, state] of [
          [old, 'the old state'],
          [next, 'the new state'],
        ] as const) {
          assert.equal((await planned(folder, files)).value.isFresh, state === leaves);
        }
      }),
    ),
  );
});

/** Why not to run, where processes do not get signals as POSIX has them. */
function noSignals(): string | false {
  return process.platform === 'win32' && 'Windows has no such signals';
}
