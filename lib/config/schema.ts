import { z } from 'zod';
import * as v from './vocabulary.ts';

/**
 * The shape of a configuration, written once: `types.ts` infers from it what an editor checks, `validate.ts` judges with it,
 * `docs/platform.schema.json` is made from it. Nothing is defaulted here: defaults are the model's (`lib/model/defaults.ts`).
 *
 * Optional things may be `null` as well: in a later layer of a service that takes away what an earlier one said.
 */

/** Optional, and `null` to say: none. */
function maybe<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullable().optional();
}

function strict<Shape extends z.ZodRawShape>(what: string, shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'invalid_type' ? `an object: ${what}` : undefined),
  });
}

/** A map from names to things; `null` in a later layer removes an entry of an earlier one. */
function mapOf<Key extends z.ZodType<string, string>, Value extends z.ZodType>(what: string, key: Key, value: Value) {
  return z.record(key, value, { error: (issue) => (issue.code === 'invalid_type' ? `an object: ${what}` : undefined) });
}

/** A map that would say nothing if it were empty. */
function filled<Map extends z.ZodRecord>(error: string, map: Map) {
  return map.refine((entries) => Object.keys(entries as object).length > 0, { error });
}

function listOf<Value extends z.ZodType>(what: string, value: Value, { max = 1000 } = {}) {
  return z.array(value, { error: `a list: ${what}` }).max(max, { error: `a list of at most ${max}: ${what}` });
}

/** A list in which nothing stands twice. What stands again is a custom issue at its place. */
function setOf<Value extends z.ZodType>(what: string, value: Value, limits: { max?: number; min?: number } = {}) {
  const { min = 0, ...rest } = limits;
  const list = listOf(what, value, rest);
  return (min === 0 ? list : list.min(min, { error: `at least one: ${what}` })).superRefine((items, context) => {
    for (const [index, item] of items.entries())
      if (items.indexOf(item) < index) context.addIssue({ code: 'custom', message: v.REPEATED, path: [index] });
  });
}

const json: z.ZodType<v.JsonInput, v.JsonInput> = z.json({ error: 'plain data' });
/** Escape hatches: data of somebody else's shape, judged where it ends up. */
const jsonObject = mapOf('names and plain data', z.string(), json);

const SINGLY = 'each object by itself, instead of a list of them';

const manifest = z
  .looseObject(
    {
      apiVersion: v.text('the version of a Kubernetes object, such as "v1"', /^([a-z0-9.-]+\/)?v[0-9][a-z0-9]*$/),
      kind: v
        .text('the kind of a Kubernetes object, such as "ConfigMap"', /^[A-Z][A-Za-z0-9]*$/)
        .regex(/^(?!List$)/, { error: SINGLY }),
      metadata: z.looseObject({ name: v.objectName }, { error: 'an object with the `name` of the Kubernetes object' }),
    },
    { error: 'a Kubernetes object with `apiVersion`, `kind` and `metadata.name`' },
  )
  .superRefine(({ kind, items }, context) => {
    // Whatever it calls itself, kubectl and Argo CD take an object with `items` apart, and rules would not see what is in it.
    if (kind !== 'List' && Array.isArray(items)) context.addIssue({ code: 'custom', message: SINGLY, path: ['items'] });
  });

const tags = mapOf('tag names and their values', v.azureTagName, v.azureTagValue);

/** What a senior engineer has looked at and let pass; `lib/waivers/waivers.ts` says what each of them covers. */
const waivers = listOf(
  'waivers of rules',
  strict('a waiver of a rule', {
    rule: v.ruleId,
    reason: v.text('why it is right here, in a sentence', /^[^\p{Cc}]+$/u, { min: 10, max: 500 }),
    owner: v.text('the person or team who answers for it', /^[^\p{Cc}]+$/u, { max: 100 }),
    until: v.day,
  }),
  { max: 100 },
);

// Services

const serviceFact = v.oneOf(['url', 'host', 'port', 'publicUrl', 'publicHost']);

