import type { PlatformInput, ServiceInput, ServiceLayer } from '../config/schema.ts';
import type { Path } from '../finding/finding.ts';
import * as defaults from './defaults.ts';
import type { Ground } from './environment.ts';
import {
  type ModelFinding,
  noImage,
  noSchedule,
  notADeployment,
  notForKind,
  notInEnvironment,
  notTcp,
  otherImage,
  outOfRange,
  twoOf,
  unknownPort,
  whichPort,
} from './findings.ts';
import { merge, type Settings } from './layers.ts';
import type { Probe, Service, Volume } from './model.ts';
import { type Draft, derived, Noted, written } from './origins.ts';
import { bytes, millicores } from './quantities.ts';
import type { Variables } from './variables.ts';

export type ServiceKind = Service['kind'];

/** A service in one environment, its layers merged, before anything is derived from it. */
export type ServiceSettings = Readonly<{
  name: string;
  environment: string;
  kind: ServiceKind;
  settings: Settings<defaults.Settled>;
  /** where the service stands in the configuration */
  path: Path;
}>;

/** Merges defaults, preset, service and what is said for the environment. @returns `undefined` where the service is not there */
export function settingsOf(
  configuration: PlatformInput,
  name: string,
  environment: string,
): ServiceSettings | undefined {
  const service = configuration.services[name] as ServiceInput;
  const here = own(service.in ?? {}, environment) as false | ServiceLayer | undefined;
  if (here === false) return undefined;
  const { preset, in: _, ...itself } = service;
  const path = ['services', name];
  const layers = [
    ...(preset === undefined
      ? []
      : [
          {
            value: configuration.presets?.[preset] ?? {},
            origin: (inside: Path) => ({ from: 'preset' as const, path: ['presets', preset, ...inside] }),
          },
        ]),
    { value: itself, origin: (inside: Path) => ({ from: 'configuration' as const, path: [...path, ...inside] }) },
    ...(here === undefined
      ? []
      : [
          {
            value: here,
            origin: (inside: Path) => ({
              from: 'configuration' as const,
              path: inside.length === 0 ? path : [...path, 'in', environment, ...inside],
            }),
          },
        ]),
  ];
  const kind = merge<ServiceLayer>(layers).value.kind ?? 'deployment';
  const weakest = {
    value: defaults.serviceDefaults(kind, configuration.environments[environment]?.tier ?? 'production'),
    origin: (inside: Path) => ({ from: 'default' as const, path: inside }),
  };
  return { name, environment, kind, settings: merge<defaults.Settled>([weakest, ...layers], defaults.isSettled), path };
}

