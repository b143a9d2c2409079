import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { JsonObject } from '../../lib/json.ts';
import type { Model, Probe, Service, Toleration, Volume } from '../../lib/model/model.ts';

/**
 * What Kubernetes has to be given so that it does what the model says: every object of a release, whole, in Kubernetes' words.
 *
 * Written from the model alone, without a look at values or templates, so that it is a second opinion on both. Two things are only
 * recognised, not computed: digests, whose promise (another content, another digest) has tests of its own.
 */

/** A Kubernetes object. */
// biome-ignore lint/suspicious/noExplicitAny: a path that is not there fails the test, which is what it is for
export type Manifest = Record<string, any>;

/** What Argo CD renders at once: a service with the jobs that come before it. */
export type Release = Readonly<{ model: Model; service: Service; jobs: readonly Service[] }>;

/** One service of a release. */
type Part = Readonly<{ model: Model; service: Service; release: string }>;

export const DIGEST = '<digest>';

const chart = parse(readFileSync(new URL('../../lib/chart/Chart.yaml', import.meta.url), 'utf8')) as Manifest;

/** Every release of a platform, by environment. */
export function releasesOf(model: Model): Release[] {
  const all = Object.values(model.services).flatMap(({ environments }) => Object.values(environments));
  return all
    .filter(({ before }) => before === null)
    .map((service) => ({
      model,
      service,
      jobs: service.releaseJobs.map((name) => {
        const job = model.services[name]?.environments[service.environment];
        if (!job) throw new Error(`no release job ${name} in ${service.environment}`);
        return job;
      }),
    }));
}

/** All objects of a release, in the order and the words of `asRead`. */
export function objectsOf({ model, service, jobs }: Release): Manifest[] {
  const objects = [service, ...jobs].flatMap((one) => objectsOfPart({ model, service: one, release: service.name }));
  return inOrder(structuredClone(objects));
}

/** Objects as Helm rendered them, in the order and the words of `objectsOf`. */
export function asRead(manifests: readonly Manifest[]): Manifest[] {
  return inOrder(structuredClone(manifests as Manifest[]).map(withoutDigests));
}

function objectsOfPart(part: Part): Manifest[] {
  const { service } = part;
  return [
    account(part),
    ...sealedSecret(part),
    ...service.volumes.flatMap((volume) => [...configMap(part, volume), ...volumeClaim(part, volume)]),
    workload(part),
    ...networkService(part),
    ...ingress(part),
    ...autoscaler(part),
    ...disruptionBudget(part),
    ...(service.extraManifests as Manifest[]),
  ];
}

/** The waves of Argo CD: what pods need, then jobs with the disks that wait for them, then all else. */
const waves = { beforePods: '-2', beforeRelease: '-1' } as const;
const wave = (which: keyof typeof waves) => ({ 'argocd.argoproj.io/sync-wave': waves[which] });

/** What selects the pods of one service and of no other. */
export function selectorOf({ service, release }: Pick<Part, 'service' | 'release'>): Record<string, string> {
  return { 'app.kubernetes.io/name': service.name, 'app.kubernetes.io/instance': release };
}

function podLabels(part: Part): Record<string, string> {
  return { ...selectorOf(part), 'app.kubernetes.io/part-of': part.model.name };
}

function metadata(part: Part, name: string, annotations: Record<string, string> = {}): Manifest {
  return {
    name,
    namespace: part.service.namespace,
    labels: {
      ...podLabels(part),
      'app.kubernetes.io/managed-by': 'Helm',
      'helm.sh/chart': `${chart.name}-${chart.version}`,
    },
    ...unlessEmpty('annotations', annotations),
  };
}

/** The identity in Azure, where it is known; without an id nothing of it is said. */
function identity({ workloadIdentity }: Service): { clientId: string; tenantId: string } | undefined {
  const { clientId = null, tenantId = '' } = workloadIdentity ?? {};
  return clientId === null ? undefined : { clientId, tenantId };
}

function account(part: Part): Manifest {
  const { service } = part;
  const known = identity(service);
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata(part, service.serviceAccount, {
      ...wave('beforePods'),
      ...(known && {
        'azure.workload.identity/client-id': known.clientId,
        'azure.workload.identity/tenant-id': known.tenantId,
      }),
    }),
    automountServiceAccountToken: service.security.apiToken,
  };
}

function sealedSecret(part: Part): Manifest[] {
  const sealed = part.service.sealedSecrets.filter(({ ciphertext }) => ciphertext !== null);
  if (sealed.length === 0) return [];
  return [
    {
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: metadata(part, part.service.secretName, wave('beforePods')),
      spec: {
        encryptedData: Object.fromEntries(sealed.map(({ name, ciphertext }) => [name, ciphertext])),
        template: { type: 'Opaque', metadata: { labels: podLabels(part) } },
      },
    },
  ];
}