/** A value that the platform knows, so that nobody copies it. */
const derived = z.union(
  [
    strict('a database and which fact of it', {
      database: v.reference('database'),
      get: v.oneOf(['host', 'port', 'name', 'user']),
      of: z.optional(v.databaseName),
    }),
    strict('a service and which fact of it', {
      service: v.reference('service'),
      get: serviceFact,
      port: z.optional(v.portName),
    }),
    strict('which fact of this service', { self: serviceFact, port: z.optional(v.portName) }),
    strict('which fact of the environment', { environment: v.oneOf(['name', 'domain', 'tier', 'namespace']) }),
  ],
  {
    error: 'a value of the platform: `{ database, get }`, `{ service, get }`, `{ self }` or `{ environment }`',
  },
);

const number = z
  .number({ error: 'a number' })
  .min(-Number.MAX_SAFE_INTEGER, { error: 'a number that is exact; write larger ones as a text' })
  .max(Number.MAX_SAFE_INTEGER, { error: 'a number that is exact; write larger ones as a text' });

/** The value of a variable. */
const variable = z.union(
  [
    v.anyText,
    number,
    v.flag,
    strict('a sealed variable', { secret: v.reference('secret') }),
    ...derived.options,
    strict('texts and values of the platform, put together', {
      join: listOf('texts and values of the platform', z.union([v.anyText, ...derived.options]), { max: 50 }),
    }),
  ],
  {
    error:
      'a text, number or boolean, `{ secret }`, a value of the platform (`{ database, get }`, `{ service, get }`, `{ self }`, `{ environment }`), or `{ join: [texts and such values] }`',
  },
);

const quantities = strict('cpu and memory', { cpu: maybe(v.cpu), memory: maybe(v.memory) });

const waiting = {
  initialDelaySeconds: maybe(v.whole(0, 3600, 'seconds')),
  periodSeconds: maybe(v.whole(1, 3600, 'seconds')),
  timeoutSeconds: maybe(v.whole(1, 600, 'seconds')),
  failureThreshold: maybe(v.whole(1, 1000)),
};
const probe = z.union(
  [
    v.probePath,
    strict('an HTTP check', { http: v.probePath, port: maybe(v.portName), ...waiting }),
    strict('a TCP check', { tcp: v.portName, ...waiting }),
    strict('a command', {
      command: listOf('the words of a command', v.anyText).min(1, { error: 'a command of at least one word' }),
      ...waiting,
    }),
  ],
  { error: 'a path such as "/health", `{ http: "/health", … }`, `{ tcp: "<port>", … }` or `{ command: […], … }`' },
);

const mount = { mountPath: v.absolutePath, readOnly: maybe(v.flag) };
const volume = z.discriminatedUnion(
  'kind',
  [
    strict('an ephemeral volume', {
      kind: z.literal('ephemeral'),
      ...mount,
      size: v.memory,
      inMemory: maybe(v.flag),
    }),
    strict('a persistent volume', {
      kind: z.literal('persistent'),
      ...mount,
      size: v.memory,
      storageClass: maybe(v.objectName),
      accessMode: maybe(v.oneOf(['ReadWriteOnce', 'ReadWriteMany'])),
    }),
    strict('mounted configuration', {
      kind: z.literal('config'),
      ...mount,
      files: filled('at least one file', mapOf('file names and their contents', v.fileName, v.anyText)),
    }),
    strict('mounted secrets', {
      kind: z.literal('secret'),
      ...mount,
      files: filled(
        'at least one file',
        mapOf('file names and the sealed variables they show', v.fileName, v.reference('secret')),
      ),
    }),
  ],
  { error: 'a volume whose `kind` is "ephemeral", "persistent", "config" or "secret"' },
);

