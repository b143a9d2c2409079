// Each value of the configuration is found in the documents that it is meant for: change it, and these change and no others, wherever no
// stronger layer has the last word. What is read back from YAML is what was meant, for every text, by readers of 1.1 and of 1.2
// alike.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { PlatformInput } from '../../lib/config/schema.ts';
import { isObject } from '../../lib/json.ts';
import type { Platform } from '../platforms/changeable.ts';
import { compiled, outputsOf } from '../platforms/compiled.ts';
import { holds, holdsFor } from '../platforms/holds.ts';
import { type Leaf, leavesOf, replaced } from '../platforms/leaves.ts';
import { entriesOf, type Placed, placesOf, said } from '../platforms/placed.ts';
import { platforms, platformsOf, scales } from '../platforms/platforms.ts';
import { asTypeScript } from '../platforms/text.ts';
import { different, heardAt, reachOf } from './reach.ts';

test('a value that is changed changes the documents that it is meant for, and no others', async (t) => {
  const tried = new Set<string>();
  await holds(
    fc.tuple(fc.noBias(platformsOf(scales.small)), fc.array(fc.nat(), { minLength: 4, maxLength: 4 })),
    async ([platform, which]) => {
      const before = await compiled(platform);
      for (const leaf of chosenFrom(heardIn(platform), which)) {
        const after = await compiled(replaced(platform, leaf.path, leaf.other));
        // What the change makes invalid has no documents; that is another promise.
        if (!after.outputs || !before.outputs || asksForAnEqual(leaf, before, after)) continue;
        tried.add(leaf.sort);
        const changed = different(before.outputs, after.outputs);
        const kinds = new Set(changed.map(({ kind }) => kind));
        const heard = heardAt(leaf, platform as Platform);
        const { must, may } = reachOf(leaf, platform, heard);
        const told = `${leaf.path.join('.')} changes ${[...kinds].join(', ') || 'nothing'}`;
        for (const kind of must) assert.ok(kinds.has(kind), `${told}, and no ${kind}`);
        for (const kind of kinds) assert.ok(may.includes(kind), `${told}, and is not meant for ${kind}`);
        if (!must.includes('values')) continue;
        for (const place of heard ?? []) {
          const path = valuesOf(place, platform);
          assert.ok(
            changed.some((output) => output.path === path),
            `${told}, and not ${path}`,
          );
        }
      }
    },
    {
      runs: 14,
      shown: ([platform, which]) =>
        `// ${chosenFrom(heardIn(platform), which)
          .map(({ path }) => path.join('.'))
          .join(', ')}\n${asTypeScript(platform)}`,
    },
  );
  t.diagnostic(`${tried.size} sorts of values changed`);
  assert.ok([...tried].filter((sort) => sort.startsWith('services.')).length > 10);
});

/** Every value that has the last word somewhere. */
function heardIn(platform: PlatformInput): Leaf[] {
  return leavesOf(platform).filter((leaf) => heardAt(leaf, platform as Platform)?.length !== 0);
}

/** Of these, as many as are drawn: each sort as likely as the others, those of services and presets half of the time. */
function chosenFrom(leaves: readonly Leaf[], drawn: readonly number[]): Leaf[] {
  const bySort = [...new Map(leaves.map((leaf) => [leaf.sort, leaf]))];
  const [inside, around] = [true, false].map((wanted) =>
    bySort.filter(([sort]) => /^(services|presets)\./.test(sort) === wanted).map(([, leaf]) => leaf),
  );
  return drawn.flatMap((number, index) => {
    const sorts = (index % 2 === 0 && inside?.length ? inside : around) ?? [];
    return sorts[number % Math.max(1, sorts.length)] ?? [];
  });
}

/** Two facts may have one value: a service that asks for the other then has what it had. */
function asksForAnEqual({ sort }: Leaf, before: Compiled, after: Compiled): boolean {
  const isFact = /\.envs\.\*(\.join\.\*)?\.(get|self|environment)$/.test(sort);
  return isFact && isDeepStrictEqual(before.model?.services, after.model?.services);
}

type Compiled = Awaited<ReturnType<typeof compiled>>;

function valuesOf({ name, environment, ground }: Placed, { gitops }: PlatformInput): string {
  return `${gitops.repository}/${ground.directory ?? environment}/${name}/values.yaml`;
}

test('readers of YAML 1.1 and of 1.2 read the same in every document', async () => {
  await holdsFor(
    platforms,
    async (platform) => {
      for (const { path, text } of await outputsOf(platform)) {
        if (!/\.ya?ml$/.test(path) || path.includes('/charts/')) continue;
        assert.deepEqual(parse(text, { version: '1.1' }), parse(text, { version: '1.2' }), path);
      }
    },
    { runs: 8 },
  );
});

test('every text of a variable, a file and an argument reads back as it was written', async () => {
  await holdsFor(
    platforms,
    async (platform) => {
      const outputs = await outputsOf(platform);
      for (const place of placesOf(platform as Platform)) {
        const { name, layers } = place;
        const path = valuesOf(place, platform);
        const text = outputs.find((output) => output.path === path)?.text;
        assert.ok(text !== undefined, path);
        const read = parse(text, { version: '1.1' });
        const service = read.kind ? read : read.releaseJobs[name];
        assert.deepEqual(service.args ?? null, said(layers, 'args') ?? null, path);
        assert.deepEqual(service.command ?? null, said(layers, 'command') ?? null, path);
        for (const [variable, value] of Object.entries(entriesOf<unknown>(layers, 'envs')))
          if (typeof value === 'string') assert.equal(service.envs[variable], value, `${path}: ${variable}`);
        for (const [volume, value] of Object.entries(entriesOf<unknown>(layers, 'volumes')))
          if (isObject(value) && value.kind === 'config')
            assert.deepEqual(service.volumes[volume].config.files, value.files, `${path}: ${volume}`);
      }
    },
    { runs: 15 },
  );
});
