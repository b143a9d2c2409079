// The same configuration makes the same bytes: whatever the order of keys, the number of cores, the batch size, the locale, the time
// zone, the umask or the release of Node, and whether anything was compiled before.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Locate } from '../../lib/config/findings.ts';
import type { PlatformInput } from '../../lib/config/schema.ts';
import type { Finding } from '../../lib/finding/finding.ts';
import type { Json } from '../../lib/json.ts';
import { compileConfiguration, type Output } from '../../lib/pipeline.ts';
import { type Planned, render } from '../../lib/render/render.ts';
import { kinds } from '../../lib/targets/targets.ts';
import { compiled, outputsOf } from '../platforms/compiled.ts';
import { holds } from '../platforms/holds.ts';
import { independent, type Mutation, madeIn, mistakes, stages } from '../platforms/mutations.ts';
import { platforms, platformsOf, scales } from '../platforms/platforms.ts';
import { asTypeScript } from '../platforms/text.ts';
import { wrongShapesOf } from '../platforms/wrong-shapes.ts';
import { digest } from './digest.ts';
import { type Places, placesIn, regardless, SIDES, shuffled } from './order.ts';

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

/** Mistakes that one stage finds, and apart from them those in shapes: there are so many of these that others would be rare. */
const sorts: Readonly<Record<string, (platform: PlatformInput) => readonly Mutation[]>> = {
  shapes: wrongShapesOf,
  ...Object.fromEntries(stages.map((stage) => [stage, (platform) => madeIn(platform, mistakes[stage])])),
};

test('findings are the same, and in the same order, whatever the order of keys', async (t) => {
  const seen = new Map<string, number>();
  const codes = new Set<string>();
  await holds(
    fc.noBias(
      fc.tuple(
        platformsOf(scales.small),
        // Shapes are soon judged, and the most of them are alike but for their place.
        fc.constantFrom('shapes', 'shapes', 'shapes', ...Object.keys(sorts), 'verify'),
        fc.array(fc.nat(), { minLength: 1, maxLength: 16 }),
        fc.integer(),
        fc.constantFrom('have none', 'have none', 'stay', 'move'),
      ),
    ),
    async ([platform, sort, drawn, seed, places]) => {
      const chosen = independent(sorts[sort]?.(platform) ?? [], drawn);
      if (chosen.length === 0) return;
      const wrong = structuredClone(platform);
      for (const { apply } of chosen) apply(wrong);
      const findings = await sameFindings(wrong, shuffled(wrong, seed), places);
      for (const what of [sort, `places that ${places}`]) seen.set(what, (seen.get(what) ?? 0) + findings.length);
      for (const { code } of findings) codes.add(code);
    },
    {
      runs: 60,
      shown: ([platform, sort, drawn, seed, places]) =>
        `// ${sort}: ${independent(sorts[sort]?.(platform) ?? [], drawn).map(({ name }) => name)}; keys by ${seed}; places ${places}\n${asTypeScript(platform)}`,
    },
  );
  t.diagnostic(`${[...seen].map(([what, count]) => `${what} ${count}`).join(', ')} findings, ${codes.size} codes`);
  assert.equal(seen.size, Object.keys(sorts).length + 3);
});

/**
 * Compares what is found in two configurations that differ in the order of keys. Three sorts of places are tried: none at all; places
 * that stay where they are, as when a program puts its parts together in another order: all is then told in the same order; and places
 * that move with the keys, as when a person moves lines: all is then told in the order of the lines.
 *
 * @returns what is found
 */
async function sameFindings(one: unknown, other: unknown, places: string): Promise<readonly Finding[]> {
  const here = placesIn(one);
  const there = places === 'move' ? placesIn(other) : here;
  const first = await findingsOf(one, places === 'have none' ? () => undefined : here.locate);
  const second = await findingsOf(other, places === 'have none' ? () => undefined : there.locate);
  if (places === 'move') {
    assert.deepEqual(inAnyOrder(second, there.pathAt), inAnyOrder(first, here.pathAt));
    assertInOrder(first);
    assertInOrder(second);
    return first;
  }
  // Which of two sources is told of an image that both build follows from their order, and where that is told from it.
  const duplicates = (all: readonly Finding[]) => all.filter(({ code }) => code === 'config/duplicate');
  const rest = (all: readonly Finding[]) => all.filter(({ code }) => code !== 'config/duplicate');
  assert.deepEqual(inAnyOrder(duplicates(second)), inAnyOrder(duplicates(first)));
  assert.deepEqual(
    rest(second).map((finding) => regardless(finding)),
    rest(first).map((finding) => regardless(finding)),
  );
  return first;
}

async function findingsOf(configuration: unknown, locate: Locate): Promise<readonly Finding[]> {
  const { findings } = await compileConfiguration(configuration as Json, { file: 'platform.config.ts', locate });
  return findings;
}

function inAnyOrder(findings: readonly Finding[], pathAt?: Places['pathAt']): string[] {
  return findings.map((finding) => JSON.stringify(regardless(finding, pathAt))).sort();
}

/** By line and column, the most severe first; what has no place is last. Of two sides of a conflict, the later one is told. */
function assertInOrder(findings: readonly Finding[]): void {
  const turned = findings.filter(
    ({ code, place, other }) => SIDES.test(code) && place && other && place.line < other.line,
  );
  assert.deepEqual(turned, [], 'the earlier side is told');
  const ranks = findings.map(({ place, severity }) => [
    place?.line ?? Number.POSITIVE_INFINITY,
    place?.column ?? 0,
    ['error', 'warning', 'notice'].indexOf(severity),
  ]);
  const isBefore = (a: readonly number[], b: readonly number[]) => {
    const index = a.findIndex((rank, at) => rank !== b[at]);
    return index < 0 || Number(a[index]) < Number(b[index]);
  };
  assert.deepEqual(
    ranks.filter((rank, index) => index > 0 && !isBefore(ranks[index - 1] ?? [], rank)),
    [],
  );
}

const child = fileURLToPath(new URL('./digest.ts', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));

test('a process with another locale, time zone, umask or release of Node makes the same bytes', async (t) => {
  const others = otherNodes();
  t.diagnostic(`other releases of Node: ${others.length === 0 ? 'none is installed' : others.join(', ')}`);
  const expected = await digestHere();
  // Each is started in other surroundings, as starting takes most of the time; where another Node is there, this one starts no more.
  for (const [index, node] of (others.length === 0 ? [process.execPath] : others).entries())
    assert.equal(digestIn(surroundings[index % surroundings.length] as Surroundings, node), expected, node);
});

type Surroundings = Readonly<{ env: Readonly<Record<string, string>>; umask: string }>;

/** Turkish and Danish sort otherwise, and the time zones are a day apart; one thread for Jsonnet, and many. */
const surroundings: readonly Surroundings[] = [
  {
    env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati', UV_THREADPOOL_SIZE: '1' },
    umask: '077',
  },
  { env: { LANG: 'da_DK.UTF-8', LC_ALL: 'da_DK.UTF-8', TZ: 'Pacific/Niue', UV_THREADPOOL_SIZE: '9' }, umask: '000' },
];

/** In this process, which has compiled other platforms before. */
async function digestHere(): Promise<string> {
  const umask = process.umask(0o022);
  try {
    return await digest();
  } finally {
    process.umask(umask);
  }
}

/** The same, made by a process of its own. */
function digestIn({ env, umask }: Surroundings, node: string): string {
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
