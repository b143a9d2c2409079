import type { PlatformInput } from '../../lib/config/schema.ts';
import { isObject } from '../../lib/json.ts';
import type { Output } from '../../lib/pipeline.ts';
import { type Layer, own, type Platform } from '../platforms/changeable.ts';
import type { Leaf } from '../platforms/leaves.ts';
import { entriesOf, type Placed, placesOf, said } from '../platforms/placed.ts';

/** What of the documents a value is meant for. */
export type Reach = Readonly<{
  /** the kinds of which a document changes */
  must: readonly string[];
  /** the kinds of which documents may change as well: whether they do is for what else there is to say */
  may: readonly string[];
  /** of these, kinds that are shared by environments, of a value that is inside of one */
  shared: readonly string[];
}>;

type Row = Readonly<{
  /** the sort of a leaf; of services and presets what is inside of them */
  of: RegExp;
  must?: readonly string[] | ((around: Around) => readonly string[]);
  may?: readonly string[];
  shared?: readonly string[];
}>;

type Around = Readonly<{
  leaf: Leaf;
  platform: PlatformInput;
  /** places of the environment that the value is inside of; all, where it is inside of none */
  places: readonly Placed[];
}>;

const ARGOCD = ['services-project', 'root-project', 'root-application', 'application', 'extra-manifests-application'];
const IMAGES = ['image', 'fixed-image'];
const SERVICES = ['values', ...IMAGES, 'application', 'image-updater', 'namespace'];
const INFRASTRUCTURE = ['unit-inputs', 'terragrunt', 'terragrunt-facts'];
const ALL = [...new Set([...ARGOCD, ...SERVICES, ...INFRASTRUCTURE, 'chart', 'extra-manifest', 'workflow'])];
const INSIDE = ALL.filter((kind) => kind !== 'chart');

const always = (kinds: readonly string[], isSo: (around: Around) => boolean) => (around: Around) =>
  isSo(around) ? kinds : [];
const hasSources = ({ platform }: Around) => Object.keys(platform.sources).length > 0;
const hasUpdates = ({ places }: Around) =>
  places.some(({ layers }) => typeof said(layers, 'image') === 'string' && said(layers, 'before') == null);
const hasHosts = ({ places }: Around) =>
  places.some(({ layers }) => Object.keys(entriesOf(layers, 'hosts')).length > 0);
/** Hosts of which nobody says how they are served. */
const hasPlainHosts = (key: 'className' | 'issuer') => (around: Around) =>
  around.places.some(
    ({ layers }) =>
      entriesOf<string>(layers, 'ingress')[key] === undefined && Object.keys(entriesOf(layers, 'hosts')).length > 0,
  );