const objectName = ({ service }: Part, volume: Volume) => `${service.name}.${volume.name}`;

function configMap(part: Part, volume: Volume): Manifest[] {
  if (volume.kind !== 'config') return [];
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata(part, objectName(part, volume), wave('beforePods')),
      data: volume.files,
    },
  ];
}

function volumeClaim(part: Part, volume: Volume): Manifest[] {
  if (volume.kind !== 'persistent') return [];
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: metadata(part, objectName(part, volume), {
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        ...(part.service.kind === 'releaseJob' && wave('beforeRelease')),
      }),
      spec: {
        accessModes: [volume.accessMode],
        storageClassName: volume.storageClass,
        resources: { requests: { storage: volume.size } },
      },
    },
  ];
}

function workload(part: Part): Manifest {
  switch (part.service.kind) {
    case 'deployment':
      return deployment(part);
    case 'scheduledJob':
      return cronJob(part);
    case 'releaseJob':
      return releaseJob(part);
  }
}

function deployment(part: Part): Manifest {
  const { service } = part;
  const { minReadySeconds = 0, revisionHistoryLimit = 3, rollout } = extras(service);
  const isExclusive = service.volumes.some(
    (volume) => volume.kind === 'persistent' && volume.accessMode === 'ReadWriteOnce',
  );
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(part, service.name),
    spec: {
      ...(service.autoscaling === null && { replicas: service.replicaCount }),
      revisionHistoryLimit,
      ...(minReadySeconds !== 0 && { minReadySeconds }),
      strategy: isExclusive
        ? { type: 'Recreate' }
        : { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0, ...rollout } },
      selector: { matchLabels: selectorOf(part) },
      template: podTemplate(part),
    },
  };
}

function cronJob(part: Part): Manifest {
  const { name, schedule } = part.service;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata(part, name),
    spec: {
      schedule: schedule?.cron,
      timeZone: schedule?.timeZone,
      concurrencyPolicy: schedule?.concurrency,
      startingDeadlineSeconds: schedule?.startingDeadlineSeconds,
      successfulJobsHistoryLimit: schedule?.successfulHistory,
      failedJobsHistoryLimit: schedule?.failedHistory,
      suspend: schedule?.suspended,
      jobTemplate: {
        metadata: { labels: podLabels(part) },
        spec: {
          ...jobSpec(part),
          podFailurePolicy: {
            rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
          },
        },
      },
    },
  };
}

function releaseJob(part: Part): Manifest {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(part, `${part.service.name}-${DIGEST}`, {
      'argocd.argoproj.io/sync-options': 'PruneLast=true',
      ...wave('beforeRelease'),
    }),
    spec: jobSpec(part),
  };
}

function jobSpec(part: Part): Manifest {
  const { job } = part.service;
  return {
    backoffLimit: job?.backoffLimit,
    activeDeadlineSeconds: job?.deadlineSeconds,
    template: podTemplate(part),
  };
}

function networkService(part: Part): Manifest[] {
  const { name, ports } = part.service;
  if (ports.length === 0) return [];
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(part, name, extras(part.service).serviceAnnotations),
      spec: {
        type: 'ClusterIP',
        selector: selectorOf(part),
        ports: ports.map((port) => ({ ...port, targetPort: port.name })),
      },
    },
  ];
}

function ingress(part: Part): Manifest[] {
  const { name, ingress } = part.service;
  if (ingress === null) return [];
  const { issuer, annotations, className, tlsSecret, hosts } = ingress;
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: metadata(part, name, { 'cert-manager.io/cluster-issuer': issuer, ...annotations }),
      spec: {
        ingressClassName: className,
        tls: [{ secretName: tlsSecret, hosts: hosts.map(({ host }) => host) }],
        rules: hosts.map(({ host, paths }) => ({
          host,
          http: {
            paths: paths.map(({ path, pathType, port }) => ({
              path,
              pathType,
              backend: { service: { name, port: { name: port } } },
            })),
          },
        })),
      },
    },
  ];
}

function autoscaler(part: Part): Manifest[] {
  const { name, autoscaling } = part.service;
  if (autoscaling === null) return [];
  const { minReplicas, maxReplicas, cpuPercent, memoryPercent } = autoscaling;
  const metric = (resource: string, averageUtilization: number | null) =>
    averageUtilization === null
      ? []
      : [{ type: 'Resource', resource: { name: resource, target: { type: 'Utilization', averageUtilization } } }];
  return [
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadata(part, name),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas,
        maxReplicas,
        metrics: [...metric('cpu', cpuPercent), ...metric('memory', memoryPercent)],
        ...unlessEmpty('behavior', extras(part.service).autoscaling?.behavior),
      },
    },
  ];
}

