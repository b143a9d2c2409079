import { createHash } from 'node:crypto';
import {
  chosen,
  common,
  type Environment,
  type Layer,
  named,
  own,
  type Platform,
  type Service,
  unique,
} from './changeable.ts';
import { settleVariables } from './settle-variables.ts';

export type Kind = 'deployment' | 'scheduledJob' | 'releaseJob';

/** A service in one environment: what its layers say, from the weakest to the strongest. */
export type Placed = Readonly<{
  name: string;
  service: Service;
  environment: string;
  ground: Environment;
  kind: Kind;
  layers: readonly Layer[];
}>;

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

/** Every place that a service is at, with the layers that speak there. */
export function placesOf({ presets = {}, services, environments }: Platform, only?: string): Placed[] {
  return Object.entries(services).flatMap(([name, service]) =>
    only !== undefined && name !== only
      ? []
      : Object.entries(environments).flatMap(([environment, ground]): Placed[] => {
          const here = own(service.in, environment);
          if (here === false) return [];
          const preset = service.preset === undefined ? undefined : own(presets, service.preset);
          const layers = [preset, service as Layer, here].filter((layer) => layer !== undefined);
          return [{ name, service, environment, ground, kind: kindOf(layers), layers }];
        }),
  );
}

function kindOf(layers: readonly Layer[]): Kind {
  return (said(layers, 'kind') as Kind | null | undefined) ?? 'deployment';
}

/** What the strongest layer says that says anything. */
export function said<Key extends keyof Layer>(layers: readonly Layer[], key: Key): Layer[Key] {
  return layers.findLast((layer) => layer[key] !== undefined)?.[key];
}

/** A map of the layers, entry by entry; `null` takes away an entry, or all that was said before. */
export function entriesOf<Value>(layers: readonly Layer[], key: keyof Layer): Record<string, NonNullable<Value>> {
  let result: Record<string, NonNullable<Value>> = {};
  for (const layer of layers) {
    const map = layer[key] as Record<string, Value> | null | undefined;
    if (map === null) result = {};
    for (const [name, value] of Object.entries(map ?? {}))
      if (value === null) delete result[name];
      else result[name] = value as NonNullable<Value>;
  }
  return result;
}

/** Every layer with the places that it speaks at, presets first. One that speaks nowhere is checked as if it spoke everywhere. */
export function speakers(platform: Platform): { layer: Layer; places: Placed[] }[] {
  const byLayer = new Map<Layer, Placed[]>();
  for (const preset of Object.values(platform.presets ?? {})) byLayer.set(preset, []);
  for (const service of Object.values(platform.services)) byLayer.set(service as Layer, []);
  for (const placed of placesOf(platform))
    for (const layer of placed.layers) byLayer.set(layer, [...(byLayer.get(layer) ?? []), placed]);
  return [...byLayer].map(([layer, places]) => ({
    layer,
    places: places.length > 0 ? places : everywhere(layer, platform),
  }));
}