/** What a service may only say when it is of a certain kind. */
const ONLY_FOR: Readonly<Partial<Record<keyof ServiceLayer, readonly ServiceKind[]>>> = {
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

/** What the builder of one service knows of its surroundings. */
export type Surroundings = Readonly<{
  environment: Ground;
  tenantId: string;
  /** login server of the registry */
  registryHost: string;
  /** how public hosts are served where the service does not say */
  ingress: Readonly<{ className: string; issuer: string }>;
  /** the services that are in this environment, itself among them */
  neighbours: ReadonlyMap<string, ServiceSettings>;
  /** the release jobs that come before it, sorted */
  releaseJobs: readonly string[];
  variables: Variables;
  /** sealed variable → ciphertext, as far as sealed */
  ciphertexts: Readonly<Record<string, string>>;
}>;

/**
 * One service in one environment, complete.
 *
 * @param report told of everything that is wrong; the draft is then still whole, with a stand-in for what is missing
 */
export function draftService(
  of: ServiceSettings,
  { environment, tenantId, registryHost, ingress, neighbours, releaseJobs, variables, ciphertexts }: Surroundings,
  report: (finding: ModelFinding) => void,
): Draft<Service> {
  const { name, kind, settings, path } = of;
  const s = settings.value;
  /** the value with the note of what said it */
  const at = <Value>(value: Value, ...where: Path): Noted<Value> => new Noted(value, settings.originOf(where));
  const pathOf = (...where: Path): Path => sourcePath(settings, where, path);

  for (const [field, kinds] of Object.entries(ONLY_FOR))
    if (!kinds.includes(kind) && s[field as keyof ServiceLayer] !== undefined)
      report(notForKind({ path: pathOf(field), field, kind, service: name }));

  const ports = sortedEntries(s.ports).map(([portName, port]) =>
    at(
      typeof port === 'number' ? { name: portName, port, protocol: 'TCP' as const } : { name: portName, ...port },
      'ports',
      portName,
    ),
  );
  const portNames = ports.map(({ value }) => value.name);
  const tcpNames = ports.flatMap(({ value }) => (value.protocol === 'TCP' ? [value.name] : []));
  checkPorts(of, pathOf, report);
  /** the port of a probe or a host: TCP, as both are */
  const portFor = (wanted: string | undefined | null, ...where: Path): string => {
    const path = pathOf(...where);
    if (typeof wanted === 'string') {
      if (!portNames.includes(wanted)) report(unknownPort({ path, name: wanted, service: name, known: portNames }));
      else if (!tcpNames.includes(wanted)) report(notTcp({ path, name: wanted, service: name, known: tcpNames }));
      return wanted;
    }
    const usual = usualPort(tcpNames);
    if (usual === undefined)
      report(
        tcpNames.length === 0 && portNames.length > 0
          ? notTcp({ path, name: undefined, service: name, known: [] })
          : whichPort({ path, service: name, known: tcpNames }),
      );
    return usual ?? 'http';
  };

  const released = kind === 'releaseJob' ? releasedWith(of, neighbours, pathOf, report) : of;

  const secrets = declaredSecrets(s);
  const pool = s.pool ?? environment.cluster.defaultPool;
  const nodePool = Object.hasOwn(environment.cluster.pools, pool) ? environment.cluster.pools[pool] : undefined;
  if (!nodePool)
    report(
      notInEnvironment({
        path: pathOf('pool'),
        what: 'pool',
        name: pool,
        environment: environment.name,
        known: Object.keys(environment.cluster.pools),
      }),
    );

  const autoscaling = kind === 'deployment' ? autoscalingOf(of, pathOf, report) : null;
  // Beside autoscaling it may be `null`, and alone as well.
  const replicaCount = s.replicaCount ?? defaults.replicaCount(environment.tier);
  const smallest = autoscaling?.minReplicas ?? replicaCount;
  const { requests } = s.resources;
  const limits = { cpu: s.resources.limits?.cpu ?? null, memory: s.resources.limits?.memory ?? requests.memory };
  checkResources(name, requests, limits, pathOf, report);
  checkShutdown(s, pathOf, report);
  if (kind === 'scheduledJob' && s.schedule?.cron === undefined)
    report(noSchedule({ path: pathOf('schedule'), service: name }));

  const { envs, secretEnvs, calls, uses } = variables;
  const volumes = draftVolumes(s, at);
  checkVolumes(name, s, pathOf, report);
  checkTolerations(name, s, pathOf, report);
  checkUser(name, s, pathOf, report);

  return new Noted<Draft<Service>>(
    {
      name: at(name),
      environment: environment.name,
      directory: environment.directory,
      namespace: environment.namespace,
      kind: at(kind, 'kind'),
      before: at(s.before ?? null, 'before'),
      releaseJobs,
      application: derived(`${environment.name}-${released.name}`, path),
      image: new Noted(
        // What the service lacks is told of the service, and which image an unknown service has is nobody's question.
        imageOf(released, environment, registryHost, s.before == null ? report : () => {}),
        released.settings.originOf(['image']),
      ),
      command: at(s.command ?? null, 'command'),
      args: at(s.args ?? null, 'args'),
      ports,
      envs,
      sealedSecrets: secrets.map((secret) => ({
        name: secret,
        ciphertext: written(own(ciphertexts, secret) ?? null, ['sealed', environment.name, name, secret]),
      })),
      secretEnvs,
      secretName: derived(name, path),
      replicaCount: kind !== 'deployment' || autoscaling ? null : at(replicaCount, 'replicaCount'),
      autoscaling: autoscaling && at(autoscaling, 'autoscaling'),
      resources: {
        requests: {
          cpu: at(requests.cpu, 'resources', 'requests', 'cpu'),
          memory: at(requests.memory, 'resources', 'requests', 'memory'),
        },
        limits: {
          cpu: at(limits.cpu, 'resources', 'limits', 'cpu'),
          memory: s.resources.limits?.memory
            ? at(limits.memory, 'resources', 'limits', 'memory')
            : derived(limits.memory, pathOf('resources', 'requests', 'memory')),
        },
      },
      probes:
        kind === 'deployment' ? probesOf(s, tcpNames, portFor, at) : { startup: null, readiness: null, liveness: null },
      ingress: kind === 'deployment' ? ingressOf(of, environment, ingress, portFor, at) : null,
      scheduling: {
        pool: at(pool, 'pool'),
        nodeSelector: at({ agentpool: nodePool?.azureName ?? pool }, 'pool'),
        tolerations: at(
          [
            ...(nodePool?.dedicated
              ? [
                  {
                    key: 'dedicated',
                    operator: 'Equal' as const,
                    value: nodePool.azureName,
                    effect: 'NoSchedule' as const,
                  },
                ]
              : []),
            ...(s.tolerations ?? []).map((toleration) => ({
              key: toleration.key,
              operator: toleration.operator ?? (toleration.value == null ? ('Exists' as const) : ('Equal' as const)),
              value: toleration.value ?? null,
              effect: toleration.effect ?? null,
            })),
          ],
          s.tolerations ? 'tolerations' : 'pool',
        ),
        spread: at(spreadOf(s, nodePool?.zones ?? []), 'spread'),
      },
      disruptionBudget:
        kind !== 'deployment'
          ? null
          : s.disruptionBudget
            ? at({ maxUnavailable: s.disruptionBudget.maxUnavailable }, 'disruptionBudget')
            : // A budget over one pod either does nothing or stops every upgrade of its node.
              derived(
                smallest >= 2 ? { maxUnavailable: 1 } : null,
                pathOf(autoscaling ? 'autoscaling' : 'replicaCount'),
              ),
      shutdown: {
        gracePeriodSeconds: at(s.shutdown.gracePeriodSeconds, 'shutdown', 'gracePeriodSeconds'),
        preStopSeconds: at(s.shutdown.preStopSeconds, 'shutdown', 'preStopSeconds'),
      },
      volumes,
      serviceAccount: derived(name, path),
      workloadIdentity: s.workloadIdentity
        ? at({ clientId: s.workloadIdentity.clientId ?? null, tenantId }, 'workloadIdentity')
        : null,
      security: {
        runAsNonRoot: at(s.security.runAsNonRoot, 'security', 'runAsNonRoot'),
        runAsUser: at(s.security.runAsUser ?? null, 'security', 'runAsUser'),
        readOnlyRootFilesystem: at(s.security.readOnlyRootFilesystem, 'security', 'readOnlyRootFilesystem'),
        capabilities: at([...s.security.capabilities].sort(), 'security', 'capabilities'),
        apiToken: at(s.security.apiToken, 'security', 'apiToken'),
      },
      job:
        kind === 'deployment' || !s.job
          ? null
          : {
              backoffLimit: at(s.job.backoffLimit, 'job', 'backoffLimit'),
              deadlineSeconds: at(s.job.deadlineSeconds, 'job', 'deadlineSeconds'),
            },
      schedule:
        kind === 'scheduledJob' && s.schedule ? at({ ...s.schedule, cron: s.schedule.cron ?? '' }, 'schedule') : null,
      calls,
      uses,
      extraHelmValues: at((s.extraHelmValues ?? {}) as Service['extraHelmValues'], 'extraHelmValues'),
      extraManifests: at((s.extraManifests ?? []) as unknown as Service['extraManifests'], 'extraManifests'),
    } as Draft<Service>,
    { from: 'configuration', path },
  );
}

/** The place in the configuration that a setting comes from; the service itself for what nobody wrote. */
export function sourcePath(settings: Settings<unknown>, where: Path, service: Path): Path {
  const origin = settings.originOf(where);
  return origin.from === 'configuration' || origin.from === 'preset' ? origin.path : service;
}

/** The port that is meant where none is named: `http`, or the only one. */
export function usualPort(names: readonly string[]): string | undefined {
  return names.includes('http') ? 'http' : names.length === 1 ? names[0] : undefined;
}

/** The in-cluster address of a TCP port: HTTPS where its name says so. */
export function urlOf(
  service: string,
  namespace: string,
  { name, port }: Readonly<{ name: string; port: number }>,
): string {
  const host = `${service}.${namespace}.svc.cluster.local`;
  if (name === 'https' || name.startsWith('https-'))
    return port === 443 ? `https://${host}` : `https://${host}:${port}`;
  return port === 80 ? `http://${host}` : `http://${host}:${port}`;
}

/** The host that people use, in an environment: `@` stands for its domain itself. */
export function publicHosts(hosts: ServiceLayer['hosts'], domain: string): string[] {
  return sortedEntries(hosts).map(([host]) => (host === '@' ? domain : `${host}.${domain}`));
}

/** Every sealed variable that a service uses, as a variable or in a file. Sorted. */
export function declaredSecrets(s: ServiceLayer): string[] {
  const inVariables = Object.values(s.envs ?? {}).flatMap((value) =>
    typeof value === 'object' && value !== null && 'secret' in value ? [value.secret as string] : [],
  );
  const inFiles = Object.values(s.volumes ?? {}).flatMap((volume) =>
    volume?.kind === 'secret' ? (Object.values(volume.files) as string[]) : [],
  );
  return [...new Set([...inVariables, ...inFiles])].sort();
}

/** The entries of a map that are there, by name. */
export function sortedEntries<Value>(
  map: Readonly<Record<string, Value>> | null | undefined,
): [string, NonNullable<Value>][] {
  return Object.entries(map ?? {})
    .filter((entry): entry is [string, NonNullable<Value>] => entry[1] !== null && entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function own<Value>(map: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

type PathOf = (...where: Path) => Path;
type At = <Value>(value: Value, ...where: Path) => Noted<Value>;
type Report = (finding: ModelFinding) => void;

/** The service whose release a release job is part of: the job itself, unless it says what it comes before. */
function releasedWith(
  of: ServiceSettings,
  neighbours: Surroundings['neighbours'],
  pathOf: PathOf,
  report: Report,
): ServiceSettings {
  const { before: name, image } = of.settings.value;
  if (name == null) return of;
  const path = pathOf('before');
  const service = neighbours.get(name);
  if (service?.kind === 'deployment') {
    const theirs = service.settings.value.image;
    if (image != null && theirs != null && imageText(image) !== imageText(theirs))
      report(
        otherImage({
          path: pathOf('image'),
          otherPath: sourcePath(service.settings, ['image'], service.path),
          job: of.name,
          service: name,
          image: imageText(theirs),
        }),
      );
    return service;
  }
  const known = [...neighbours.values()].filter(({ kind }) => kind === 'deployment').map((one) => one.name);
  report(
    service === undefined
      ? notInEnvironment({ path, what: 'service', name, environment: of.environment, known })
      : notADeployment({ path, name, kind: name === of.name ? undefined : service.kind, known }),
  );
  return of;
}

function imageText(image: NonNullable<ServiceLayer['image']>): string {
  return typeof image === 'string' ? image : `${image.repository}:${image.tag}`;
}

/** The release jobs of an environment's services, by the service that they come before; sorted. */
export function releaseJobsByService(services: ReadonlyMap<string, ServiceSettings>): ReadonlyMap<string, string[]> {
  const jobs = new Map<string, string[]>();
  for (const { name, kind, settings } of services.values()) {
    const before = kind === 'releaseJob' ? settings.value.before : undefined;
    if (before != null) jobs.set(before, [...(jobs.get(before) ?? []), name]);
  }
  return jobs;
}

function imageOf(
  { name, settings, path }: ServiceSettings,
  environment: Surroundings['environment'],
  registryHost: string,
  report: Report,
): Service['image'] {
  const { image } = settings.value;
  if (image === undefined || image === null) {
    report(noImage({ path: sourcePath(settings, ['image'], path), service: name, environment: environment.name }));
    return { name: null, repository: '', tag: '', updated: false };
  }
  if (typeof image === 'string')
    return { name: image, repository: `${registryHost}/${image}`, tag: environment.imageTag.seed, updated: true };
  return { name: null, repository: image.repository, tag: image.tag, updated: false };
}

function autoscalingOf({ settings, path }: ServiceSettings, pathOf: PathOf, report: Report): Service['autoscaling'] {
  const { autoscaling, replicaCount } = settings.value;
  if (!autoscaling) return null;
  const counted = settings.originOf(['replicaCount']);
  if (replicaCount !== undefined && counted.from !== 'default')
    report(
      twoOf({
        path: pathOf('autoscaling'),
        otherPath: pathOf('replicaCount'),
        what: `service \`${path[1]}\` has both \`replicaCount\` and \`autoscaling\``,
        expected: 'one of them; `replicaCount: null` takes away what an earlier layer said',
      }),
    );
  const { minReplicas, maxReplicas, cpuPercent, memoryPercent } = autoscaling;
  const min = minReplicas ?? 1;
  const max = maxReplicas ?? min;
  if (maxReplicas == null)
    report(
      outOfRange({
        path: pathOf('autoscaling'),
        what: `\`autoscaling\` of service \`${path[1]}\` has no \`maxReplicas\``,
        expected: `a whole number not below \`minReplicas\`, ${min}`,
        help: 'add `maxReplicas`',
      }),
    );
  else if (max < min)
    report(
      outOfRange({
        path: pathOf('autoscaling', 'maxReplicas'),
        otherPath: pathOf('autoscaling', 'minReplicas'),
        what: `service \`${path[1]}\` scales from ${min} to ${max} replicas`,
        expected: '`maxReplicas` not below `minReplicas`',
      }),
    );
  return {
    minReplicas: min,
    maxReplicas: Math.max(min, max),
    cpuPercent: cpuPercent ?? (memoryPercent == null ? defaults.CPU_PERCENT : null),
    memoryPercent: memoryPercent ?? null,
  };
}

function probesOf(
  s: ServiceLayer,
  tcpNames: readonly string[],
  portFor: (wanted: string | undefined | null, ...where: Path) => string,
  at: At,
): Draft<Service['probes']> {
  const read = (which: 'startup' | 'readiness' | 'liveness'): Noted<Probe | null> => {
    const written = s.probes?.[which];
    if (written === undefined || written === null) {
      // Traffic must wait until somebody listens; that much can be asked of every TCP port.
      const usual = which === 'readiness' ? usualPort(tcpNames) : undefined;
      return at(usual === undefined ? null : { check: { kind: 'tcp', port: usual }, ...defaults.PROBE }, 'ports');
    }
    const where = ['probes', which];
    const timing =
      which === 'startup' ? { ...defaults.PROBE, failureThreshold: defaults.STARTUP_FAILURES } : defaults.PROBE;
    if (typeof written === 'string')
      return at({ check: { kind: 'http', path: written, port: portFor(undefined, ...where) }, ...timing }, ...where);
    return at(
      {
        check:
          'http' in written
            ? {
                kind: 'http',
                path: written.http as string,
                port: portFor(written.port as string | undefined, ...where, 'port'),
              }
            : 'tcp' in written
              ? { kind: 'tcp', port: portFor(written.tcp as string, ...where, 'tcp') }
              : { kind: 'command', command: written.command as string[] },
        initialDelaySeconds: written.initialDelaySeconds ?? timing.initialDelaySeconds,
        periodSeconds: written.periodSeconds ?? timing.periodSeconds,
        timeoutSeconds: written.timeoutSeconds ?? timing.timeoutSeconds,
        failureThreshold: written.failureThreshold ?? timing.failureThreshold,
      } as Probe,
      ...where,
    );
  };
  return { startup: read('startup'), readiness: read('readiness'), liveness: read('liveness') } as Draft<
    Service['probes']
  >;
}

function ingressOf(
  { name, settings }: ServiceSettings,
  environment: Surroundings['environment'],
  usual: Surroundings['ingress'],
  portFor: (wanted: string | undefined | null, ...where: Path) => string,
  at: At,
): Draft<Service['ingress']> {
  const { hosts, ingress } = settings.value;
  const served = sortedEntries(hosts);
  if (served.length === 0) return null;
  return {
    className: at(ingress?.className ?? usual.className, 'ingress', 'className'),
    issuer: at(ingress?.issuer ?? usual.issuer, 'ingress', 'issuer'),
    tlsSecret: at(`${name}-tls`),
    annotations: at(Object.fromEntries(sortedEntries(ingress?.annotations)), 'ingress', 'annotations'),
    hosts: served.map(([host, { paths, pathType, port }]) =>
      at(
        {
          host: host === '@' ? environment.domain : `${host}.${environment.domain}`,
          paths: (paths ?? ['/']).map((path) => ({
            path,
            pathType: pathType ?? ('Prefix' as const),
            port: portFor(port, 'hosts', host, 'port'),
          })),
        },
        'hosts',
        host,
      ),
    ),
  } as Draft<Service['ingress']>;
}

function spreadOf({ spread }: ServiceLayer, zones: readonly string[]): Service['scheduling']['spread'] {
  const over = (topologyKey: string, how: string | null | undefined) =>
    how ? [{ topologyKey, hard: how === 'hard' }] : [];
  return [
    // A pool without zones gives its nodes no zone to spread over, and `hard` would leave every pod waiting.
    ...(zones.length > 1 ? over('topology.kubernetes.io/zone', spread?.zones) : []),
    ...over('kubernetes.io/hostname', spread?.nodes),
  ];
}

function draftVolumes(s: ServiceLayer, at: At): Noted<Volume>[] {
  return sortedEntries(s.volumes).map(([name, volume]) => at(volumeOf(name, volume), 'volumes', name));
}

function volumeOf(name: string, volume: NonNullable<NonNullable<ServiceLayer['volumes']>[string]>): Volume {
  const common = { name, mountPath: volume.mountPath };
  switch (volume.kind) {
    case 'ephemeral':
      return {
        kind: 'ephemeral',
        ...common,
        readOnly: volume.readOnly ?? false,
        size: volume.size,
        inMemory: volume.inMemory ?? false,
      };
    case 'persistent':
      return {
        kind: 'persistent',
        ...common,
        readOnly: volume.readOnly ?? false,
        size: volume.size,
        storageClass: volume.storageClass ?? defaults.VOLUME.storageClass,
        accessMode: volume.accessMode ?? defaults.VOLUME.accessMode,
      };
    case 'config':
    case 'secret':
      return {
        kind: volume.kind,
        ...common,
        readOnly: volume.readOnly ?? true,
        files: Object.fromEntries(sortedEntries(volume.files as Record<string, string>)),
      };
  }
}

function checkPorts({ settings, path }: ServiceSettings, pathOf: PathOf, report: Report): void {
  const seen = new Map<string, string>();
  for (const [name, port] of sortedEntries(settings.value.ports)) {
    const key = typeof port === 'number' ? `${port}/TCP` : `${port.port}/${port.protocol}`;
    const first = seen.get(key);
    if (first !== undefined)
      report(
        twoOf({
          path: pathOf('ports', name),
          otherPath: pathOf('ports', first),
          what: `the ports \`${first}\` and \`${name}\` of service \`${path[1]}\` are both ${key}`,
          expected: 'a number of its own for each port',
        }),
      );
    seen.set(key, name);
  }
}

function checkResources(
  service: string,
  requests: { cpu: string; memory: string },
  limits: { cpu: string | null; memory: string },
  pathOf: PathOf,
  report: Report,
): void {
  const below = (what: string, quantity: 'cpu' | 'memory', expected: string) =>
    report(
      outOfRange({
        path: pathOf('resources', 'limits', quantity),
        otherPath: pathOf('resources', 'requests', quantity),
        what: `the ${what} limit ${limits[quantity]} of service \`${service}\` is below its request ${requests[quantity]}`,
        expected,
      }),
    );
  if (limits.cpu !== null && millicores(limits.cpu) < millicores(requests.cpu))
    below('CPU', 'cpu', 'a limit not below the request, or none');
  if (bytes(limits.memory) < bytes(requests.memory))
    below('memory', 'memory', 'a limit not below the request; without one it is the request');
}

function checkShutdown({ shutdown }: defaults.Settled, pathOf: PathOf, report: Report): void {
  const { gracePeriodSeconds: grace, preStopSeconds: preStop } = shutdown;
  const waiting = pathOf('shutdown', 'preStopSeconds');
  if (preStop >= grace)
    report(
      outOfRange({
        path: waiting.includes('shutdown') ? waiting : pathOf('shutdown', 'gracePeriodSeconds'),
        what: `pods wait ${preStop} s before they stop, and are killed after ${grace} s`,
        expected: '`preStopSeconds` below `gracePeriodSeconds`, with time left to finish',
      }),
    );
}

/** What a ConfigMap holds, without the names of the files. @see k8s.io/kubernetes, ValidateConfigMap */
const CONFIG_MAP_BYTES = 2 ** 20;

function checkVolumes(service: string, s: ServiceLayer, pathOf: PathOf, report: Report): void {
  const seen = new Map<string, string>();
  for (const [name, volume] of sortedEntries(s.volumes)) {
    if (volume.kind !== 'config') continue;
    const size = Object.values(volume.files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (size > CONFIG_MAP_BYTES)
      report(
        outOfRange({
          path: pathOf('volumes', name, 'files'),
          what: `the files of the volume \`${name}\` of service \`${service}\` have ${size} bytes together`,
          expected: `at most ${CONFIG_MAP_BYTES} bytes in one volume: Kubernetes keeps it as a ConfigMap`,
          help: 'share the files out among several volumes, or put them into the image',
        }),
      );
  }
  for (const [name, { mountPath }] of sortedEntries(s.volumes)) {
    const first = seen.get(mountPath);
    if (first === undefined) seen.set(mountPath, name);
    else
      report(
        twoOf({
          path: pathOf('volumes', name, 'mountPath'),
          otherPath: pathOf('volumes', first, 'mountPath'),
          what: `the volumes \`${first}\` and \`${name}\` are both mounted at ${mountPath}`,
          expected: 'a path of its own for each volume',
          ...(name === 'tmp' && {
            help: `call \`${first}\` \`tmp\`: it then takes the place of the volume that every service has there`,
          }),
        }),
      );
  }
}

/** @see k8s.io/kubernetes, ValidateTolerations: it refuses such a pod */
function checkTolerations(service: string, { tolerations }: ServiceLayer, pathOf: PathOf, report: Report): void {
  for (const [index, { key, operator, value }] of (tolerations ?? []).entries())
    if (operator === 'Exists' && value)
      report(
        outOfRange({
          path: pathOf('tolerations', index, 'value'),
          what: `a toleration of service \`${service}\` takes any value of \`${key}\`, and names the value \`${value}\``,
          expected: '`operator: "Exists"` without a value, or `operator: "Equal"` with one',
        }),
      );
}

/** The kubelet refuses to start such a container, again and again. */
function checkUser(service: string, { security }: defaults.Settled, pathOf: PathOf, report: Report): void {
  if (security.runAsNonRoot && security.runAsUser === 0)
    report(
      outOfRange({
        path: pathOf('security', 'runAsUser'),
        what: `service \`${service}\` runs as user 0, which is root, and \`runAsNonRoot\` lets nobody be root: its pods never start`,
        expected: 'the number of another user',
        help: 'write another number, or `runAsNonRoot: false` for a program that must be root',
      }),
    );
}
