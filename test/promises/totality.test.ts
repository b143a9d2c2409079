// Any JSON and any text as a configuration ends in findings or in outputs: never in a crash. Each single mistake causes its finding, at
// its place, and no other; as many independent mistakes as there are cause as many findings in one run.

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
import { type Mutation, mutationsOf } from '../platforms/mutations.ts';
import { platforms, platformsOf, scales } from '../platforms/platforms.ts';
import { asTypeScript } from '../platforms/text.ts';

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
      runs: 150,
      shown: ([platform, which, value]) => `// ${which}: ${JSON.stringify(value)}\n${asTypeScript(platform)}`,
    },
  );
});

test('a single mistake in shapes and names causes its finding, at its place, and no other', async () => {
  await holds(
    fc.tuple(platforms, fc.nat()),
    async ([platform, which]) => {
      const mutations = mutationsOf(platform);
      await causes(platform, [mutations[which % mutations.length] as Mutation]);
    },
    {
      runs: 500,
      shown: ([platform, which]) =>
        `// ${mutationsOf(platform)[which % mutationsOf(platform).length]?.name}\n${asTypeScript(platform)}`,
    },
  );
});

test('as many independent mistakes as twenty cause as many findings in one run', async () => {
  let most = 0;
  const mistakesOf = ([platform, which, count]: readonly [PlatformInput, number[], number]) =>
    independent(mutationsOf(platform), which).slice(0, count);
  await holds(
    fc.tuple(platforms, fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), fc.constantFrom(2, 5, 20)),
    async (drawn) => {
      const mistakes = mistakesOf(drawn);
      most = Math.max(most, mistakes.length);
      await causes(drawn[0], mistakes);
    },
    {
      runs: 120,
      shown: (drawn) =>
        `// ${mistakesOf(drawn)
          .map(({ name }) => name)
          .join(', ')}\n${asTypeScript(drawn[0])}`,
    },
  );
  assert.equal(most, 20);
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
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.lorem());
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

async function causes(platform: unknown, mutations: readonly Mutation[]): Promise<void> {
  const wrong = structuredClone(platform);
  for (const { apply } of mutations) apply(wrong);
  const { findings } = await compiled(wrong);
  const told = (list: readonly Pick<Finding, 'code' | 'path'>[]) =>
    list.map(({ code, path }) => `${code} at ${path?.join('.')}`).sort();
  assert.deepEqual(
    told(findings.filter(({ severity }) => severity === 'error')),
    told(mutations.map(({ code, at }) => ({ code, path: at }))),
    mutations.map(({ name }) => name).join(', '),
  );
}

/** Where the names are that others refer to: with the map as a whole gone, nobody knows whether a name is one of them. */
const NAMES =
  /^(presets|secrets|services|sources(,[^,]*(,images)?)?|environments(,[^,]*(,cluster|,cluster,nodePools|,databases)?)?)$/;

/** Those that were drawn, but of two that are at one place, inside of each other, or of which one has the names of the other, the first. */
function independent(mutations: readonly Mutation[], drawn: readonly number[]): Mutation[] {
  const chosen: Mutation[] = [];
  for (const number of drawn) {
    const mutation = mutations[number % mutations.length] as Mutation;
    const isApart = chosen.every(({ path }) => !isWithin(path, mutation.path) && !isWithin(mutation.path, path));
    const refers = (one: Mutation) => one.code.startsWith('config/unknown-') && one.code !== 'config/unknown-key';
    const names = (one: Mutation) => NAMES.test(one.path.join());
    const isFree = chosen.every((one) => !(refers(one) && names(mutation)) && !(names(one) && refers(mutation)));
    if (isApart && isFree) chosen.push(mutation);
  }
  return chosen;
}

function isWithin(inner: Path, outer: Path): boolean {
  return outer.every((step, index) => inner[index] === step);
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