function disruptionBudget(part: Part): Manifest[] {
  const { name, disruptionBudget: budget } = part.service;
  if (budget === null) return [];
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata(part, name),
      spec: {
        maxUnavailable: budget.maxUnavailable,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: selectorOf(part) },
      },
    },
  ];
}

function podTemplate(part: Part): Manifest {
  const { service } = part;
  const more = extras(service);
  const { scheduling, volumes } = service;
  return {
    metadata: {
      labels: {
        ...podLabels(part),
        ...(identity(service) && { 'azure.workload.identity/use': 'true' }),
        ...more.podLabels,
      },
      ...unlessEmpty('annotations', podAnnotations(service)),
    },
    spec: {
      serviceAccountName: service.serviceAccount,
      automountServiceAccountToken: service.security.apiToken,
      enableServiceLinks: false,
      ...(service.kind !== 'deployment' && { restartPolicy: 'Never' }),
      terminationGracePeriodSeconds: service.shutdown.gracePeriodSeconds,
      ...(more.priorityClassName && { priorityClassName: more.priorityClassName }),
      ...unlessEmpty(
        'imagePullSecrets',
        more.imagePullSecrets?.map((name) => ({ name })),
      ),
      ...unlessEmpty('hostAliases', more.hostAliases),
      ...unlessEmpty('dnsConfig', more.dnsConfig),
      securityContext: podSecurity(service),
      containers: [container(service)],
      ...unlessEmpty(
        'volumes',
        volumes.map((volume) => ({ name: volume.name, ...volumeSource(part, volume) })),
      ),
      ...unlessEmpty('nodeSelector', scheduling.nodeSelector),
      ...unlessEmpty('tolerations', scheduling.tolerations.map(toleration)),
      ...unlessEmpty(
        'topologySpreadConstraints',
        scheduling.spread.map(({ topologyKey, hard }) => ({
          maxSkew: 1,
          topologyKey,
          whenUnsatisfiable: hard ? 'DoNotSchedule' : 'ScheduleAnyway',
          labelSelector: { matchLabels: selectorOf(part) },
          ...(service.kind === 'deployment' && { matchLabelKeys: ['pod-template-hash'] }),
        })),
      ),
    },
  };
}

/** No value and an empty one tolerate the same taints. */
function toleration({ value, ...rest }: Toleration): Manifest {
  return withoutNulls({ ...rest, value: value === '' ? null : value });
}

