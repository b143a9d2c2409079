// Each value of the configuration is found in the documents that it is meant for: change it, and these change and no others,
// wherever no stronger layer has the last word. What is read back from YAML is what was meant, for every text, by readers of 1.1
// and of 1.2 alike, and of JSON; HCL has no text of a configuration.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { PlatformInput } from '../../lib/config/schema.ts';
import * as v from '../../lib/config/vocabulary.ts';
import type { Path } from '../../lib/finding/finding.ts';
import { isObject } from '../../lib/json.ts';
import type { Platform } from '../platforms/changeable.ts';
import { compiled, outputsOf } from '../platforms/compiled.ts';
import { holds, holdsFor } from '../platforms/holds.ts';
import { type Leaf, leavesOf, replaced } from '../platforms/leaves.ts';
import { entriesOf, type Placed, placesOf, said } from '../platforms/placed.ts';
import { platforms, platformsOf, scales } from '../platforms/platforms.ts';
import { asTypeScript } from '../platforms/text.ts';
import { anyText, textOf } from '../platforms/words.ts';
import { nastyStrings } from '../print/nasty.ts';
import { different, heardAt, type Reach, reachOf } from './reach.ts';

/** How often a platform is compiled with changes: each time with a change for each sort of document, as far as there are any. */
const ROUNDS = 3;

