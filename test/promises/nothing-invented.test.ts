// Each name and value in a document is a constant of its kind or comes from the model, whole or put together with such constants;
// and each value of the model stands in the configuration where its origin says, or is a default that is listed.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { PlatformInput } from '../../lib/config/schema.ts';
import type { Path } from '../../lib/finding/finding.ts';
import { isObject, valueAt } from '../../lib/json.ts';
import * as defaults from '../../lib/model/defaults.ts';
import type { Model } from '../../lib/model/model.ts';
import { type Normalised, normalise } from '../../lib/model/normalise.ts';
import type { Origin } from '../../lib/model/origins.ts';
import { compiled } from '../platforms/compiled.ts';
import { holdsFor } from '../platforms/holds.ts';
import { platforms } from '../platforms/platforms.ts';
import { type Constants, constantsOfTemplates, sortOfOutput } from './constants.ts';

const folder = fileURLToPath(new URL('expected', import.meta.url));
const file = `${folder}/constants.json`;
if (process.env.UPDATE_EXPECTED === '1') {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(constantsOfTemplates(), null, 2)}\n`);
}
const frozen = JSON.parse(readFileSync(file, 'utf8')) as Constants;

/** `UPDATE_EXPECTED=1 npm test -- test/promises/nothing-invented.test.ts` writes them anew; the difference is the review. */
test('the constants of each kind of document are those that were reviewed', () => {
  assert.deepEqual(constantsOfTemplates(), frozen);
});

test('every name and value in a document is a constant of its kind or stands in the model', async (t) => {
  const tried = new Map<string, number>();
  const constants = new Map(Object.entries(frozen).map(([sort, texts]) => [sort, new Set(texts)]));
  await holdsFor(
    platforms,
    async (platform) => {
      const { model, outputs } = await compiled(platform);
      assert.ok(model && outputs);
      const said = textsOf(model);
      for (const output of outputs) {
        if (output.kind === 'model' || output.kind === 'chart' || !/\.(ya?ml|json)$/.test(output.path)) continue;
        const sort = sortOfOutput(output);
        const its = constants.get(sort);
        assert.ok(its, `nobody froze the constants of ${sort}`);
        for (const text of textsOf(parse(output.text)))
          assert.ok(
            isMade(text, said, its),
            `${output.path} has ${JSON.stringify(text)}, which is no constant of ${sort}`,
          );
        tried.set(sort, (tried.get(sort) ?? 0) + 1);
      }
    },
    { runs: 12 },
  );
  t.diagnostic([...tried].map(([sort, number]) => `${number} ${sort}`).join(', '));
  // Some seeds draw next to no database.
  assert.ok(process.env.REPLAY !== undefined || tried.size >= constants.size - 3);
});

/** Every name, text and number in a value, as texts. */
function textsOf(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string' || typeof value === 'number') found.add(String(value));
  else if (Array.isArray(value)) for (const item of value) textsOf(item, found);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) {
      // What JSON has instead of a comment.
      if (key === '_generated') continue;
      found.add(key);
      textsOf(item, found);
    }
  return found;
}

/**
 * Whether a text is one of these, or pieces of it are, one after the other, no two of the model without a constant between them.
 * A piece of a single sign counts only where it parts others, or is a constant: letters of the alphabet make any text.
 */
function isMade(text: string, said: ReadonlySet<string>, constants: ReadonlySet<string>): boolean {
  if (said.has(text) || constants.has(text)) return true;
  /** where a piece may begin, after a constant and after a text of the model */
  const after = { constant: new Set([0]), model: new Set<number>() };
  for (let start = 0; start < text.length; start++)
    for (let end = start + 1; end <= text.length; end++) {
      if (!after.constant.has(start) && !after.model.has(start)) break;
      const piece = text.slice(start, end);
      if (constants.has(piece)) after.constant.add(end);
      if (!after.constant.has(start) || !said.has(piece)) continue;
      if (piece.length > 1 || isAlone(text, start, end)) after.model.add(end);
    }
  return after.constant.has(text.length) || after.model.has(text.length);
}

function isAlone(text: string, start: number, end: number): boolean {
  return /[^A-Za-z0-9]|^$/.test(text.charAt(start - 1)) && /[^A-Za-z0-9]|^$/.test(text.charAt(end));
}

test('every value of the model stands where its origin says, or is a default that is listed', async (t) => {
  const count = { written: 0, preset: 0, default: 0, completed: 0, around: 0 };
  await holdsFor(
    platforms,
    (platform) => {
      for (const one of [platform, ...withPresets(platform)]) {
        const { value } = normalise(one, () => undefined);
        assert.ok(value || one !== platform);
        if (value) for (const note of notesIn(value)) count[standing(note, one, value.model)]++;
      }
    },
    { runs: 15 },
  );
  t.diagnostic(
    Object.entries(count)
      .map(([how, number]) => `${number} ${how}`)
      .join(', '),
  );
  if (!process.env.REPLAY) for (const [how, number] of Object.entries(count)) assert.ok(number > 5, how);
});

/** Few services have a preset: here all others have one, which says what goes with any service. */
function withPresets({ services, presets, ...platform }: PlatformInput): PlatformInput[] {
  const preset = { args: ['--quiet'], security: { runAsUser: 4711 }, resources: { requests: { cpu: '7m' } } };
  const given = Object.entries(services).map(([name, service]) => [name, { preset: 'qq-any', ...service }]);
  return [
    { ...platform, presets: { ...presets, 'qq-any': preset }, services: Object.fromEntries(given) } as PlatformInput,
  ];
}

/** A text, a number, a boolean or null of the model, with the path of the nearest value that has a note of its own. */
type Note = Readonly<{ path: Path; noted: Path; part: unknown; origin: Exclude<Origin, { from: 'derivation' }> }>;

function notesIn({ model, origins }: Normalised): Note[] {
  const notes: Note[] = [];
  const visit = (part: unknown, path: Path, noted: Path): void => {
    const origin = origins(path);
    const from = origin === origins(path.slice(0, -1)) ? noted : path;
    if (typeof part === 'object' && part !== null)
      for (const [key, item] of Array.isArray(part) ? part.entries() : Object.entries(part))
        visit(item, [...path, key], from);
    else if (origin && origin.from !== 'derivation') notes.push({ path, noted: from, part, origin });
  };
  visit(model, [], []);
  return notes;
}

/** How a value comes to be where it is. @throws when its origin does not tell */
function standing(
  note: Note,
  platform: PlatformInput,
  model: Model,
): 'written' | 'preset' | 'default' | 'completed' | 'around' {
  const { path, noted, part, origin } = note;
  const inside = path.slice(noted.length);
  const told = () =>
    `${path.join('.')} is ${JSON.stringify(part)}, and not what ${origin.from} ${origin.path.join('.')} has`;
  const isDefault = origin.from === 'default';
  const root = isDefault ? defaultsAt(path, platform, model) : platform;
  const said = valueAt(root, [...origin.path, ...inside]);
  // Lists are sorted: an item stands somewhere in them.
  const isItem = inside.some((step) => typeof step === 'number');
  const isScalar = said !== undefined && typeof said !== 'object';
  // Another layer, or another kind of service, may have taken away what only the service as a whole is said to have.
  if (part === null && origin.path.length < 3) return 'around';
  if (isScalar && !isItem) assert.equal(part, said, told());
  const whole = valueAt(root, origin.path);
  const own = textsOf(whole, new Set([String(origin.path.at(-1))]));
  if (
    (isScalar && !isItem) ||
    (part !== null && typeof part !== 'boolean' && own.has(String(part)) && whole !== undefined)
  )
    return isDefault ? 'default' : origin.from === 'preset' ? 'preset' : 'written';
  // What nobody said is nothing, and has the note of what it would be part of.
  if (part === null) return 'completed';
  const sort = sortOfPath(path);
  if (origin.path.length < 3 && AROUND.test(sort)) return 'around';
  assert.ok(
    COMPLETED.some(([of, values]) => of.test(sort) && values({ note, platform, model }).includes(part)),
    told(),
  );
  return 'completed';
}

type Around = Readonly<{ note: Note; platform: PlatformInput; model: Model }>;

/** What `lib/model/defaults.ts` lists, under the names that origins have for it. */
function defaultsAt([root, name, , environment]: Path, platform: PlatformInput, model: Model): Record<string, unknown> {
  const at = String(root === 'services' ? environment : name);
  const tier = model.environments[at]?.tier ?? 'production';
  const kind = root === 'services' ? model.services[String(name)]?.environments[at]?.kind : undefined;
  return {
    ...defaults.serviceDefaults(kind ?? 'deployment', tier),
    // What an environment is called is the default for the rest.
    ...{ directory: at, displayName: at.charAt(0).toUpperCase() + at.slice(1), namespace: platform.name },
    ...{ branch: defaults.BRANCH, database: defaults.DATABASE, registry: defaults.REGISTRY },
    tags: { environment: at, platform: platform.name },
    cluster: { ...defaults.CLUSTER, maintenance: maintenanceOf(defaults.maintenanceDefaults(tier)) },
  };
}

function maintenanceOf({ day, hour, utcOffset }: { day: string; hour: number; utcOffset: string }) {
  const startTime = `${String(hour).padStart(2, '0')}:00`;
  return { day, utcOffset, startTime, durationHours: defaults.MAINTENANCE_HOURS };
}

/** What has only the note of the service, the environment or the repository that it is in. */
const AROUND = new RegExp(
  [
    /^services\.\*\.name$/,
    /^services\.\*\.environments\.\*\.(environment|directory|namespace|(releaseJobs|calls|uses)\.\*|sealedSecrets\.\*\.name)$/,
    /^services\.\*\.environments\.\*\.(scheduling\.|ingress\.(className|issuer|tlsSecret)$)/,
    /^environments\.\*\.(delivery\.|services\.\*|extraManifests\.\*\.name)/,
    /^sources\.\*\.workflows\.\*\./,
  ]
    .map(({ source }) => source)
    .join('|'),
);

const service = (rest: RegExp) => new RegExp(`^services\\.\\*\\.environments\\.\\*\\.${rest.source}$`);
const always =
  (...values: readonly unknown[]) =>
  () =>
    values;

/** What completes a value that was written: what `lib/model/defaults.ts` lists, and what is one word longer in the model. */
const COMPLETED: readonly (readonly [of: RegExp, values: (around: Around) => readonly unknown[]])[] = [
  [/\.pools\.\*\.maxPods$/, always(defaults.POOL.maxPods)],
  [/\.pools\.\*\.osDiskGb$/, always(defaults.POOL.osDiskGb)],
  [/\.pools\.\*\.zones\.\*$/, always(...defaults.POOL.zones)],
  [/\.pools\.\*\.dedicated$/, always(true, false)],
  [/\.pools\.\*\.scaling\.kind$/, always('fixed', 'auto')],
  [/\.login\.passwordVersion$/, always(defaults.DATABASE.passwordVersion)],
  [
    /\.maintenance\./,
    ({ note, platform }) => {
      const { cluster, tier } = platform.environments[String(note.path[1])] as PlatformInput['environments'][string];
      return Object.values(maintenanceOf({ ...defaults.maintenanceDefaults(tier), ...cluster.maintenance }));
    },
  ],
  [/^environments\.\*\.tags\.(environment|platform)$/, ({ note, platform }) => [note.path[1], platform.name]],
  [/^sources\.\*\.(workflows\.\*\.)?images\.\*\.(context|dockerfile)$/, always(...Object.values(defaults.IMAGE))],
  [service(/ports\.\*\.protocol/), always('TCP')],
  [
    service(/image\.(repository|tag|updated)/),
    ({ note, model }) => {
      const at = model.environments[String(note.path[3])];
      const name = valueAt(model, [...note.path.slice(0, -1), 'name']);
      return [`${model.registry.loginServer}/${name}`, at?.imageTag.seed, name !== null];
    },
  ],
  [
    service(/ingress\.hosts\.\*\.host/),
    ({ note, model }) => {
      const { domain } = model.environments[String(note.path[3])] ?? {};
      const host = note.origin.path.at(-1);
      return [host === '@' ? domain : `${host}.${domain}`];
    },
  ],
  [service(/ingress\.hosts\.\*\.paths\.\*\.(path|pathType)/), always('/', 'Prefix')],
  [service(/(ingress\.hosts\.\*\.paths\.\*|probes\.\*\.check)\.port/), ({ note, model }) => portsOf(note, model)],
  [service(/probes\.\*\.check\.kind/), always('http', 'tcp', 'command')],
  [
    service(/probes\.\*\.\w+/),
    ({ note }) => [
      defaults.PROBE[note.path.at(-1) as keyof typeof defaults.PROBE],
      ...(note.path.at(-1) === 'failureThreshold' && note.path.at(-2) === 'startup' ? [defaults.STARTUP_FAILURES] : []),
    ],
  ],
  [service(/volumes\.\*\.(readOnly|inMemory)/), always(true, false)],
  [service(/volumes\.\*\.\w+/), always(...Object.values(defaults.VOLUME))],
  [service(/scheduling\.tolerations\.\*\.(key|operator|effect)/), always('dedicated', 'Equal', 'Exists', 'NoSchedule')],
  [
    service(/scheduling\.spread\.\*\.(topologyKey|hard)/),
    always('topology.kubernetes.io/zone', 'kubernetes.io/hostname', true, false),
  ],
  [
    service(/scheduling\..*/),
    ({ note, platform, model }) => [
      ...textsOf(model.environments[String(note.path[3])]?.cluster),
      ...layersOf(note, platform).flatMap((layer) => [...textsOf(layer)]),
    ],
  ],
  [service(/autoscaling\.cpuPercent/), always(defaults.CPU_PERCENT)],
  [service(/autoscaling\.minReplicas/), always(1)],
  [service(/workloadIdentity\.tenantId/), ({ platform }) => [platform.azure.tenantId]],
  // Nothing but text is in a variable.
  [service(/envs\.\*\.value/), ({ note, platform }) => [String(valueAt(platform, note.origin.path))]],
  // `null` takes away what other layers say.
  [
    service(/(kind|replicaCount|(resources|security|shutdown|job)\..+)/),
    ({ note, platform, model }) => [valueAt(defaultsAt(note.path, platform, model), note.path.slice(4))],
  ],
  [
    service(/ingress\.(className|issuer)/),
    ({ note, platform }) => Object.values(platform.environments[String(note.path[3])]?.ingress ?? {}),
  ],
  // Merged of several layers, of which the strongest has the note of the whole.
  [
    service(/(schedule|autoscaling)\.\w+/),
    ({ note, platform, model }) =>
      [defaultsAt(note.path, platform, model), ...layersOf(note, platform)].map((layer) =>
        valueAt(layer, note.path.slice(4)),
      ),
  ],
  [
    service(/(ingress\.annotations|extraHelmValues)\..+/),
    ({ note, platform }) => layersOf(note, platform).map((layer) => valueAt(layer, note.path.slice(4))),
  ],
];

function portsOf({ path }: Note, model: Model): string[] {
  return model.services[String(path[1])]?.environments[String(path[3])]?.ports.map(({ name }) => name) ?? [];
}

function layersOf({ path }: Note, { services, presets = {} }: PlatformInput): unknown[] {
  const { preset, in: here, ...itself } = services[String(path[1])] ?? {};
  return [preset === undefined ? {} : presets[preset], itself, valueAt(here, [String(path[3])])];
}

/** A path with `*` for names and for items of lists. */
function sortOfPath(path: Path): string {
  const isMap = /^(environments|services|sources|workflows|pools|databases|probes)$/;
  return path
    .map((step, index) => (typeof step === 'number' || isMap.test(String(path[index - 1])) ? '*' : step))
    .join('.');
}
