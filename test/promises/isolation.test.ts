// Change anything inside one environment: no byte of another environment's documents changes, and nothing of what is shared but what the
// change names. Change one service: only its own documents, and those that refer to it, change. No document of one environment mentions
// what another one has.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PlatformInput } from '../../lib/config/schema.ts';
import { isObject } from '../../lib/json.ts';
import type { Output } from '../../lib/pipeline.ts';
import { own, type Platform } from '../platforms/changeable.ts';
import { compiled, outputsOf } from '../platforms/compiled.ts';
import { holds } from '../platforms/holds.ts';
import { platforms } from '../platforms/platforms.ts';
import { placesOf, said } from '../platforms/settle-services.ts';
import { asTypeScript } from '../platforms/text.ts';
import { environmentEdits, serviceEdits } from './edits.ts';

const several = platforms.filter(({ environments }) => Object.keys(environments).length > 1);

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
      runs: 40,
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
      const concerned = new Set([service, ...referringTo(service, platform), ...comesBefore(service, platform)]);
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
    several.map(marked),
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

/** Documents of either side that the other has not, or has otherwise. */
function different(before: readonly Output[], after: readonly Output[]): Output[] {
  const texts = (outputs: readonly Output[]) => new Map(outputs.map(({ path, text }) => [path, text]));
  const [old, now] = [texts(before), texts(after)];
  return [
    ...after.filter(({ path, text, kind }) => kind !== 'model' && old.get(path) !== text),
    ...before.filter(({ path }) => !now.has(path)),
  ];
}

function pathsOf(outputs: readonly Output[]): string[] {
  return outputs.map(({ path }) => path);
}

/** Services whose release the service is part of, as a job: it is one of their values. */
function comesBefore(service: string, platform: PlatformInput): string[] {
  return placesOf(platform as Platform, service).flatMap(({ layers }) => said(layers, 'before') ?? []);
}

/** Services in which the name stands as a reference, in any layer. */
function referringTo(service: string, { services, presets = {} }: PlatformInput): string[] {
  return Object.entries(services).flatMap(([name, { preset, ...layers }]) =>
    refers([preset === undefined ? {} : own(presets, preset), layers], service) ? [name] : [],
  );
}

function refers(value: unknown, service: string): boolean {
  if (Array.isArray(value)) return value.some((item) => refers(item, service));
  if (!isObject(value)) return false;
  return (
    value.service === service || value.before === service || Object.values(value).some((item) => refers(item, service))
  );
}
