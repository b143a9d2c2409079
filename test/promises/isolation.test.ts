// Change any value inside one environment: no byte of another environment's documents changes, and nothing of what is shared but what the
// change names. Change one service: only its own documents, and those that refer to it, change. No document of one environment mentions
// what another one has.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PlatformInput } from '../../lib/config/schema.ts';
import type { Output } from '../../lib/pipeline.ts';
import type { Platform } from '../platforms/changeable.ts';
import { compiled, outputsOf } from '../platforms/compiled.ts';
import { holds } from '../platforms/holds.ts';
import { type Leaf, leavesOf, replaced } from '../platforms/leaves.ts';
import { platforms } from '../platforms/platforms.ts';
import { asTypeScript } from '../platforms/text.ts';
import { environmentEdits, serviceEdits } from './edits.ts';
import { concernedBy, different, reachOf } from './reach.ts';

const several = platforms.filter(({ environments }) => Object.keys(environments).length > 1);

test('a value inside of one environment, or of one service, changes no document of another', async (t) => {
  const tried = { environment: 0, service: 0 };
  const chosenFrom = (platform: PlatformInput, which: readonly number[]) => {
    const leaves = leavesOf(platform).filter(({ path: [root] }) => root === 'environments' || root === 'services');
    return which.flatMap((number, index) => {
      const wanted = leaves.filter(({ path: [root] }) => (root === 'environments') === (index % 2 === 0));
      return wanted[number % Math.max(1, wanted.length)] ?? [];
    });
  };
  await holds(
    fc.tuple(several, fc.array(fc.nat(), { minLength: 4, maxLength: 4 })),
    async ([platform, which]) => {
      const before = await outputsOf(platform);
      for (const leaf of chosenFrom(platform, which)) {
        const after = (await compiled(replaced(platform, leaf.path, leaf.other))).outputs;
        if (!after) continue;
        const { environment, service } = insideOf(leaf);
        tried[service === undefined ? 'environment' : 'service']++;
        const { may, shared } = reachOf(leaf, platform);
        const concerned = service === undefined ? undefined : concernedBy(service, platform);
        const elsewhere = different(before, after).filter(
          (output) =>
            !may.includes(output.kind) ||
            (environment !== undefined && output.environment === undefined && !shared.includes(output.kind)) ||
            (environment !== undefined && ![environment, undefined].includes(output.environment)) ||
            (concerned && output.service !== undefined && !concerned.has(output.service)),
        );
        assert.deepEqual(pathsOf(elsewhere), [], `${leaf.path.join('.')} changes`);
      }
    },
    {
      runs: 14,
      shown: ([platform, which]) =>
        `// ${chosenFrom(platform, which)
          .map(({ path }) => path.join('.'))
          .join(', ')}\n${asTypeScript(platform)}`,
    },
  );
  t.diagnostic(`${tried.environment} values of environments, ${tried.service} of services`);
  assert.ok(tried.environment > 5 && tried.service > 5);
});

/** The environment and the service that a value is said in. */
function insideOf({ path: [root, name, key, here] }: Leaf): { environment?: string; service?: string } {
  if (root === 'environments') return { environment: String(name) };
  return { service: String(name), ...(key === 'in' && { environment: String(here) }) };
}

test('a change inside of one environment changes no document of another, nor what is shared', async (t) => {
  const tried = new Map<string, number>();
  await holds(
    fc.tuple(several, fc.nat(), fc.constantFrom(...environmentEdits)),
    async ([platform, which, edit]) => {
      const names = Object.keys(platform.environments);
      const environment = names[which % names.length] ?? '';
      const changed = structuredClone(platform) as Platform;
      edit.apply(changed, environment);
      const after = (await compiled(changed)).outputs;
      // What the change makes invalid has no documents; that is another promise.
      fc.pre(after !== undefined);
      const differ = different(await outputsOf(platform), after);
      if (differ.length > 0) tried.set(edit.name, (tried.get(edit.name) ?? 0) + 1);
      const elsewhere = differ.filter(
        (output) =>
          output.environment !== environment && !(output.environment === undefined && edit.names?.test(output.path)),
      );
      assert.deepEqual(pathsOf(elsewhere), [], `${edit.name} of ${environment} changes`);
    },
    {
      runs: 20,
      shown: ([platform, which, edit]) => `// ${edit.name}, environment ${which}\n${asTypeScript(platform)}`,
    },
  );
  t.diagnostic([...tried].map(([name, count]) => `${name} ${count}`).join(', '));
});

