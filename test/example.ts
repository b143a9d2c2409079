import type { Database, Environment, Model, Pool, Service } from '../lib/model/model.ts';

/**
 * A small complete model for tests of single stages, written by hand so that they do not depend on the stages before them: an
 * organisation `acme` with a production environment `blue` and a staging environment `green`.
 */
export function exampleModel(): Model {
  const blue = exampleEnvironment('blue', { tier: 'production', branch: 'main', suffix: '-live' });
  const green = exampleEnvironment('green', { tier: 'staging', branch: 'green', suffix: '' });
  const environments = { blue, green };
  return {
    name: 'acme',
    home: 'acme/acme-platform',
    gitops: { name: 'acme-gitops', url: 'git@github.com:acme/acme-gitops.git', branch: 'main' },
    infrastructure: {
      name: 'acme-infra',
      url: 'git@github.com:acme/acme-infra.git',
      state: {
        subscriptionId: '00000000-0000-0000-0000-000000000001',
        resourceGroup: 'acme-state',
        storageAccount: 'acmestate',
        container: 'tfstate',
      },
    },
    azure: { tenantId: '00000000-0000-0000-0000-0000000000aa', location: 'westeurope' },
    registry: {
      name: 'acmeregistry',
      loginServer: 'acmeregistry.azurecr.io',
      loginServerSecret: 'REGISTRY',
      subscriptionId: '00000000-0000-0000-0000-000000000001',
      resourceGroup: 'acme-shared',
      location: 'westeurope',
      sku: 'Standard',
      zoneRedundant: false,
      retentionDays: null,
      tags: { platform: 'acme' },
      extraInputs: {},
      pushedBy: Object.values(environments).map(({ name }) => ({
        repository: 'shop',
        identity: 'push-shop',
        environment: name,
        subject: `repo:acme/shop:environment:${name}`,
      })),
    },
    secrets: { SESSION_KEY: 'signs the sessions of customers' },
    sources: {
      shop: {
        name: 'shop',
        images: [
          { name: 'shop', context: '.', dockerfile: 'Dockerfile', target: null },
          { name: 'shop-jobs', context: 'jobs', dockerfile: 'jobs/Dockerfile', target: 'release' },
        ],
        workflows: Object.fromEntries(
          Object.values(environments).map((environment) => [
            environment.name,
            {
              name: environment.name,
              environment: environment.name,
              branch: environment.branch,
              githubEnvironment: environment.name,
              registry: 'acmeregistry',
              loginServerSecret: 'REGISTRY',
              tagSuffix: environment.imageTag.suffix,
              images: [
                { name: 'shop', context: '.', dockerfile: 'Dockerfile', target: null },
                { name: 'shop-jobs', context: 'jobs', dockerfile: 'jobs/Dockerfile', target: 'release' },
              ],
              runner: 'ubuntu-24.04',
              timeoutMinutes: 30,
              pathsIgnore: ['**.md'],
              permissions: { contents: 'read', 'id-token': 'write' },
            },
          ]),
        ),
      },
    },
    environments,
    services: {
      cleanup: { name: 'cleanup', environments: { green: exampleJob('cleanup', green, 'scheduledJob') } },
      migrate: { name: 'migrate', environments: { blue: exampleJob('migrate', blue, 'releaseJob') } },
      shop: {
        name: 'shop',
        environments: { blue: exampleService('shop', blue), green: exampleService('shop', green) },
      },
    },
  };
}