/** Of what is no service: the first row that has the sort of a leaf. */
const PLATFORM: readonly Row[] = [
  { of: /^name$/, must: ['namespace', 'unit-inputs', 'terragrunt-facts'], may: ALL },
  // Whose platform it is stands in the first line of each document.
  { of: /^github\.repository$/, must: ['chart', ...ARGOCD.slice(0, 3), 'unit-inputs', 'terragrunt'], may: ALL },
  { of: /^github\.owner$/, must: ARGOCD.slice(0, 3), may: ALL },
  {
    of: /^github\.ownerId$/,
    must: always(['unit-inputs'], ({ platform }) =>
      Object.values(platform.sources).some(({ repositoryId }) => repositoryId !== undefined),
    ),
  },
  { of: /^azure\.tenantId$/, must: ['terragrunt-facts'], may: ['unit-inputs', 'values'] },
  {
    of: /^azure\.location$/,
    must: always(['unit-inputs', 'terragrunt-facts'], ({ platform: { registry, environments } }) =>
      [registry, ...Object.values(environments)].some(({ location }) => location === undefined),
    ),
  },
  // A target is a folder of `out/`: all in it is elsewhere.
  { of: /^gitops\.repository$/, must: ['chart', ...ARGOCD.slice(0, 3)], may: ALL },
  { of: /^gitops\.branch$/, must: ['root-application'], may: [...ARGOCD, 'image-updater'] },
  { of: /^infrastructure\.repository$/, must: INFRASTRUCTURE },
  { of: /^infrastructure\.state\./, must: ['terragrunt-facts'] },
  { of: /^registry\.subscriptionId$/, must: ['terragrunt-facts'], may: ['unit-inputs'] },
  { of: /^registry\.(location|tags\.\*)$/, must: ['terragrunt-facts', 'unit-inputs'] },
  {
    of: /^registry\.name$/,
    must: (around) => [
      'unit-inputs',
      ...(hasUpdates(around) ? ['image', 'image-updater'] : []),
      ...(hasSources(around) ? ['workflow'] : []),
    ],
  },
  { of: /^registry\.loginServerSecret$/, must: always(['workflow'], hasSources) },
  { of: /^registry\./, must: ['unit-inputs'] },
  { of: /^delivery\.argocdNamespace$/, must: ARGOCD.slice(0, 3), may: [...ARGOCD, 'image-updater'] },
  { of: /^delivery\.writeSecret$/, must: always(['image-updater'], hasUpdates) },
  { of: /^delivery\./, must: always(['workflow'], hasSources) },
  // What a secret is for is for people, who read the configuration.
  { of: /^secrets\.\*$/ },
  { of: /^sealed\./, must: ['values'] },
  {
    of: /^sources\.\*\.repositoryId$/,
    must: always(['unit-inputs'], ({ platform }) => platform.github.ownerId !== undefined),
  },
  { of: /^sources\.\*\.images\./, must: ['workflow'] },
  // Of rules, which no document knows
  { of: /^(environments\.\*\.(databases\.\*\.|cluster\.nodePools\.\*\.)?)?(waivers|rules)\./ },
  // Environments
  {
    of: /^environments\.\*\.directory$/,
    must: [...ARGOCD.slice(0, 3), 'namespace', ...INFRASTRUCTURE],
    may: INSIDE,
    shared: ['unit-inputs'],
  },
  { of: /^environments\.\*\.displayName$/, must: ['services-project', 'root-project'] },
  {
    of: /^environments\.\*\.(branch|imageTags\.suffix)$/,
    must: (around) => [
      ...(hasSources(around) ? ['workflow'] : []),
      ...(hasUpdates(around) ? ['image', 'image-updater'] : []),
    ],
  },
  { of: /^environments\.\*\.domain$/, must: always(['values'], hasHosts), may: ['values'] },
  { of: /^environments\.\*\.ingress\.className$/, must: always(['values'], hasPlainHosts('className')) },
  { of: /^environments\.\*\.ingress\.issuer$/, must: always(['values'], hasPlainHosts('issuer')) },
  {
    of: /^environments\.\*\.namespace$/,
    must: ['namespace', 'services-project'],
    may: [...ARGOCD, 'unit-inputs', 'values'],
  },
  {
    of: /^environments\.\*\.tier$/,
    // Of what it decides by default; and `development` is another word for `staging` there.
    must: always(['unit-inputs'], ({ leaf, platform }) => {
      const { tier, cluster } = platform.environments[String(leaf.path[1])] as PlatformInput['environments'][string];
      return cluster.maintenance === undefined && [tier, leaf.other].includes('production');
    }),
    may: ['values', 'unit-inputs'],
  },
  { of: /^environments\.\*\.subscriptionId$/, must: ['terragrunt-facts'], may: ['unit-inputs'] },
  { of: /^environments\.\*\.(location|tags\.\*)$/, must: ['terragrunt-facts', 'unit-inputs'] },
  { of: /^environments\.\*\.extraManifests\./, must: ['extra-manifest'] },
  { of: /^environments\.\*\.cluster\.kubernetesVersion$/, must: ['unit-inputs', 'namespace'] },
  {
    of: /^environments\.\*\.cluster\.nodePools\.\*\.(azureName|dedicated|zones\.\*)$/,
    must: ['unit-inputs'],
    may: ['values'],
  },
  {
    of: /^environments\.\*\.databases\.\*\.(server|login\.user|databases\.\*)$/,
    must: ['unit-inputs'],
    may: ['values'],
  },
  // The zone names databases.
  {
    of: /^environments\.\*\.network\.privateDnsZoneId$/,
    must: always(['unit-inputs'], ({ leaf, platform }) => {
      const { databases = {} } = platform.environments[String(leaf.path[1])] as PlatformInput['environments'][string];
      return Object.keys(databases).length > 0;
    }),
  },
  { of: /^environments\./, must: ['unit-inputs'] },
];