test('a change of one service changes its own documents and those that refer to it', async (t) => {
  const tried = new Map<string, number>();
  const withServices = platforms.filter(({ services }) => Object.keys(services).length > 1);
  await holds(
    fc.tuple(withServices, fc.nat(), fc.constantFrom(...serviceEdits)),
    async ([platform, which, edit]) => {
      const names = Object.keys(platform.services);
      const service = names[which % names.length] ?? '';
      const changed = structuredClone(platform) as Platform;
      edit.apply(changed, service);
      const after = (await compiled(changed)).outputs;
      fc.pre(after !== undefined);
      tried.set(edit.name, (tried.get(edit.name) ?? 0) + 1);
      const concerned = concernedBy(service, platform);
      const elsewhere = different(await outputsOf(platform), after).filter((output) =>
        output.service === undefined ? !edit.lists?.test(output.path) : !concerned.has(output.service),
      );
      assert.deepEqual(pathsOf(elsewhere), [], `${edit.name} of ${service} changes`);
    },
    { runs: 40, shown: ([platform, which, edit]) => `// ${edit.name}, service ${which}\n${asTypeScript(platform)}` },
  );
  t.diagnostic([...tried].map(([name, count]) => `${name} ${count}`).join(', '));
});

test('no document of one environment mentions what another one has', async () => {
  await holds(
    several.filter((platform) => JSON.stringify(platform).search(MARK) === -1).map(marked),
    async (platform) => {
      const names = Object.keys(platform.environments);
      const outputs = await outputsOf(platform);
      for (const [number, name] of names.entries()) {
        const own = outputs
          .filter(({ environment }) => environment === name)
          .map(({ text }) => text)
          .join();
        for (const part of ['g', 'k', 'n', 't', 'v'])
          assert.ok(own.includes(`qz${number}x-${part}`), `the mark ${part} of ${name}`);
      }
      for (const { environment, path, text } of outputs) {
        if (environment === undefined) continue;
        for (const [, number] of text.matchAll(MARK))
          assert.equal(names[Number(number)], environment, `${path} mentions environment ${names[Number(number)]}`);
      }
    },
    { runs: 20, shown: asTypeScript },
  );
});

/** What stands in every name that one environment has for itself, with the number of the environment. */
const MARK = /qz(\d)x/g;

/** The same platform, in which everything that is one environment's own has its mark. */
function marked(platform: PlatformInput): PlatformInput {
  const copy = structuredClone(platform) as Platform;
  for (const [index, environment] of Object.values(copy.environments).entries()) {
    const mark = `qz${index}x`;
    environment.domain = `${mark}.example`;
    environment.branch = `${mark}/b`;
    environment.directory = `${mark}-d`;
    environment.namespace = `${mark}-n`;
    environment.resourceGroup = `${mark}-g`;
    environment.tags = { [`${mark}-t`]: mark };
    environment.ingress = { className: `${mark}-c`, issuer: `${mark}-i` };
    environment.network.name = `${mark}-v`;
    environment.cluster.name = `${mark}-k`;
    environment.imageTags.suffix = `-${mark}`;
    for (const [number, database] of Object.values(environment.databases ?? {}).entries()) {
      database.server = `${mark}-s${number}`;
      if (database.login) database.login.user = `${mark}_u`;
    }
  }
  for (const service of Object.values(copy.services))
    for (const [name, here] of Object.entries(service.in ?? {}))
      if (here !== false) here.args = [`qz${Object.keys(copy.environments).indexOf(name)}x`];
  return copy as PlatformInput;
}

function pathsOf(outputs: readonly Output[]): string[] {
  return outputs.map(({ path }) => path);
}