function exampleEnvironment(
  name: string,
  { tier, branch, suffix }: { tier: Environment['tier']; branch: string; suffix: string },
): Environment {
  const production = tier === 'production';
  const services = name === 'blue' ? ['migrate', 'shop'] : ['cleanup', 'shop'];
  return {
    name,
    displayName: name === 'blue' ? 'Blue' : 'Green',
    tier,
    directory: name,
    branch,
    domain: name === 'blue' ? 'acme.example' : 'green.acme.example',
    namespace: 'shop',
    subscriptionId: production ? '00000000-0000-0000-0000-000000000002' : '00000000-0000-0000-0000-000000000001',
    location: 'westeurope',
    resourceGroup: `acme-${name}`,
    tags: { environment: name, platform: 'acme' },
    imageTag: { suffix, pattern: `^${branch}-[0-9]+${suffix}$`, seed: `${branch}-0${suffix}` },
    network: {
      name: `acme-${name}`,
      addressSpace: production ? '10.10.0.0/16' : '10.20.0.0/16',
      nodeSubnet: production ? '10.10.0.0/22' : '10.20.0.0/22',
      databaseSubnet: production ? '10.10.8.0/24' : '10.20.8.0/24',
      podRange: production ? '10.244.0.0/16' : '10.245.0.0/16',
      serviceRange: '10.250.0.0/16',
      dnsServiceIp: '10.250.0.10',
      privateDnsZone: `${name}.acme.private.postgres.database.azure.com`,
      privateDnsZoneId: null,
    },
    cluster: {
      name: `aks-acme-${name}`,
      kubernetesVersion: '1.36',
      tier: 'Standard',
      dnsPrefix: `aks-acme-${name}`,
      adminGroups: [`00000000-0000-0000-0000-0000000000${production ? 'bb' : 'b0'}`],
      authorizedRanges: production ? ['203.0.113.0/24'] : [],
      maintenance: {
        day: production ? 'Monday' : 'Saturday',
        startTime: '23:00',
        utcOffset: '+01:00',
        durationHours: 5,
      },
      defaultPool: 'main',
      systemPool: 'main',
      pools: {
        batch: examplePool('batch', { mode: 'User', scaling: { kind: 'auto', min: 0, max: 5 }, dedicated: true }),
        main: examplePool('main', { mode: 'System', scaling: { kind: 'fixed', count: 3 }, dedicated: false }),
      },
    },
    databases: { orders: exampleDatabase(name, production) },
    delivery: {
      argocdNamespace: 'argocd',
      project: `${name}-services`,
      rootProject: `${name}-root`,
      rootApplication: `${name}-root`,
      manifestsApplication: `${name}-root-manifests`,
      imageUpdater: name,
      repository: { name: 'acme-gitops', url: 'git@github.com:acme/acme-gitops.git', branch: 'main' },
      writeSecret: 'image-updater-git',
      chart: 'charts/service',
      destinationServer: 'https://kubernetes.default.svc',
      updates: services.map((service) => ({
        service,
        application: `${name}-${service}`,
        image: `acmeregistry.azurecr.io/${service === 'shop' ? 'shop' : 'shop-jobs'}`,
        allowTags: `regexp:^${branch}-[0-9]+${suffix}$`,
        writeBackTarget: `helmvalues:/${name}/${service}/image.yaml`,
      })),
    },
    podSecurity: 'restricted',
    nodesNeeded: {},
    services,
    identities: [{ service: 'shop', name: `${name}-shop`, subject: 'system:serviceaccount:shop:shop' }],
    extraManifests: [
      {
        name: 'quota',
        manifest: {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'quota', namespace: 'shop' },
          spec: { hard: { pods: '100' } },
        },
      },
    ],
    extraInputs: {},
  };
}

function examplePool(name: string, rest: Pick<Pool, 'mode' | 'scaling' | 'dedicated'>): Pool {
  return {
    name,
    azureName: name,
    displayName: name,
    size: 'Standard_D4s_v5',
    zones: ['1', '2', '3'],
    maxPods: 60,
    osDiskGb: 128,
    labels: {},
    taints: rest.dedicated ? [`dedicated=${name}:NoSchedule`] : [],
    allocatable: { cpuMillicores: 3560, memoryMib: 13400 },
    ...rest,
  };
}

function exampleDatabase(environment: string, production: boolean): Database {
  return {
    name: 'orders',
    engine: 'postgresql',
    server: `acme-${environment}-orders`,
    version: '17',
    size: production ? 'GP_Standard_D2ds_v5' : 'B_Standard_B2s',
    storageMb: 65536,
    backupRetentionDays: production ? 35 : 7,
    geoRedundantBackup: production,
    highAvailability: production ? 'ZoneRedundant' : null,
    databases: ['orders'],
    login: production ? { user: 'orders', passwordVersion: 2 } : null,
    host: `acme-${environment}-orders.postgres.database.azure.com`,
    port: 5432,
  };
}