/** Of what a service says, in whichever layer: what changes at each place where it has the last word. */
const SERVICE: readonly Row[] = [
  { of: /^waivers\./ },
  { of: /^image\./, must: ['fixed-image'] },
  // It decides which documents there are.
  { of: /^kind$/, must: ['values'], may: SERVICES },
  { of: /^security\.(?!readOnly|apiToken)/, must: ['values'], may: ['namespace'] },
  {
    of: /^ingress\./,
    must: always(['values'], hasHosts),
  },
  { of: /./, must: ['values'] },
];

/** @param places where a value of a service has the last word; else those of its environment */
export function reachOf(leaf: Leaf, platform: PlatformInput, places = placesAround(leaf, platform)): Reach {
  const inside = withinLayer(leaf);
  const sort = inside === undefined ? leaf.sort : sortInside(leaf.sort);
  const row = (inside === undefined ? PLATFORM : SERVICE).find(({ of }) => of.test(sort));
  if (!row) throw new Error(`nobody says what ${leaf.sort} is for`);
  const { must = [], may = [], shared = [] } = row;
  const kinds = typeof must === 'function' ? must({ leaf, platform, places }) : must;
  return { must: kinds, may: [...kinds, ...may], shared };
}

function placesAround({ path: [root, environment] }: Leaf, platform: PlatformInput): Placed[] {
  const places = placesOf(platform as Platform);
  return root === 'environments' ? places.filter((place) => place.environment === environment) : places;
}

function sortInside(sort: string): string {
  return sort.replace(/^(services\.\*\.in\.\*|services\.\*|presets\.\*)\./, '');
}

/** The path of a value inside of the layer of a service that says it; `undefined`: no service says it. */
function withinLayer({ path: [root, , key, , ...rest], path }: Leaf): Leaf['path'] | undefined {
  if (root !== 'services' && root !== 'presets') return undefined;
  return root === 'services' && key === 'in' ? rest : path.slice(2);
}

/** Where what a layer of a service says has the last word; `undefined` for what no service says. */
export function heardAt(leaf: Leaf, platform: Platform): Placed[] | undefined {
  const inside = withinLayer(leaf);
  if (inside === undefined) return undefined;
  const [root, name = '', key, environment = ''] = leaf.path.map(String);
  const service = own(platform.services, name);
  const isHere = root === 'services' && key === 'in';
  const layer = root === 'presets' ? own(platform.presets, name) : isHere ? own(service?.in, environment) : service;
  return placesOf(platform).filter((place) => {
    const { layers } = place;
    const at = layers.indexOf(layer as Layer);
    if (inside.join('.') === 'spread.zones' && !hasZones(place)) return false;
    return at >= 0 && layers.slice(at + 1).every((one) => !hasTheWord(one, inside));
  });
}

/** Whether there is more than one zone to spread over. */
function hasZones({ layers, ground: { cluster } }: Placed): boolean {
  const { zones } = own(cluster.nodePools, String(said(layers, 'pool') ?? cluster.defaultPool)) ?? {};
  return zones === undefined || zones.length > 1;
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

/** Documents of either side that the other has not, or has otherwise. */
export function different(before: readonly Output[], after: readonly Output[]): Output[] {
  const texts = (outputs: readonly Output[]) => new Map(outputs.map(({ path, text }) => [path, text]));
  const [old, now] = [texts(before), texts(after)];
  return [
    ...after.filter(({ path, text, kind }) => kind !== 'model' && old.get(path) !== text),
    ...before.filter(({ path }) => !now.has(path)),
  ];
}

/** Services whose documents have to do with one: those that refer to it, and those whose release it is part of, as a job. */
export function concernedBy(service: string, platform: PlatformInput): Set<string> {
  const before = placesOf(platform as Platform, service).flatMap(({ layers }) => said(layers, 'before') ?? []);
  return new Set([service, ...referringTo(service, platform), ...before]);
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
