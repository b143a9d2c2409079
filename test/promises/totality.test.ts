// Any JSON and any text as a configuration ends in findings or in outputs: never in a crash. Each single mistake causes its finding, at
// its place, and no other; as many independent mistakes as one stage finds cause as many findings in one run.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PlatformInput } from '../../lib/config/schema.ts';
import type { Finding, Path } from '../../lib/finding/finding.ts';
import { acme } from '../acme.ts';
import { loaded } from '../load/repository.ts';
import { compiled } from '../platforms/compiled.ts';
import { holds } from '../platforms/holds.ts';
import { replaced } from '../platforms/leaves.ts';
import { allCodes, notCaused } from '../platforms/mistakes/codes.ts';
import {
  independent,
  type Mutation,
  madeIn,
  mistakes,
  mutationsOf,
  type Stage,
  stages,
} from '../platforms/mutations.ts';
import { platforms, platformsOf, scales } from '../platforms/platforms.ts';
import { asTypeScript } from '../platforms/text.ts';
import { wrongShapesOf } from '../platforms/wrong-shapes.ts';
import { unicodeText } from '../print/unicode-text.ts';

test('any JSON ends in findings, with a code and a message each', async () => {
  const anything = fc.jsonValue({ maxDepth: 5 });
  await holds(anything, (value) => endsWell(value), { runs: 60 });
});

test('any JSON in the place of any part of a platform ends in findings or in outputs', async () => {
  await holds(
    fc.tuple(platformsOf(scales.small), fc.nat(), fc.jsonValue({ maxDepth: 3 })),
    async ([platform, which, value]) => {
      const paths = pathsIn(platform);
      await endsWell(replaced(platform, paths[which % paths.length] ?? [], value));
    },
    {
      runs: 100,
      shown: ([platform, which, value]) => `// ${which}: ${JSON.stringify(value)}\n${asTypeScript(platform)}`,
    },
  );
});

test('a single mistake in shapes, limits and names causes its finding, at its place, and no other', async () => {
  const mutationOf = (platform: PlatformInput, which: number) => {
    const mutations = mutationsOf(platform, 'config');
    return mutations[which % mutations.length] as Mutation;
  };
  await holds(
    fc.tuple(platforms, fc.nat()),
    ([platform, which]) => causes(platform, [mutationOf(platform, which)], 'config'),
    { runs: 200, shown: ([platform, which]) => `// ${mutationOf(platform, which).name}\n${asTypeScript(platform)}` },
  );
});

test('each mistake that has a name causes its finding, at its place, and no other', async (t) => {
  const seen = new Set<string>();
  const sample = fc.sample(fc.noBias(platformsOf({ ...scales.small, services: 2 })), 120);
  for (const platform of sample.slice(0, 40))
    for (const { told } of wrongShapesOf(platform)) for (const { code } of told) seen.add(code);
  for (const stage of stages) {
    const left = new Set(mistakes[stage]);
    for (const platform of sample)
      for (const mistake of left) {
        const [mutation] = madeIn(platform, [mistake]);
        if (!mutation) continue;
        left.delete(mistake);
        for (const { code } of mutation.told) seen.add(code);
        await causes(platform, [mutation], stage);
      }
    assert.deepEqual(
      [...left].map(({ name }) => name),
      [],
      `no platform of ${sample.length} has a place for these`,
    );
  }
  const all = allCodes();
  const others = all.filter((code) => !seen.has(code));
  assert.deepEqual(
    others.filter((code) => !notCaused.some(({ codes }) => codes.test(code))),
    [],
    'caused by no mistake, and nobody says why not',
  );
  assert.deepEqual(
    [...seen].filter((code) => notCaused.some(({ codes }) => codes.test(code)) || !all.includes(code)),
    [],
    'caused, and said not to be, or not among all',
  );
  const ofStages = all.filter(
    (code) => !notCaused.some(({ codes, isOfValues }) => isOfValues === false && codes.test(code)),
  );
  t.diagnostic(`${seen.size} of the ${ofStages.length} codes of what a configuration says are caused`);
  assert.ok(seen.size >= ofStages.length * 0.95, `${seen.size} of ${ofStages.length}`);
});