/** What can be said of a service, in any layer: a preset, the service itself, one environment. */
const serviceShape = {
  kind: maybe(v.oneOf(['deployment', 'scheduledJob', 'releaseJob'])),
  before: maybe(v.reference('service')),
  image: maybe(
    z.union(
      [v.reference('image'), strict('an image from elsewhere', { repository: v.imageRepository, tag: v.imageTag })],
      { error: 'the name of an image that a source builds, or `{ repository, tag }` of one from elsewhere' },
    ),
  ),
  command: maybe(listOf('the words of a command', v.anyText)),
  args: maybe(listOf('arguments', v.anyText)),
  ports: maybe(
    mapOf(
      'port names and numbers',
      v.portName,
      z
        .union([v.port, strict('a port', { port: v.port, protocol: v.oneOf(['TCP', 'UDP']) })], {
          error: 'a port from 1 to 65535, or `{ port, protocol }`',
        })
        .nullable(),
    ),
  ),
  envs: maybe(mapOf('variables and their values', v.variableName, variable.nullable())),
  replicaCount: maybe(v.whole(0, 100)),
  autoscaling: maybe(
    strict('the limits of autoscaling', {
      minReplicas: maybe(v.whole(1, 100)),
      maxReplicas: maybe(v.whole(1, 500)),
      cpuPercent: maybe(v.whole(1, 1000, 'percent of the request')),
      memoryPercent: maybe(v.whole(1, 1000, 'percent of the request')),
    }),
  ),
  resources: maybe(strict('requests and limits', { requests: maybe(quantities), limits: maybe(quantities) })),
  probes: maybe(
    strict('startup, readiness and liveness', {
      startup: maybe(probe),
      readiness: maybe(probe),
      liveness: maybe(probe),
    }),
  ),
  hosts: maybe(
    mapOf(
      'public hosts below the domain of the environment',
      v.subdomainOrApex,
      strict('what a host leads to', {
        paths: maybe(setOf('paths', v.urlPath, { min: 1 })),
        pathType: maybe(v.oneOf(['Prefix', 'Exact'])),
        port: maybe(v.portName),
      }).nullable(),
    ),
  ),
  ingress: maybe(
    strict('how hosts are served', {
      className: maybe(v.objectName),
      issuer: maybe(v.objectName),
      annotations: maybe(mapOf('annotations', v.labelKey, v.anyText.nullable())),
    }),
  ),
  pool: maybe(v.reference('pool')),
  tolerations: maybe(
    listOf(
      'tolerations',
      strict('a toleration', {
        key: v.labelKey,
        operator: maybe(v.oneOf(['Equal', 'Exists'])),
        value: maybe(v.labelValue),
        effect: maybe(v.oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])),
      }),
    ),
  ),
  spread: maybe(
    strict('over zones and nodes', {
      zones: maybe(v.oneOf(['soft', 'hard'])),
      nodes: maybe(v.oneOf(['soft', 'hard'])),
    }),
  ),
  disruptionBudget: maybe(
    strict('how many pods may be away at once', {
      maxUnavailable: z.union([v.whole(1, 500), v.text('a share such as "25%"', /^([1-9]|[1-9][0-9]|100)%$/)], {
        error: 'a whole number from 1, or a share such as "25%"',
      }),
    }),
  ),
  shutdown: maybe(
    strict('how pods end', {
      gracePeriodSeconds: maybe(v.whole(1, 86_400, 'seconds')),
      preStopSeconds: maybe(v.whole(0, 3600, 'seconds')),
    }),
  ),
  volumes: maybe(mapOf('volumes', v.dnsLabel, volume.nullable())),
  workloadIdentity: maybe(strict('the Azure identity that pods act as', { clientId: maybe(v.uuid) })),
  security: maybe(
    strict('what pods may do', {
      runAsNonRoot: maybe(v.flag),
      runAsUser: maybe(v.whole(0, 2_147_483_647)),
      readOnlyRootFilesystem: maybe(v.flag),
      capabilities: maybe(setOf('capabilities', v.text('a capability such as "NET_BIND_SERVICE"', /^[A-Z][A-Z_]*$/))),
      apiToken: maybe(v.flag),
    }),
  ),
  job: maybe(
    strict('how a job may fail', {
      backoffLimit: maybe(v.whole(0, 100)),
      deadlineSeconds: maybe(v.whole(1, 604_800, 'seconds')),
    }),
  ),
  schedule: maybe(
    strict('when a scheduled job runs', {
      cron: maybe(v.cron),
      timeZone: maybe(v.timeZone),
      concurrency: maybe(v.oneOf(['Allow', 'Forbid', 'Replace'])),
      // Below ten seconds the controller, which looks every ten, may miss runs.
      startingDeadlineSeconds: maybe(v.whole(10, 86_400, 'seconds')),
      successfulHistory: maybe(v.whole(0, 100)),
      failedHistory: maybe(v.whole(0, 100)),
      suspended: maybe(v.flag),
    }),
  ),
  extraHelmValues: maybe(jsonObject),
  extraManifests: maybe(listOf('Kubernetes objects', manifest)),
};