/** A deployment that uses what the chart can do. */
export function exampleService(name: string, environment: Environment): Service {
  const http = (path: string) => ({
    check: { kind: 'http' as const, path, port: 'http' },
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 2,
    failureThreshold: 3,
  });
  return {
    name,
    environment: environment.name,
    directory: environment.directory,
    namespace: environment.namespace,
    kind: 'deployment',
    before: null,
    releaseJobs: [],
    application: `${environment.name}-${name}`,
    image: {
      name,
      repository: `acmeregistry.azurecr.io/${name}`,
      tag: environment.imageTag.seed,
      updated: true,
    },
    command: null,
    args: ['serve', '--verbose'],
    ports: [
      { name: 'http', port: 8080, protocol: 'TCP' },
      { name: 'metrics', port: 9090, protocol: 'TCP' },
    ],
    envs: [
      { name: 'DATABASE_HOST', value: `acme-${environment.name}-orders.postgres.database.azure.com` },
      { name: 'FEATURE', value: 'on' },
      { name: 'MODE', value: '0777' },
    ],
    sealedSecrets: [{ name: 'SESSION_KEY', ciphertext: null }],
    secretEnvs: [{ name: 'COOKIE_KEY', secret: 'SESSION_KEY' }],
    secretName: name,
    replicaCount: environment.tier === 'production' ? null : 1,
    autoscaling:
      environment.tier === 'production'
        ? { minReplicas: 2, maxReplicas: 6, cpuPercent: 70, memoryPercent: null }
        : null,
    resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: null, memory: '512Mi' } },
    probes: { startup: http('/health'), readiness: http('/ready'), liveness: http('/health') },
    ingress: {
      className: 'nginx',
      issuer: 'self-signed',
      tlsSecret: `${name}-tls`,
      annotations: {},
      hosts: [{ host: environment.domain, paths: [{ path: '/', pathType: 'Prefix', port: 'http' }] }],
    },
    scheduling: {
      pool: 'main',
      nodeSelector: { agentpool: 'main' },
      tolerations: [],
      spread: [
        { topologyKey: 'topology.kubernetes.io/zone', hard: false },
        { topologyKey: 'kubernetes.io/hostname', hard: false },
      ],
    },
    disruptionBudget: environment.tier === 'production' ? { maxUnavailable: 1 } : null,
    shutdown: { gracePeriodSeconds: 30, preStopSeconds: 5 },
    volumes: [
      { kind: 'ephemeral', name: 'tmp', mountPath: '/tmp', readOnly: false, size: '64Mi', inMemory: false },
      {
        kind: 'config',
        name: 'settings',
        mountPath: '/etc/shop',
        readOnly: true,
        files: { 'shop.conf': 'a = {{ b }}\n' },
      },
      { kind: 'secret', name: 'keys', mountPath: '/etc/keys', readOnly: true, files: { session: 'SESSION_KEY' } },
    ],
    serviceAccount: name,
    workloadIdentity: {
      clientId: '00000000-0000-0000-0000-0000000000cc',
      tenantId: '00000000-0000-0000-0000-0000000000aa',
    },
    security: {
      runAsNonRoot: true,
      runAsUser: 10001,
      readOnlyRootFilesystem: true,
      capabilities: [],
      apiToken: false,
    },
    job: null,
    schedule: null,
    secondsBetweenStarts: null,
    calls: [],
    uses: ['orders'],
    extraHelmValues: {},
    extraManifests: [],
  };
}

/** The example, with `migrate` as a part of the release of `blue`'s shop. */
export function exampleModelWithReleaseJob(
  changed: { shop?: Partial<Service>; migrate?: Partial<Service> } = {},
): Model {
  const model = exampleModel();
  const { shop, migrate } = model.services;
  const { blue } = model.environments;
  if (!shop?.environments.blue || !migrate?.environments.blue || !blue)
    throw new Error('the example has another shape');
  const { application, image } = shop.environments.blue;
  const job = { ...migrate.environments.blue, before: 'shop', application, image, ...changed.migrate };
  const service = { ...shop.environments.blue, releaseJobs: [job.name], ...changed.shop };
  const updates = blue.delivery.updates.filter((update) => update.service !== job.name);
  return {
    ...model,
    environments: { ...model.environments, blue: { ...blue, delivery: { ...blue.delivery, updates } } },
    services: {
      ...model.services,
      [job.name]: { name: job.name, environments: { blue: job } },
      shop: { ...shop, environments: { ...shop.environments, blue: service } },
    },
  };
}

function exampleJob(name: string, environment: Environment, kind: 'scheduledJob' | 'releaseJob'): Service {
  return {
    ...exampleService(name, environment),
    kind,
    image: {
      name: 'shop-jobs',
      repository: 'acmeregistry.azurecr.io/shop-jobs',
      tag: environment.imageTag.seed,
      updated: true,
    },
    ports: [],
    replicaCount: null,
    autoscaling: null,
    probes: { startup: null, readiness: null, liveness: null },
    ingress: null,
    disruptionBudget: null,
    workloadIdentity: null,
    scheduling: {
      pool: 'batch',
      nodeSelector: { agentpool: 'batch' },
      tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'batch', effect: 'NoSchedule' }],
      spread: [],
    },
    job: { backoffLimit: kind === 'scheduledJob' ? 2 : 0, deadlineSeconds: 3600 },
    schedule:
      kind === 'scheduledJob'
        ? {
            cron: '30 2 * * *',
            timeZone: 'Europe/Berlin',
            concurrency: 'Forbid',
            startingDeadlineSeconds: 300,
            successfulHistory: 3,
            failedHistory: 3,
            suspended: false,
          }
        : null,
    secondsBetweenStarts: kind === 'scheduledJob' ? 86_400 : null,
  };
}
