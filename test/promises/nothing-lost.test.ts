// Each value of the configuration is found in the outputs that it is meant for: change it, and a document changes, unless a stronger
// layer has the last word or nothing uses it. What is read back from YAML is what was meant, for every text, by readers of 1.1 and of 1.2
// alike.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { PlatformInput } from '../../lib/config/schema.ts';
import { isObject } from '../../lib/json.ts';
import type { Output } from '../../lib/pipeline.ts';
import { type Layer, own, type Platform } from '../platforms/changeable.ts';
import { compiled, outputsOf } from '../platforms/compiled.ts';
import { holds, holdsFor } from '../platforms/holds.ts';
import { type Leaf, leavesOf, replaced } from '../platforms/leaves.ts';
import { platforms, platformsOf, scales } from '../platforms/platforms.ts';
import { entriesOf, placesOf, said } from '../platforms/settle-services.ts';
import { asTypeScript } from '../platforms/text.ts';

test('a value that is changed changes a document, unless something stronger has the last word', async (t) => {
  const tried = new Set<string>();
  await holds(
    fc.tuple(fc.noBias(platformsOf(scales.small)), fc.nat()),
    async ([platform, which]) => {
      const leaf = leafOf(platform, which);
      fc.pre(leaf !== undefined && isHeard(leaf, platform as Platform) && isUsed(leaf, platform));
      const after = (await compiled(replaced(platform, leaf.path, leaf.other))).outputs;
      fc.pre(after !== undefined);
      tried.add(leaf.sort);
      const before = await outputsOf(platform);
      assert.notDeepEqual(texts(after), texts(before), `${leaf.path.join('.')} reaches no document`);
    },
    {
      runs: 60,
      shown: ([platform, which]) => `// ${leafOf(platform, which)?.path.join('.')}\n${asTypeScript(platform)}`,
    },
  );
  t.diagnostic(`${tried.size} sorts of values changed`);
  assert.ok([...tried].filter((sort) => sort.startsWith('services.')).length > 10);
});

/** A leaf of some sort: each sort as likely as the others, those of services and presets more than half of the time. */
function leafOf(platform: PlatformInput, which: number): Leaf | undefined {
  const bySort = new Map(leavesOf(platform).map((leaf) => [leaf.sort, leaf]));
  const [inside, around] = [true, false].map((wanted) =>
    [...bySort].filter(([sort]) => /^(services|presets)\./.test(sort) === wanted).map(([, leaf]) => leaf),
  );
  const sorts = (which % 3 < 2 && inside?.length ? inside : around) ?? [];
  return sorts[Math.floor(which / 3) % Math.max(1, sorts.length)];
}

/** Whether what a layer of a service says there is the last word at some place. */
function isHeard({ path }: Leaf, platform: Platform): boolean {
  const [root, name = '', key, environment = ''] = path.map(String);
  if (root !== 'services' && root !== 'presets') return true;
  const isHere = root === 'services' && key === 'in';
  const inside = path.slice(isHere ? 4 : 2);
  const service = own(platform.services, name);
  const layer = root === 'presets' ? own(platform.presets, name) : isHere ? own(service?.in, environment) : service;
  return placesOf(platform)
    .filter(({ layers }) => layers.some((one) => one === layer))
    .some(({ layers }) => {
      const stronger = layers.slice(layers.indexOf(layer as Layer) + 1);
      return stronger.every((one) => !hasTheWord(one, inside));
    });
}

/** What is of one piece is replaced whole, as lists are. */
const OF_ONE_PIECE = /^(image|disruptionBudget|workloadIdentity|(envs|ports|probes|volumes),[^,]*)$/;

function hasTheWord(layer: unknown, path: readonly (string | number)[]): boolean {
  let value = layer;
  for (const [depth, step] of path.entries()) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return false;
    value = value[step];
    if (!isObject(value) || OF_ONE_PIECE.test(path.slice(0, depth + 1).join())) return true;
  }
  return true;
}

/** What is read only where something else is there, or is for people alone. */
function isUsed({ path, sort }: Leaf, platform: PlatformInput): boolean {
  const hasWorkflows = Object.keys(platform.sources).length > 0;
  const places = placesOf(platform as Platform);
  const here = places.filter(({ environment }) => environment === path[1]);
  switch (sort) {
    case 'secrets.*': // what the secret is for
      return false;
    case 'github.ownerId':
      return Object.values(platform.sources).some(({ repositoryId }) => repositoryId !== undefined);
    case 'sources.*.repositoryId':
      return platform.github.ownerId !== undefined;
    case 'registry.loginServerSecret':
    case 'delivery.runner':
    case 'delivery.timeoutMinutes':
    case 'delivery.pathsIgnore.*':
      return hasWorkflows;
    case 'delivery.writeSecret':
      return false; // where an image is updated: conformance, delivery
    case 'environments.*.branch':
    case 'environments.*.imageTags.suffix':
      return hasWorkflows;
    case 'environments.*.domain':
    case 'environments.*.ingress.className':
    case 'environments.*.ingress.issuer':
      return here.some(
        ({ layers }) =>
          layers.every(({ ingress }) => ingress === undefined) &&
          layers.some(({ hosts }) => Object.keys(hosts ?? {}).length > 0 && hosts !== null),
      );
    case 'environments.*.tier': // what it decides is held by rules and defaults
      return false;
    default:
      // A kind decides what else may be said; facts may have equal values.
      return !/\.(kind|environment|get|self|protocol)$|\.replicaCount$|\.autoscaling\./.test(sort);
  }
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
      for (const { name, environment, ground, layers } of placesOf(platform as Platform)) {
        const path = `${platform.gitops.repository}/${ground.directory ?? environment}/${name}/values.yaml`;
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

function texts(outputs: readonly Output[]): string[] {
  return outputs.filter(({ kind }) => kind !== 'model').map(({ path, text }) => `${path}\n${text}`);
}