export const preset = strict('what services have in common', serviceShape);
/** What a service says for one environment. */
const layer = strict('a service in one environment', { ...serviceShape, waivers: z.optional(waivers) });
export const service = strict('a service', {
  preset: z.optional(v.reference('preset')),
  ...serviceShape,
  waivers: z.optional(waivers),
  in: z.optional(
    mapOf(
      'what is different in an environment, or `false` where the service is not there',
      v.reference('environment'),
      z.union([z.literal(false), layer], {
        error: '`false`, or an object: what is different in this environment',
      }),
    ),
  ),
});

// Environments

export const pool = strict('a node pool', {
  azureName: z.optional(v.azurePoolName),
  size: v.vmSize,
  nodes: z.union(
    [v.whole(0, 1000), strict('the limits of autoscaling', { min: v.whole(0, 1000), max: v.whole(1, 1000) })],
    { error: 'a number of nodes, or `{ min, max }` for a pool that scales by itself' },
  ),
  zones: z.optional(setOf('availability zones', v.oneOf(['1', '2', '3']))),
  // AKS takes 10 to 250; a system pool needs 30.
  maxPods: z.optional(v.whole(10, 250)),
  osDiskGb: z.optional(v.whole(30, 2048, 'GiB')),
  dedicated: z.optional(v.flag),
  labels: z.optional(mapOf('labels', v.labelKey, v.labelValue)),
  waivers: z.optional(waivers),
});

/** @see Azure Database for PostgreSQL: storage sizes of a flexible server */
const STORAGE_GIB = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384] as const;

export const database = strict('a database server', {
  engine: z.literal('postgresql', { error: '"postgresql"' }),
  server: v.databaseServer,
  version: v.oneOf(['13', '14', '15', '16', '17', '18']),
  size: v.text('a size such as "GP_Standard_D2ds_v5" or "B_Standard_B2s"', /^(B|GP|MO)_Standard_[A-Za-z0-9_]+$/),
  storageGb: z.literal([...STORAGE_GIB], { error: `one of ${STORAGE_GIB.join(', ')} GiB` }),
  backupRetentionDays: z.optional(v.whole(7, 35, 'days')),
  geoRedundantBackup: z.optional(v.flag),
  highAvailability: z.optional(v.oneOf(['ZoneRedundant', 'SameZone'])),
  databases: setOf('names of databases on the server', v.databaseName, { min: 1, max: 50 }),
  login: z.optional(
    strict('the administrator who logs in with a password', {
      user: v.databaseUser,
      passwordVersion: z.optional(v.whole(1, 1_000_000)),
    }),
  ),
  waivers: z.optional(waivers),
});

const unitInputs = mapOf('units and inputs of their modules', v.directoryName, jsonObject);

export const environment = strict('an environment', {
  displayName: z.optional(v.text('a name for people', /^[^\p{Cc}]+$/u, { max: 60 })),
  tier: v.oneOf(['production', 'staging', 'development']),
  directory: z.optional(v.directoryName),
  branch: v.branch,
  domain: v.domain,
  namespace: z.optional(v.dnsLabel),
  subscriptionId: v.uuid,
  location: z.optional(v.location),
  resourceGroup: v.resourceGroup,
  tags: z.optional(tags),
  imageTags: strict('the tags that the workflow of this environment makes', {
    // One word: a tag then has one reading only, so no environment's pattern can take another's tag.
    suffix: v.text('nothing, or `-` and a word such as `-stable`', /^(-[a-z][a-z0-9]*)?$/, { min: 0, max: 20 }),
  }),
  ingress: strict('how public hosts are served', { className: v.objectName, issuer: v.objectName }),
  network: strict('the network', {
    name: z.optional(v.virtualNetwork),
    addressSpace: v.cidr,
    nodeSubnet: v.cidr,
    databaseSubnet: z.optional(v.cidr),
    podRange: v.cidr,
    serviceRange: v.cidr,
    privateDnsZoneId: z.optional(v.resourceId),
  }),
  cluster: strict('the cluster', {
    name: v.clusterName,
    kubernetesVersion: v.kubernetesVersion,
    tier: z.optional(v.oneOf(['Free', 'Standard', 'Premium'])),
    dnsPrefix: z.optional(v.dnsPrefix),
    adminGroups: setOf('object ids of Entra groups', v.uuid, { min: 1 }),
    authorizedRanges: z.optional(setOf('address ranges', v.cidr, { max: 200 })),
    maintenance: z.optional(
      strict('when Azure may upgrade the cluster', {
        day: v.weekday,
        hour: v.whole(0, 23),
        utcOffset: z.optional(v.utcOffset),
      }),
    ),
    systemPool: v.reference('pool'),
    defaultPool: v.reference('pool'),
    nodePools: mapOf('node pools', v.key, pool),
  }),
  databases: z.optional(mapOf('databases', v.directoryName, database)),
  extraManifests: z.optional(mapOf('files and their Kubernetes objects', v.directoryName, manifest)),
  extraInputs: z.optional(unitInputs),
  waivers: z.optional(waivers),
});