function everywhere(layer: Layer, { environments }: Platform): Placed[] {
  return Object.entries(environments).map(([environment, ground]) => ({
    name: '',
    service: layer as Service,
    environment,
    ground,
    kind: kindOf([layer]),
    layers: [layer],
  }));
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

function settleImages(platform: Platform): void {
  const images = Object.values(platform.sources).flatMap((source) => Object.keys(source.images));
  const elsewhere = () => ({ repository: 'docker.io/library/busybox', tag: '1.37' });
  for (const { layer } of speakers(platform))
    if (typeof layer.image === 'string')
      layer.image = images.length === 0 ? elsewhere() : named(imageAt(images, layer.image));
  for (const { layers, service } of placesOf(platform))
    if (said(layers, 'image') == null && said(layers, 'before') == null) {
      for (const layer of layers.slice(-2)) if (layer.image === null) delete layer.image;
      if (said(layers, 'image') == null) service.image = images[0] === undefined ? elsewhere() : named(images[0]);
    }
}

function imageAt(images: readonly string[], drawn: string): string {
  return images.includes(drawn) ? drawn : (chosen(images, drawn) ?? '');
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

type Port = number | { port: number; protocol: 'TCP' | 'UDP' };

function settlePorts(platform: Platform, service: string): void {
  for (const { layers } of placesOf(platform, service)) {
    const ports = Object.entries(entriesOf<Port>(layers, 'ports'));
    const numbers = ports.map(([, port]) =>
      typeof port === 'number' ? `${port}/TCP` : `${port.port}/${port.protocol}`,
    );
    if (new Set(numbers).size === numbers.length) continue;
    const names = [...new Set(layers.flatMap((layer) => Object.keys(layer.ports ?? {})))];
    for (const layer of layers)
      for (const [name, port] of Object.entries(layer.ports ?? {})) {
        const number = 8000 + names.indexOf(name);
        if (layer.ports && port !== null)
          layer.ports[name] = typeof port === 'number' ? number : { ...port, port: number };
      }
  }
}

/** Names of the TCP ports at a place. */
export function tcpPorts({ layers }: Placed): string[] {
  return Object.entries(entriesOf<Port>(layers, 'ports')).flatMap(([name, port]) =>
    typeof port === 'number' || port.protocol === 'TCP' ? [name] : [],
  );
}

export function isUsual(ports: readonly string[]): boolean {
  return ports.includes('http') || ports.length === 1;
}

/** Hosts and probes name a port that is there, or need not name one. */
function settleChecks(platform: Platform): void {
  for (const { layer, places } of speakers(platform)) {
    const ports = common(places.map(tcpPorts));
    const areUsual = places.every((placed) => isUsual(tcpPorts(placed)));
    const portOf = (drawn: string | null | undefined): string | undefined => {
      if (drawn != null && ports.includes(drawn)) return drawn;
      return areUsual ? undefined : chosen(ports, '0');
    };
    for (const [host, leads] of Object.entries(layer.hosts ?? {})) {
      if (leads === null || !layer.hosts) continue;
      const port = portOf(leads.port);
      if (port !== undefined) leads.port = port;
      else if (leads.port != null) delete leads.port;
      if (port === undefined && !areUsual) delete layer.hosts[host];
    }
    for (const which of ['startup', 'readiness', 'liveness'] as const) {
      const probe = layer.probes?.[which];
      if (probe == null || !layer.probes) continue;
      if (typeof probe === 'object' && 'command' in probe) continue;
      const port = portOf(typeof probe === 'string' ? undefined : 'tcp' in probe ? probe.tcp : probe.port);
      const first = chosen(ports, '0');
      if (first === undefined) delete layer.probes[which];
      else if (typeof probe === 'string') {
        if (port !== undefined) layer.probes[which] = { http: probe, port };
      } else if ('tcp' in probe) probe.tcp = port ?? first;
      else if (port !== undefined) probe.port = port;
      else if (probe.port != null) delete probe.port;
    }
  }
  for (const placed of placesOf(platform)) {
    const names = Object.keys(entriesOf(placed.layers, 'ports'));
    const tcp = tcpPorts(placed);
    if (placed.ground.tier !== 'production' || isUsual(tcp) || !names.some((name) => name !== 'metrics')) continue;
    for (const layer of placed.layers) {
      if (layer.probes === null) delete layer.probes;
      if (layer.probes?.readiness === null) delete layer.probes.readiness;
    }
    if (placed.layers.some((layer) => layer.probes?.readiness != null)) continue;
    placed.service.probes = { ...placed.service.probes, readiness: { command: ['true'] } };
  }
}

/** Each host and path of an environment leads to one service, and to no other environment. */
function settleHosts(platform: Platform, service: string, index: number): void {
  const others = placesOf(platform).filter(({ name }) => name !== service);
  for (const { layers, environment, ground } of placesOf(platform, service)) {
    const taken = new Set(
      others
        .filter((other) => other.environment === environment)
        .flatMap(({ layers }) => layers.flatMap((layer) => Object.keys(layer.hosts ?? {}))),
    );
    for (const layer of layers)
      for (const [host, leads] of Object.entries(layer.hosts ?? {})) {
        const full = host === '@' ? ground.domain : `${host}.${ground.domain}`;
        const isForeign = Object.entries(platform.environments).some(
          ([other, { domain }]) =>
            other !== environment &&
            domain.length > ground.domain.length &&
            (full === domain || full.endsWith(`.${domain}`)),
        );
        if (!layer.hosts || (!taken.has(host) && !isForeign)) continue;
        delete layer.hosts[host];
        if (host !== '@' && !isForeign) layer.hosts[`${host.slice(0, 56)}x${index}`] = leads;
      }
  }
}

/** Replicas: counted or scaled, enough in production, one where a disk is held by one node. */
function settleScale(platform: Platform, service: string): void {
  const places = placesOf(platform, service);
  // One that is tied to a node here and not there would need a count for each.
  if (new Set(places.map(({ layers }) => onOneNode(layers))).size > 1)
    for (const { layers } of places)
      for (const volume of layers.flatMap((layer) => Object.values(layer.volumes ?? {})))
        if (volume?.kind === 'persistent') volume.accessMode = 'ReadWriteMany';
  for (const placed of placesOf(platform, service)) {
    if (placed.kind !== 'deployment') continue;
    const { layers, service: itself, ground } = placed;
    for (const [index, layer] of layers.entries()) {
      if (layer.autoscaling != null && layer.replicaCount != null) delete layer.replicaCount;
      const before = layers.slice(0, index);
      if (layer.autoscaling != null && said(before, 'replicaCount') != null) layer.replicaCount = null;
      if (layer.replicaCount != null && before.some((one) => one.autoscaling != null)) layer.autoscaling = null;
      if (layer.autoscaling == null) continue;
      const scaling = scalingOf(layers.slice(0, index + 1));
      if (scaling.maxReplicas === undefined) layer.autoscaling.maxReplicas = Math.max(2, scaling.minReplicas ?? 2);
      else if (scaling.maxReplicas < (scaling.minReplicas ?? 1))
        layer.autoscaling.maxReplicas = scaling.minReplicas ?? 1;
    }
    const strongest = layers.findLast((layer) => layer.autoscaling != null || layer.replicaCount != null);
    const hasDisk = onOneNode(layers);
    const hasPorts = Object.keys(entriesOf(layers, 'ports')).length > 0;
    if (hasDisk) {
      for (const layer of layers) {
        if (layer === itself) continue;
        if (layer.autoscaling != null) delete layer.autoscaling;
        if (layer.replicaCount != null && layer.replicaCount > 1) delete layer.replicaCount;
        if (layer.replicaCount === null) delete layer.replicaCount;
      }
      delete itself.autoscaling;
      itself.replicaCount = 1;
    } else if (ground.tier === 'production' && hasPorts) {
      const scaling = scalingOf(layers);
      if (strongest?.autoscaling != null && (scaling.minReplicas ?? 1) < 2) {
        strongest.autoscaling.minReplicas = 2;
        strongest.autoscaling.maxReplicas = Math.max(2, scaling.maxReplicas ?? 2);
      } else if (strongest?.replicaCount === 1) strongest.replicaCount = 2;
    }
  }
}

function onOneNode(layers: readonly Layer[]): boolean {
  return Object.values(entriesOf<{ accessMode?: string | null; kind: string }>(layers, 'volumes')).some(
    (volume) => volume.kind === 'persistent' && volume.accessMode !== 'ReadWriteMany',
  );
}

function scalingOf(layers: readonly Layer[]): { minReplicas?: number; maxReplicas?: number } {
  return entriesOf<number>(layers, 'autoscaling') as { minReplicas?: number; maxReplicas?: number };
}

/** Limits that two fields have together. */
function settleLimits(platform: Platform, service: string): void {
  for (const { layers } of placesOf(platform, service)) {
    settleResources(layers);
    const security = entriesOf<number | boolean>(layers, 'security');
    if (security.runAsUser === 0 && security.runAsNonRoot !== false)
      for (const layer of layers) if (layer.security?.runAsUser === 0) layer.security.runAsUser = 1;
    for (const toleration of layers.flatMap((layer) => layer.tolerations ?? []))
      if (toleration.operator === 'Exists') delete toleration.value;
    const paths = Object.values(entriesOf<{ mountPath: string }>(layers, 'volumes')).map((volume) => volume.mountPath);
    const names = Object.keys(entriesOf(layers, 'volumes'));
    if (!names.includes('tmp')) paths.push('/tmp');
    if (new Set(paths).size < paths.length)
      for (const layer of layers)
        for (const [name, volume] of Object.entries(layer.volumes ?? {})) if (volume) volume.mountPath = `/mnt/${name}`;
  }
}

/** A limit is above whatever may be requested, in whichever layer. */
function settleResources(layers: readonly Layer[]): void {
  for (const layer of layers) {
    const limits = layer.resources?.limits;
    if (limits?.cpu != null) limits.cpu = `${2 + (limits.cpu.length % 3)}`;
    if (limits?.memory != null) limits.memory = limits.memory.includes('G') ? '2.5Gi' : '2048Mi';
  }
}

/** A service that others refer to has an address at the place; see `settleVariables`. */
function settleAddresses(platform: Platform): void {
  for (const { layer } of speakers(platform))
    for (const [host, leads] of Object.entries(layer.hosts ?? {}))
      if (leads?.paths && leads.paths.length === 0 && layer.hosts) layer.hosts[host] = {};
}

/** A release job comes before a deployment that is wherever the job is, and has its image. */
function settleReleases(platform: Platform): void {
  for (const { layer, places } of speakers(platform)) {
    if (typeof layer.before !== 'string') continue;
    const candidates = common(
      places.map(({ environment }) =>
        placesOf(platform)
          .filter((other) => other.environment === environment && other.kind === 'deployment')
          .map(({ name }) => name),
      ),
    );
    const service = chosen(candidates, layer.before);
    if (service === undefined) delete layer.before;
    else layer.before = named(service);
  }
  for (const { layers, service } of placesOf(platform)) {
    if (said(layers, 'before') == null) continue;
    for (const layer of layers.slice(-2)) if (layer.image !== null) delete layer.image;
    if (said(layers, 'image') != null) service.image = null;
  }
  // What comes before something in one environment alone has no image in the others.
  for (const { layers } of placesOf(platform)) {
    if (said(layers, 'before') != null || said(layers, 'image') != null) continue;
    for (const layer of layers) if (layer.before !== undefined) delete layer.before;
  }
  settleImages(platform);
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

/** Seals what is used, or half of it: `sealed` was drawn as a number. */
function seal(platform: Platform): void {
  const drawn = platform.sealed as unknown;
  if (drawn === undefined) return;
  const sealed: NonNullable<Platform['sealed']> = {};
  for (const { name, environment, layers } of placesOf(platform)) {
    const used = new Set<string>();
    for (const value of Object.values(entriesOf<unknown>(layers, 'envs')))
      if (typeof value === 'object' && value !== null && 'secret' in value) used.add(String(value.secret));
    for (const volume of Object.values(entriesOf<{ kind: string; files: Record<string, string> }>(layers, 'volumes')))
      if (volume.kind === 'secret') for (const secret of Object.values(volume.files)) used.add(secret);
    for (const secret of used)
      if (drawn === 0 || secret.length % 2 === 0) {
        const ofEnvironment = own(sealed, environment) ?? {};
        ofEnvironment[name] = { ...own(ofEnvironment, name), [secret]: ciphertext(`${environment} ${name} ${secret}`) };
        sealed[environment] = ofEnvironment;
      }
  }
  platform.sealed = sealed;
}

/** In the form of kubeseal's, and nothing inside: the length of a key, that key, a text with its tag. */
function ciphertext(seed: string): string {
  const noise = Buffer.concat(
    Array.from({ length: 9 }, (_, index) => createHash('sha256').update(`${seed} ${index}`).digest()),
  );
  return Buffer.concat([Buffer.from([1, 0]), noise.subarray(0, 256), noise.subarray(256, 280)]).toString('base64');
}