function podAnnotations(service: Service): Record<string, string> {
  return {
    ...(service.kind !== 'deployment' && { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' }),
    ...extras(service).podAnnotations,
    ...(service.volumes.some(({ kind }) => kind === 'config') && { 'checksum/config': DIGEST }),
    ...(service.sealedSecrets.some(({ ciphertext }) => ciphertext !== null) && {
      'checksum/sealed-secrets': DIGEST,
    }),
  };
}

function podSecurity({ security, volumes }: Service): Manifest {
  return {
    runAsNonRoot: security.runAsNonRoot,
    ...(security.runAsUser !== null && { runAsUser: security.runAsUser }),
    // A new disk belongs to root: a group of its own lets the processes write to it.
    ...(volumes.some(({ kind }) => kind === 'persistent') && {
      fsGroup: 10001,
      fsGroupChangePolicy: 'OnRootMismatch',
    }),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

function container(service: Service): Manifest {
  const { image, resources, probes, shutdown, security } = service;
  return {
    name: service.name,
    image: `${image.repository}:${image.tag}`,
    imagePullPolicy: 'IfNotPresent',
    ...unlessEmpty('command', service.command),
    ...unlessEmpty('args', service.args),
    ...unlessEmpty(
      'ports',
      service.ports.map(({ name, port, protocol }) => ({ name, containerPort: port, protocol })),
    ),
    ...unlessEmpty('env', variables(service)),
    resources: { requests: resources.requests, limits: withoutNulls(resources.limits) },
    ...probe('startupProbe', probes.startup),
    ...probe('readinessProbe', probes.readiness),
    ...probe('livenessProbe', probes.liveness),
    ...(shutdown.preStopSeconds > 0 && { lifecycle: { preStop: { sleep: { seconds: shutdown.preStopSeconds } } } }),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: security.readOnlyRootFilesystem,
      capabilities: { drop: ['ALL'], ...unlessEmpty('add', security.capabilities) },
    },
    ...unlessEmpty(
      'volumeMounts',
      service.volumes.map(({ name, mountPath, readOnly }) => ({ name, mountPath, readOnly })),
    ),
  };
}

/** Exactly the variables that the program sees, plain ones and sealed ones. */
function variables({ envs, secretEnvs, secretName }: Service): Manifest[] {
  return [
    ...envs,
    ...secretEnvs.map(({ name, secret }) => ({ name, valueFrom: { secretKeyRef: { name: secretName, key: secret } } })),
  ];
}

function probe(name: string, probe: Probe | null): Manifest {
  if (probe === null) return {};
  const { check, ...timing } = probe;
  switch (check.kind) {
    case 'http':
      return { [name]: { httpGet: { path: check.path, port: check.port }, ...timing } };
    case 'tcp':
      return { [name]: { tcpSocket: { port: check.port }, ...timing } };
    case 'command':
      return { [name]: { exec: { command: check.command }, ...timing } };
  }
}

function volumeSource(part: Part, volume: Volume): Manifest {
  switch (volume.kind) {
    case 'ephemeral':
      return { emptyDir: { sizeLimit: volume.size, ...(volume.inMemory && { medium: 'Memory' }) } };
    case 'persistent':
      return { persistentVolumeClaim: { claimName: objectName(part, volume) } };
    case 'config':
      return { configMap: { name: objectName(part, volume) } };
    case 'secret':
      return {
        secret: {
          secretName: part.service.secretName,
          items: Object.entries(volume.files).map(([path, key]) => ({ key, path })),
        },
      };
  }
}

/** What the chart has and the configuration has no field for. Rule `services/overridden_value` lets nothing else through. */
type Extras = Readonly<{
  autoscaling?: Readonly<{ behavior?: JsonObject }>;
  dnsConfig?: JsonObject;
  hostAliases?: readonly unknown[];
  imagePullSecrets?: readonly string[];
  minReadySeconds?: number;
  podAnnotations?: Readonly<Record<string, string>>;
  podLabels?: Readonly<Record<string, string>>;
  priorityClassName?: string;
  revisionHistoryLimit?: number;
  rollout?: JsonObject;
  serviceAnnotations?: Record<string, string>;
}>;

const extras = (service: Service) => service.extraHelmValues as Extras;

function unlessEmpty(key: string, value: object | null | undefined): Manifest {
  return value == null || Object.keys(value).length === 0 ? {} : { [key]: value };
}

function withoutNulls(object: object): Manifest {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}

/**
 * What a container sees of a variable, an argument or a command, where every variable is set.
 *
 * @see k8s.io/kubernetes, third_party/forked/golang/expansion/expand.go
 */
export function expanded(text: string): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (found, name) => (found === '$$' ? '$' : `<the value of ${name}>`));
}

/** The template of an object's pods, if it has any. */
export function podTemplateOf({ kind, spec }: Manifest): Manifest | undefined {
  if (kind === 'Deployment' || kind === 'Job') return spec.template;
  return kind === 'CronJob' ? spec.jobTemplate.spec.template : undefined;
}

/** Texts as containers see them, and digests as such. */
function withoutDigests(manifest: Manifest): Manifest {
  const template = podTemplateOf(manifest);
  if (manifest.kind === 'Job') manifest.metadata.name = manifest.metadata.name.replace(/[0-9a-f]{10}$/, DIGEST);
  const annotations = template?.metadata.annotations ?? {};
  for (const name of ['checksum/config', 'checksum/sealed-secrets'])
    if (/^[0-9a-f]{64}$/.test(annotations[name] ?? '')) annotations[name] = DIGEST;
  for (const one of template?.spec.containers ?? []) asSeen(one);
  return manifest;
}

function asSeen(container: Manifest): void {
  const commands = ['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((name) => container[name]?.exec ?? []);
  for (const holder of [container, ...commands])
    for (const key of ['command', 'args']) if (holder[key]) holder[key] = holder[key].map(expanded);
  for (const variable of container.env ?? [])
    if (typeof variable.value === 'string') variable.value = expanded(variable.value);
}

/** Lists whose items have names of their own mean the same in any order: sorted by name. Objects by kind and name. */
function inOrder(manifests: readonly Manifest[]): Manifest[] {
  const sorted = manifests.map((manifest) => {
    for (const { spec } of [podTemplateOf(manifest)].filter((template) => template !== undefined)) {
      sortByName(spec.volumes);
      for (const volume of spec.volumes ?? []) volume.secret?.items.sort(by(({ path }) => path));
      for (const container of spec.containers)
        for (const key of ['env', 'ports', 'volumeMounts']) sortByName(container[key]);
    }
    if (manifest.kind === 'Service') sortByName(manifest.spec.ports);
    return manifest;
  });
  return sorted.sort(by(({ kind, metadata }) => `${kind} ${metadata.name}`));
}

function sortByName(list: Manifest[] | undefined): void {
  list?.sort(by(({ name }) => name));
}

function by(key: (manifest: Manifest) => string): (a: Manifest, b: Manifest) => number {
  return (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}