// The platform

const repositoryId = v.text('the number that GitHub gave it', /^[1-9][0-9]{0,19}$/);

export const image = strict('how an image is built', {
  context: z.optional(v.repositoryPath),
  dockerfile: z.optional(v.repositoryPath),
  target: z.optional(v.text('a stage of the Dockerfile', /^[A-Za-z0-9][A-Za-z0-9._-]*$/, { max: 100 })),
});

export const source = strict('a repository with code', {
  images: filled('at least one image', mapOf('images', v.imageName, image)),
  repositoryId: z.optional(repositoryId),
});

export const platform = strict('a platform', {
  name: v.dnsLabel.max(30, { error: 'a name of at most 30 characters' }),
  github: strict('where the repositories live', {
    owner: v.githubOwner,
    ownerId: z.optional(repositoryId),
    repository: z.optional(v.repositoryName),
  }),
  azure: strict('the tenant', { tenantId: v.uuid, location: v.location }),
  gitops: strict('the repository that Argo CD watches', { repository: v.repositoryName, branch: z.optional(v.branch) }),
  infrastructure: strict('the repository of the infrastructure', {
    repository: v.repositoryName,
    state: strict('where Terraform keeps its state', {
      subscriptionId: v.uuid,
      resourceGroup: v.resourceGroup,
      storageAccount: v.storageAccount,
      container: v.storageContainer,
    }),
  }),
  registry: strict('the container registry', {
    name: v.registryName,
    subscriptionId: v.uuid,
    resourceGroup: v.resourceGroup,
    location: z.optional(v.location),
    sku: z.optional(v.oneOf(['Basic', 'Standard', 'Premium'])),
    zoneRedundant: z.optional(v.flag),
    retentionDays: z.optional(v.whole(1, 365, 'days')),
    loginServerSecret: v.githubSecret,
    tags: z.optional(tags),
    extraInputs: z.optional(unitInputs),
  }),
  delivery: z.optional(
    strict('how changes reach the clusters', {
      argocdNamespace: z.optional(v.dnsLabel),
      writeSecret: z.optional(v.objectName),
      runner: z.optional(v.text('a label of a runner', /^[A-Za-z0-9][A-Za-z0-9._-]*$/, { max: 100 })),
      timeoutMinutes: z.optional(v.whole(1, 360, 'minutes')),
      pathsIgnore: z.optional(setOf('patterns of paths', v.pathPattern)),
    }),
  ),
  environments: filled('at least one environment', mapOf('environments', v.environmentName, environment)),
  sources: mapOf('repositories with code', v.repositoryName, source),
  secrets: z.optional(
    mapOf(
      'sealed variables and what they are for',
      v.variableName,
      v.text('what the secret is for', /^[^\p{Cc}]+$/u, { max: 300 }),
    ),
  ),
  presets: z.optional(mapOf('presets', v.key, preset)),
  services: mapOf('services', v.serviceName, service),
  rules: z.optional(
    strict('what is different about rules here', {
      severity: z.optional(
        mapOf('rules and how severe they are here', v.ruleId, v.oneOf(['error', 'warning', 'notice'])),
      ),
    }),
  ),
  waivers: z.optional(waivers),
  sealed: z.optional(
    mapOf(
      'environments',
      z.string(),
      mapOf('services', z.string(), mapOf('sealed variables', z.string(), v.ciphertext)),
    ),
  ),
});

export type PlatformInput = z.input<typeof platform>;
export type ServiceInput = z.input<typeof service>;
export type ServiceLayer = z.input<typeof preset>;
/** What may stand beside a service or a part of an environment to excuse it. */
export type WaiverInput = z.input<typeof waivers>[number];
export type EnvironmentInput = z.input<typeof environment>;