test('a value that is changed changes the documents that it is meant for, and no others', async (t) => {
  const tried = new Map<string, number>();
  await holds(
    fc.tuple(fc.noBias(platformsOf(scales.small)).map(delivering), turns()),
    async ([platform, turn]) => {
      const before = await compiled(platform);
      for (const changes of roundsOf(platform, turn)) {
        const { made, after } = await madeOf(changes, platform);
        if (made.length > 0) checkReach(made, platform, before, after);
        for (const { leaf, must } of made) if (must.length > 0) tried.set(leaf.sort, (tried.get(leaf.sort) ?? 0) + 1);
      }
    },
    {
      runs: 14,
      shown: ([platform, turn]) =>
        `${roundsOf(platform, turn)
          .map((changes) => `// ${changes.map(({ leaf }) => leaf.path.join('.')).join(', ')}\n`)
          .join('')}${asTypeScript(platform)}`,
    },
  );
  const times = (sort: RegExp) =>
    [...tried].filter(([one]) => sort.test(one)).reduce((sum, [, number]) => sum + number, 0);
  t.diagnostic(`${times(/./)} changes of ${tried.size} sorts of values, ${times(/\.network\./)} of them of networks`);
  if (process.env.REPLAY) return;
  assert.ok(times(/\.network\./) >= 5, 'networks');
  for (const some of ['delivery', 'sources', 'registry', 'infrastructure'])
    assert.ok(times(new RegExp(`^${some}\\.`)) > 0, some);
  assert.ok([...tried.keys()].filter((sort) => sort.startsWith('services.')).length > 10, 'services');
});

/** Few platforms say how they deliver, and what is not said cannot be changed. */
function delivering(platform: PlatformInput): PlatformInput {
  return { ...platform, delivery: { runner: 'ubuntu-24.04-arm', timeoutMinutes: 45, ...platform.delivery } };
}

/**
 * Which case it is, so that cases walk through the sorts in turn. One that is tried again, or made smaller, remains the one it
 * was.
 */
function turns(): fc.Arbitrary<number> {
  let turn = Number(process.env.REPLAY?.split(':')[0] ?? 0);
  return fc.noShrink(fc.constant(0).map(() => turn++));
}

type Change = Readonly<{
  leaf: Leaf;
  heard: readonly Placed[] | undefined;
  must: readonly string[];
  /** the documents that may change: kind and environment */
  documents: readonly string[];
}>;

/**
 * Changes of the sorts whose turn it is, a few at a time: no two that are made at once are meant for the same documents, so that
 * what changes is always the work of one.
 */
function roundsOf(platform: PlatformInput, turn: number): Change[][] {
  const rounds = Array.from({ length: ROUNDS }, () => ({ changes: [] as Change[], taken: new Set<string>() }));
  for (const change of changesOf(platform, turn)) {
    const round = rounds.find(({ taken }) => !change.documents.some((one) => taken.has(one)));
    round?.changes.push(change);
    for (const one of change.documents) round?.taken.add(one);
  }
  return rounds.map(({ changes }) => changes);
}

/** One of each sort of value that has the last word somewhere, in turn. */
function changesOf(platform: PlatformInput, turn: number): Change[] {
  const bySort = new Map<string, Change[]>();
  for (const leaf of leavesOf(platform)) {
    const heard = heardAt(leaf, platform as Platform);
    if (heard?.length === 0) continue;
    const { must, ...reach } = reachOf(leaf, platform, heard);
    const documents = documentsOf(leaf, heard, reach, platform);
    bySort.set(leaf.sort, [...(bySort.get(leaf.sort) ?? []), { leaf, heard, must, documents }]);
  }
  return [...bySort]
    .map(([sort, changes]) => ({ changes, place: placeInTurn(sort, turn) }))
    .sort((a, b) => a.place - b.place)
    .flatMap(({ changes, place }) => changes[Math.floor(place * 1000) % changes.length] ?? []);
}

function documentsOf(
  { path }: Leaf,
  heard: readonly Placed[] | undefined,
  { may, shared }: Pick<Reach, 'may' | 'shared'>,
  { environments }: PlatformInput,
): string[] {
  const everywhere = [...Object.keys(environments), undefined];
  const inside =
    path[0] === 'environments' ? [String(path[1])] : (heard?.map(({ environment }) => environment) ?? everywhere);
  return [
    ...may.flatMap((kind) => inside.map((environment) => documentOf({ kind, environment }))),
    ...shared.map((kind) => documentOf({ kind, environment: undefined })),
  ];
}

function documentOf({ kind, environment }: { kind: string; environment?: string | undefined }): string {
  return environment === undefined ? kind : `${kind} of ${environment}`;
}

/** From 0 to 1. Steps of the golden ratio come near to each place on a circle as soon as steps can. */
function placeInTurn(sort: string, turn: number): number {
  const place = createHash('sha1').update(sort).digest().readUInt32BE() / 2 ** 32;
  return (place + turn * ((Math.sqrt(5) - 1) / 2)) % 1;
}

type Compiled = Awaited<ReturnType<typeof compiled>>;

/**
 * What follows from changes made at once, but for those that make the platform invalid: they have no documents, and their own
 * promise.
 */
async function madeOf(
  made: readonly Change[],
  platform: PlatformInput,
): Promise<{ made: readonly Change[]; after: Compiled }> {
  const changed = made.reduce<unknown>((whole, { leaf }) => replaced(whole, leaf.path, leaf.other), platform);
  const after = await compiled(changed);
  if (after.outputs) return { made, after };
  const wrong = new Set(after.findings.filter(({ severity }) => severity === 'error').map(({ path }) => around(path)));
  const right = made.filter(({ leaf }) => !wrong.has(around(leaf.path)));
  return right.length < made.length ? madeOf(right, platform) : { made: [], after };
}

/** The service, the environment or whatever else a path is inside of. */
function around(path: Path | undefined): string {
  return (path ?? []).slice(0, 2).join('.');
}

function checkReach(made: readonly Change[], platform: PlatformInput, before: Compiled, after: Compiled): void {
  const changed = different(before.outputs ?? [], after.outputs ?? []);
  const meant = new Set(made.flatMap(({ documents }) => documents));
  const paths = made.map(({ leaf }) => leaf.path.join('.')).join(', ');
  for (const output of changed)
    assert.ok(meant.has(documentOf(output)), `none of ${paths} is meant for ${output.path}, which changes`);
  for (const { leaf, heard = [], must, documents } of made) {
    if (asksForAnEqual(leaf, heard, before, after)) continue;
    const its = changed.filter((output) => documents.includes(documentOf(output)));
    const told = `${leaf.path.join('.')} changes ${its.map(({ path }) => path).join(', ') || 'nothing'}`;
    for (const kind of must)
      assert.ok(
        its.some((output) => output.kind === kind),
        `${told}, and no ${kind}`,
      );
    for (const place of must.includes('values') ? heard : []) {
      const path = valuesOf(place, platform);
      assert.ok(
        its.some((output) => output.path === path),
        `${told}, and not ${path}`,
      );
    }
  }
}

/** Two facts may have one value: a service that asks for the other then has what it had. */
function asksForAnEqual({ sort }: Leaf, heard: readonly Placed[], before: Compiled, after: Compiled): boolean {
  if (!/\.envs\.\*(\.join\.\*)?\.(get|self|environment)$/.test(sort)) return false;
  const envsOf = ({ model }: Compiled) =>
    heard.map(({ name, environment }) => model?.services[name]?.environments[environment]?.envs);
  return isDeepStrictEqual(envsOf(before), envsOf(after));
}

function valuesOf({ name, environment, ground }: Placed, { gitops }: PlatformInput): string {
  return `${gitops.repository}/${ground.directory ?? environment}/${name}/values.yaml`;
}

test('every document reads the same by readers of YAML 1.1 and of 1.2, and its texts as they were written', async () => {
  await holdsFor(
    platforms,
    async (platform) => {
      const outputs = await outputsOf(platform);
      const read = new Map<string, unknown>();
      for (const { path, text } of outputs) {
        if (!/\.ya?ml$/.test(path) || path.includes('/charts/')) continue;
        read.set(path, parse(text, { version: '1.1' }));
        assert.deepEqual(read.get(path), parse(text, { version: '1.2' }), path);
      }
      for (const place of placesOf(platform as Platform)) checkService(place, read.get(valuesOf(place, platform)));
      for (const [name, { directory = name, extraManifests = {} }] of Object.entries(platform.environments))
        for (const [file, manifest] of Object.entries(extraManifests))
          assert.deepEqual(read.get(`${platform.gitops.repository}/${directory}/_manifests/${file}.yaml`), manifest);
    },
    { runs: 12 },
  );
});

// biome-ignore lint/suspicious/noExplicitAny: a path that is not there fails the test, which is what it is for
function checkService({ name, environment, layers }: Placed, values: any): void {
  const told = `${name} in ${environment}`;
  const service = values.kind ? values : values.releaseJobs[name];
  assert.deepEqual(service.args ?? null, said(layers, 'args') ?? null, told);
  assert.deepEqual(service.command ?? null, said(layers, 'command') ?? null, told);
  for (const [variable, value] of Object.entries(entriesOf<unknown>(layers, 'envs')))
    if (typeof value === 'string') assert.equal(service.envs[variable], value, `${told}: ${variable}`);
  for (const [volume, value] of Object.entries(entriesOf<unknown>(layers, 'volumes')))
    if (isObject(value) && value.kind === 'config')
      assert.deepEqual(service.volumes[volume].config.files, value.files, `${told}: ${volume}`);
}

/** What Terraform would read as code: a platform that has it in an input is refused, which is another promise. */
const CODE = /[$%]\{/;
const anyInput = anyText.filter((text) => !CODE.test(text));
const tags = (value: fc.Arbitrary<string>) =>
  fc.dictionary(textOf(v.azureTagName) as fc.Arbitrary<string>, value, {
    minKeys: 1,
    maxKeys: 8,
    noNullPrototype: true,
  });
const anyTag = fc.oneof(anyInput, textOf(v.azureTagValue) as fc.Arbitrary<string>);

/** As names and as values: what is nasty in YAML is no less so here. `load` takes no key `__proto__`. */
const nasty = Object.fromEntries(
  nastyStrings.filter((text) => !CODE.test(text) && !/\0|^__proto__$/.test(text)).map((text) => [text, text]),
);

test('every text in JSON reads back as it was written, and none stands in HCL', async (t) => {
  const seen = new Set<string>();
  const added = { resourceGroup: tags(anyInput), registry: tags(anyInput) };
  const written = tags(anyTag.filter((text) => v.azureTagValue.safeParse(text).success));
  await holds(
    fc.tuple(fc.noBias(platformsOf(scales.small)), fc.record({ ...added, written })),
    async ([platform, { resourceGroup, registry, written }]) => {
      const hostile = withTags(
        platform,
        written,
        { 'resource-group': { tags: resourceGroup } },
        { registry: { tags: { ...nasty, ...registry } } },
      );
      const outputs = await outputsOf(hostile);
      const files = new Map(outputs.map(({ path, text }) => [path, text]));
      const json = (path: string) =>
        JSON.parse(files.get(`${platform.infrastructure.repository}/live/${path}.generated.json`) ?? '');
      for (const [name, { directory = name }] of Object.entries(hostile.environments)) {
        const said = { environment: name, platform: platform.name, ...written };
        assert.deepEqual(json(`${directory}/env`).tags, said);
        assert.deepEqual(json(`${directory}/network/inputs`).inputs.tags, said);
        assert.deepEqual(json(`${directory}/resource-group/inputs`).inputs.tags, { ...said, ...resourceGroup });
      }
      assert.deepEqual(json('shared/env').tags, written);
      assert.deepEqual(json('shared/registry/inputs').inputs.tags, { ...written, ...nasty, ...registry });
      for (const text of [written, resourceGroup, registry, nasty].flatMap((map) => Object.values(map))) seen.add(text);
      for (const { path, text } of outputs) {
        if (path.endsWith('.generated.json')) checkCode(JSON.parse(text), path);
        if (path.endsWith('.hcl')) checkHcl(text, path);
      }
    },
    { runs: 7, shown: ([platform, texts]) => `${fc.stringify(texts)}\n${asTypeScript(platform)}` },
  );
  const hostile = [...seen].filter((text) => /["\\\p{Cc}\u2028]/u.test(text));
  t.diagnostic(`${seen.size} texts, ${hostile.length} of them with quotes, backslashes or control characters`);
  assert.ok(process.env.REPLAY !== undefined || hostile.length > 40);
});

function withTags(
  { environments, registry, ...platform }: PlatformInput,
  tags: Readonly<Record<string, string>>,
  inside: NonNullable<PlatformInput['registry']['extraInputs']>,
  shared: NonNullable<PlatformInput['registry']['extraInputs']>,
): PlatformInput {
  const tagged = Object.entries(environments).map(([name, one]) => [name, { ...one, tags, extraInputs: inside }]);
  return {
    ...platform,
    registry: { ...registry, tags, extraInputs: shared },
    environments: Object.fromEntries(tagged),
  };
}

/**
 * Terragrunt hands inputs to Terraform as HCL, and root.hcl writes ids into code: neither may begin an expression or end a text.
 */
function checkCode(value: unknown, path: string): void {
  if (typeof value === 'string') assert.doesNotMatch(value, CODE, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    assert.doesNotMatch(key, CODE, path);
    if (/^(subscription|tenant)_id$/.test(key)) assert.match(String(item), /^[0-9a-f-]{36}$/, path);
    checkCode(item, path);
  }
}

const lib = fileURLToPath(new URL('../../lib', import.meta.url));
const hcl: ReadonlySet<string> = new Set(
  readdirSync(lib, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.hcl'))
    .map((file) => readFileSync(`${lib}/${file}`, 'utf8')),
);

/**
 * A comment of one line that says who made it, and a file of the compiler's as it is: HCL has no text of a configuration to be
 * read back.
 */
function checkHcl(text: string, path: string): void {
  const [, rest = ''] = /^# Made once by [^\p{Cc}]*\n([\s\S]*)$/u.exec(text) ?? [];
  assert.ok(hcl.has(rest), path);
}
