import { chosen, common, type Layer, named, own, type Platform, type Service, unique } from './changeable.ts';
import { entriesOf, type Kind, kindOf, placesOf, speakers } from './placed.ts';
import { seal } from './sealing.ts';
import { settleReleases } from './settle-images.ts';
import { settleLimits, settleScale } from './settle-limits.ts';
import { settleAddresses, settleChecks, settleHosts, settlePorts } from './settle-ports.ts';
import { settleVariables } from './settle-variables.ts';

export function settleServices(platform: Platform): void {
  const { presets = {}, services, environments } = platform;
  for (const name of ['root', 'root-manifests']) delete services[name];
  for (const service of Object.values(services)) {
    const preset = chosen(Object.keys(presets), service.preset);
    if (service.preset !== undefined && preset !== undefined) service.preset = named(preset);
    else delete service.preset;
    settlePlaces(service, Object.keys(environments));
  }
  settleKinds(platform);
  onlyOnce(platform);
  settlePools(platform);
  for (const [index, name] of Object.keys(services).entries()) {
    settlePorts(platform, name);
    settleHosts(platform, name, index);
    settleScale(platform, name);
    settleLimits(platform, name);
  }
  settleChecks(platform);
  settleAddresses(platform);
  settleReleases(platform);
  for (const name of Object.keys(services)) settleScale(platform, name);
  settleVariables(platform);
  settleIdentities(platform);
  settleManifests(platform);
  seal(platform);
}

function settlePlaces(service: Service, environments: readonly string[]): void {
  if (!service.in) return;
  const drawn = Object.entries(service.in);
  service.in = {};
  for (const [key, value] of drawn) {
    const environment = chosen(environments, key);
    if (environment !== undefined) service.in[environment] = value;
  }
}

const FIELDS: Readonly<Record<string, readonly Kind[]>> = {
  ports: ['deployment'],
  probes: ['deployment'],
  hosts: ['deployment'],
  ingress: ['deployment'],
  replicaCount: ['deployment'],
  autoscaling: ['deployment'],
  disruptionBudget: ['deployment'],
  spread: ['deployment'],
  before: ['releaseJob'],
  job: ['scheduledJob', 'releaseJob'],
  schedule: ['scheduledJob'],
};

/** A service is of one kind everywhere, and no layer of it says what is of another kind. */
function settleKinds(platform: Platform): void {
  const { presets = {}, services } = platform;
  for (const service of Object.values(services)) {
    const preset = service.preset === undefined ? undefined : own(presets, service.preset);
    const kind = kindOf([preset, service as Layer].filter((layer) => layer !== undefined));
    for (const here of Object.values(service.in ?? {}))
      if (here !== false && here.kind !== undefined && !(here.kind === null && kind === 'deployment')) here.kind = kind;
  }
  for (const { layer, places } of speakers(platform))
    for (const [field, kinds] of Object.entries(FIELDS))
      if (layer[field as keyof Layer] !== null && places.some(({ kind }) => !kinds.includes(kind)))
        delete layer[field as keyof Layer];
  for (const { service, kind, layers } of placesOf(platform))
    if (kind === 'scheduledJob' && entriesOf<string>(layers, 'schedule').cron === undefined) {
      for (const layer of layers)
        if (layer.schedule === null) delete layer.schedule;
        else if (layer.schedule?.cron === null) delete layer.schedule.cron;
      service.schedule = { cron: '0 3 * * *', ...service.schedule };
    }
}

/** What one object in the cluster has, or one host, cannot be said of several services. */
function onlyOnce(platform: Platform): void {
  for (const preset of Object.values(platform.presets ?? {})) {
    const users = new Set(placesOf(platform).flatMap(({ name, layers }) => (layers.includes(preset) ? [name] : [])));
    if (users.size < 2) continue;
    delete preset.hosts;
    delete preset.extraManifests;
  }
}

function settlePools(platform: Platform): void {
  for (const { layer, places } of speakers(platform)) {
    if (typeof layer.pool !== 'string') continue;
    const pools = common(places.map(({ ground }) => Object.keys(ground.cluster.nodePools)));
    const pool = pools.includes(layer.pool) ? layer.pool : chosen(pools, layer.pool);
    if (pool === undefined) delete layer.pool;
    else layer.pool = named(pool);
  }
}

/** One service in one environment acts as one identity. */
function settleIdentities(platform: Platform): void {
  const taken = new Set<string>();
  for (const { layer, places } of speakers(platform)) {
    const clientId = layer.workloadIdentity?.clientId;
    if (clientId == null || !layer.workloadIdentity) continue;
    if (places.length > 1 || taken.has(clientId)) delete layer.workloadIdentity.clientId;
    else taken.add(clientId);
  }
}

/** No object is made twice in an environment, whoever makes it. */
function settleManifests(platform: Platform): void {
  const taken = new Set(
    Object.values(platform.environments).flatMap(({ extraManifests = {} }) =>
      Object.values(extraManifests).map(({ metadata }) => metadata.name),
    ),
  );
  for (const { layer } of speakers(platform))
    for (const manifest of layer.extraManifests ?? []) manifest.metadata.name = unique(manifest.metadata.name, taken);
}
