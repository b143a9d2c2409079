// The same configuration makes the same bytes: whatever the order of keys, the number of cores, the batch size, the locale, the time
// zone, the umask or the release of Node, and whether anything was compiled before.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { isObject } from '../../lib/json.ts';
import type { Output } from '../../lib/pipeline.ts';
import { type Planned, render } from '../../lib/render/render.ts';
import { kinds } from '../../lib/targets/targets.ts';
import { compiled, outputsOf } from '../platforms/compiled.ts';
import { holds, holdsFor } from '../platforms/holds.ts';
import { platforms } from '../platforms/platforms.ts';
import { asTypeScript } from '../platforms/text.ts';

test('compiled again, and with all keys in another order, a platform makes the same bytes', async () => {
  await holds(
    fc.tuple(platforms, fc.integer()),
    async ([platform, seed]) => {
      const first = texts(await outputsOf(platform));
      assert.deepEqual(texts(await outputsOf(platform)), first);
      assert.deepEqual(texts(await outputsOf(shuffled(platform, seed))), first);
    },
    { runs: 12, shown: ([platform]) => asTypeScript(platform) },
  );
});

test('documents are the same however many are rendered in one batch, and on however many cores', async () => {
  await holds(
    fc.tuple(platforms, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5 })),
    async ([platform, batch, parallel]) => {
      const { model } = await compiled(platform);
      assert.ok(model);
      const planned = kinds.flatMap((kind) => kind.list(model).map((plan): Planned => ({ kind, plan })));
      assert.deepEqual(await render(model, planned, { batch, parallel }), await render(model, planned));
    },
    { runs: 6, shown: ([platform]) => asTypeScript(platform) },
  );
});

test('findings are the same whatever the order of keys', async () => {
  await holdsFor(
    fc.tuple(platforms, fc.integer()),
    async ([platform, seed]) => {
      const wrong = { ...platform, name: 'Wrong', delivery: { ...platform.delivery, timeoutMinutes: 0, runnr: 'x' } };
      const said = async (value: unknown) => (await compiled(value)).findings.map(({ message }) => message).sort();
      const findings = await said(wrong);
      assert.equal(findings.length, 3);
      assert.deepEqual(await said(shuffled(wrong, seed)), findings);
    },
    { runs: 10 },
  );
});

const child = fileURLToPath(new URL('./digest.ts', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));

test('a process with another locale, time zone, umask or release of Node makes the same bytes', (t) => {
  const expected = digestIn({});
  const surroundings: Record<string, Parameters<typeof digestIn>[0]> = {
    // Turkish sorts otherwise, and the time zone is a day ahead; one thread for Jsonnet.
    'another locale, time zone, umask and number of threads': {
      env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati', UV_THREADPOOL_SIZE: '1' },
      umask: '077',
    },
    ...Object.fromEntries(otherNodes().map((node) => [node, { node }])),
  };
  t.diagnostic(`other releases of Node: ${otherNodes().length === 0 ? 'none is installed' : otherNodes().join(', ')}`);
  for (const [name, around] of Object.entries(surroundings)) assert.equal(digestIn(around), expected, name);
});

/** A digest of what some platforms compile to, made by a process of its own. */
function digestIn({
  env = {},
  umask = '022',
  node = process.execPath,
}: {
  env?: object;
  umask?: string;
  node?: string;
}) {
  return execFileSync('sh', ['-c', `umask ${umask} && exec "$@"`, 'sh', node, '--import', 'tsx', child], {
    cwd: repository,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
}

/** Those that `.ci/run` installs. */
function otherNodes(): string[] {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'platform-compiler', 'node');
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .sort()
    .map((version) => join(cache, version, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node'))
    .filter((node) => existsSync(node));
}

function texts(outputs: readonly Output[]): Record<string, string> {
  return Object.fromEntries(outputs.map(({ path, text }) => [path, text]));
}

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, seed));
  if (!isObject(value)) return value;
  const place = (key: string) => createHash('sha256').update(`${seed} ${key}`).digest('hex');
  const keys = Object.keys(value).sort((a, b) => (place(a) < place(b) ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, shuffled(value[key], seed)]));
}