test('as many independent mistakes of one stage as twenty cause as many findings in one run', async (t) => {
  const most = new Map<Stage, number>();
  type Drawn = readonly [PlatformInput, Stage, number[], number];
  const mistakesOf = ([platform, stage, which, count]: Drawn) =>
    independent(mutationsOf(platform, stage), which).slice(0, count);
  await holds(
    fc.tuple(
      fc.noBias(platformsOf(scales.small)),
      fc.constantFrom(...stages),
      fc.array(fc.nat(), { minLength: 90, maxLength: 90 }),
      fc.constantFrom(2, 20, 20),
    ),
    async (drawn) => {
      const [platform, stage] = drawn;
      const chosen = mistakesOf(drawn);
      most.set(stage, Math.max(most.get(stage) ?? 0, chosen.length));
      await causes(platform, chosen, stage);
    },
    {
      runs: 60,
      shown: (drawn) =>
        `// ${mistakesOf(drawn)
          .map(({ name }) => name)
          .join(', ')}\n${asTypeScript(drawn[0])}`,
    },
  );
  t.diagnostic([...most].map(([stage, count]) => `${stage} ${count}`).join(', '));
  for (const stage of ['config', 'model', 'judge'] as const) assert.equal(most.get(stage), 20, stage);
  assert.ok((most.get('verify') ?? 0) > 5);
});

test('any text as a configuration ends in findings or in a value', async () => {
  const source = asTypeScript(acme()).replace('./lib/index.ts', './definePlatform.ts');
  const files = { 'definePlatform.ts': 'export const definePlatform = <T>(platform: T): T => platform;' };
  const pieces = source.split(/(?<=\W)|(?=\W)/);
  const cut = fc
    .tuple(
      fc.nat(pieces.length),
      fc.nat(5),
      fc.constantFrom('', '{', '}', '`', '=>', '${', '/*', '\u2028', 'await ', '...'),
    )
    .map(([at, count, instead]) => [...pieces.slice(0, at), instead, ...pieces.slice(at + count)].join(''));
  const twice = fc
    .tuple(fc.nat(pieces.length), fc.nat(30))
    .map(([at, count]) =>
      pieces.flatMap((piece, n) => (n >= at && n < at + count ? [piece, piece] : [piece])).join(''),
    );
  const anything = fc.oneof(unicodeText(), fc.lorem());
  let found = 0;
  await holds(
    fc.oneof({ weight: 4, arbitrary: cut }, { weight: 2, arbitrary: twice }, { weight: 1, arbitrary: anything }),
    async (text) => {
      const { value, findings } = await loaded({ ...files, 'platform.config.ts': text });
      assert.equal(value === undefined, findings.length > 0);
      found += findings.length > 0 ? 1 : 0;
      if (value) await endsWell(value.value);
    },
    { runs: 40, shown: (text) => text },
  );
  assert.ok(found > 10);
});

async function endsWell(value: unknown): Promise<void> {
  const { findings, outputs } = await compiled(value);
  assert.ok(outputs !== undefined || findings.some(({ severity }) => severity === 'error'));
  for (const { code, message } of findings) {
    assert.match(code, /^[a-z]+\/[a-z_-]+$/);
    assert.notEqual(message, '');
  }
}

/** @throws when they cause anything but what they are told as */
async function causes(platform: PlatformInput, mutations: readonly Mutation[], stage: Stage): Promise<void> {
  const wrong = structuredClone(platform);
  for (const { apply } of mutations) apply(wrong);
  const found = told((await compiled(wrong)).findings);
  // The shapes of a valid platform have nothing against them; later stages may have warned of something before.
  const before = stage === 'config' ? [] : await toldBefore(platform);
  const expected = mutations.flatMap((mutation) => mutation.told.map(({ code, at }) => ({ code, path: at })));
  const maybe = new Set(mutations.flatMap((mutation) => mutation.maybe));
  const wanted = told(expected);
  const added = without(found, before);
  const surplus = without(added, wanted).filter((text) => maybe.has(text.split(' ')[0] ?? ''));
  assert.deepEqual(without(added, surplus), wanted, mutations.map(({ name }) => name).join(', '));
}

const known = new WeakMap<PlatformInput, string[]>();

async function toldBefore(platform: PlatformInput): Promise<string[]> {
  const before = known.get(platform) ?? told((await compiled(platform)).findings);
  known.set(platform, before);
  return before;
}

function told(findings: readonly Pick<Finding, 'code' | 'path'>[]): string[] {
  return findings.map(({ code, path }) => `${code} at ${path?.join('.')}`).sort();
}

/** Each as often as it is more often there. */
function without(texts: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return texts.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, item]) =>
      pathsIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}
