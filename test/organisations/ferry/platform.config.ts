import { definePlatform } from '../../../lib/index.ts';
import { lane } from './lanes.ts';
import regions from './regions.json' with { type: 'json' };

/**
 * A second organisation, as unlike the first as it can be: three environments, none of them called after a stage of testing; two
 * clusters' worth of pools; one repository that builds nearly everything; every part of a service's vocabulary in use somewhere.
 */
export default definePlatform({
  name: 'ferry',
  github: { owner: 'northern-ferries', ownerId: '4711' },
  azure: { tenantId: 'aaaaaaaa-0000-4000-8000-000000000001', location: regions.home },
  gitops: { repository: 'deploy', branch: 'trunk' },
  infrastructure: {
    repository: 'ground',
    state: {
      subscriptionId: 'aaaaaaaa-0000-4000-8000-00000000000a',
      resourceGroup: 'ferry-state',
      storageAccount: 'ferrystate',
      container: 'state',
    },
  },
  registry: {
    name: 'ferrycargo',
    subscriptionId: 'aaaaaaaa-0000-4000-8000-00000000000a',
    resourceGroup: 'ferry-cargo',
    location: regions.away,
    sku: 'Premium',
    zoneRedundant: true,
    retentionDays: 30,
    loginServerSecret: 'CARGO_LOGIN_SERVER',
    tags: { cost: 'cargo' },
  },
  delivery: {
    argocdNamespace: 'helm',
    writeSecret: 'cargo-git',
    timeoutMinutes: 45,
    pathsIgnore: ['docs/**', '**.md'],
  },
  environments: {
    harbour: lane({
      number: 1,
      tier: 'development',
      branch: 'trunk',
      domain: 'harbour.ferry.example',
      suffix: '',
      pools: {
        deck: {
          size: 'Standard_D4as_v5',
          nodes: 2,
          zones: [],
          osDiskGb: 64,
          labels: { 'ferry.example/deck': 'lower' },
        },
      },
      systemPool: 'deck',
    }),
    crossing: {
      ...lane({
        number: 2,
        tier: 'staging',
        branch: 'release/next',
        domain: 'crossing.ferry.example',
        suffix: '-rc',
        pools: {
          deck: { size: 'Standard_D4ds_v5', nodes: { min: 2, max: 4 }, maxPods: 110 },
          engine: { size: 'Standard_E4s_v5', nodes: { min: 0, max: 3 }, dedicated: true },
        },
        systemPool: 'deck',
        zone: 'crossing.ferry.private.postgres.database.azure.com',
      }),
      databases: {
        bookings: {
          engine: 'postgresql',
          server: 'ferry-crossing-bookings',
          version: '16',
          size: 'GP_Standard_D2ds_v5',
          storageGb: 32,
          databases: ['bookings'],
        },
      },
    },
    island: {
      ...lane({
        number: 3,
        tier: 'production',
        branch: 'trunk',
        domain: 'ferry.example',
        suffix: '-island',
        pools: {
          deck: { size: 'Standard_D8ds_v5', nodes: 4 },
          'engine-room': { azureName: 'engine', size: 'Standard_E8ds_v5', nodes: { min: 1, max: 6 }, dedicated: true },
        },
        systemPool: 'deck',
      }),
      databases: {
        bookings: {
          engine: 'postgresql',
          server: 'ferry-island-bookings',
          version: '16',
          size: 'MO_Standard_E4ds_v5',
          storageGb: 512,
          highAvailability: 'SameZone',
          backupRetentionDays: 35,
          geoRedundantBackup: true,
          databases: ['bookings', 'audit'],
        },
      },
      extraManifests: {
        quota: {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'everything', namespace: 'ferry' },
          spec: { hard: { pods: '200' } },
        },
      },
      extraInputs: { cluster: { sku: { name: 'Base', tier: 'Premium' }, support_plan: 'AKSLongTermSupport' } },
    },
  },
  sources: {
    fleet: {
      repositoryId: '815',
      images: {
        'fleet/web': { target: 'web' },
        'fleet/jobs': { context: 'jobs', dockerfile: 'jobs/Dockerfile' },
      },
    },
  },
  secrets: {
    BOOKINGS_PASSWORD: 'password of the bookings database',
    SIGNING_KEY: 'signs boarding passes',
  },
  presets: {
    patient: { shutdown: { gracePeriodSeconds: 300, preStopSeconds: 20 }, spread: { zones: 'hard', nodes: 'soft' } },
  },
  services: {
    web: {
      preset: 'patient',
      image: 'fleet/web',
      command: ['/bin/web'],
      args: ['--greeting', 'on', '{{ not a template }}', '$(NOT_A_VARIABLE'],
      ports: { http: 8080, metrics: { port: 9090, protocol: 'TCP' } },
      hosts: { '@': { paths: ['/'] }, api: { paths: ['/v1', '/v2'], pathType: 'Exact' } },
      ingress: { annotations: { 'example.org/size': '10m' } },
      envs: {
        ANSWER: 42,
        DEBUG: false,
        OCTAL: '0777',
        YES: 'yes',
        EMPTY: '',
        MULTI: 'first\n  second\n\nlast\n',
        TEMPLATE: '{{ .Values.x }} ${{ secrets.X }} ${x} %{y}',
        EMOJI: '⛴️ “quoted” \u00a0',
        SELF: { self: 'url' },
        HOST: { self: 'publicHost' },
        TIDES: { service: 'tides', get: 'host' },
        STAGE: { environment: 'name' },
        SIGNING_KEY: { secret: 'SIGNING_KEY' },
      },
      autoscaling: { minReplicas: 2, maxReplicas: 5, cpuPercent: 60, memoryPercent: 80 },
      resources: { requests: { cpu: '0.5', memory: '512Mi' }, limits: { cpu: '2', memory: '1Gi' } },
      probes: {
        startup: { http: '/up', failureThreshold: 60 },
        readiness: { tcp: 'http' },
        liveness: { command: ['/bin/web', 'alive'], periodSeconds: 30 },
      },
      tolerations: [{ key: 'ferry.example/spray', operator: 'Exists' }],
      disruptionBudget: { maxUnavailable: '25%' },
      volumes: {
        scratch: { kind: 'ephemeral', mountPath: '/scratch', size: '1Gi', inMemory: true },
        settings: { kind: 'config', mountPath: '/etc/web', files: { 'web.yaml': 'on: yes\ntemplate: "{{ x }}"\n' } },
        keys: { kind: 'secret', mountPath: '/etc/keys', files: { signing: 'SIGNING_KEY' } },
      },
      security: { runAsUser: 2000, capabilities: ['NET_BIND_SERVICE'] },
      extraHelmValues: { podAnnotations: { 'example.org/crew': 'deck' } },
      extraManifests: [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web-notes' }, data: { note: '{{ left alone }}' } },
      ],
      in: {
        harbour: { autoscaling: null, replicaCount: 1, disruptionBudget: null, spread: { zones: null } },
        crossing: { workloadIdentity: {} },
        island: {
          workloadIdentity: { clientId: 'bbbbbbbb-0000-4000-8000-000000000003' },
          envs: { TIDES: { service: 'tides-live', get: 'host' } },
        },
      },
    },
    tides: {
      image: { repository: 'docker.io/library/redis', tag: '7.4.1' },
      ports: { redis: 6379 },
      replicaCount: 1,
      volumes: { data: { kind: 'persistent', mountPath: '/data', size: '8Gi', accessMode: 'ReadWriteOnce' } },
      in: { island: false },
    },
    'tides-live': {
      image: { repository: 'docker.io/library/redis', tag: '7.4.1' },
      ports: { redis: 6379 },
      in: { harbour: false, crossing: false },
    },
    manifest: {
      kind: 'scheduledJob',
      image: 'fleet/jobs',
      schedule: { cron: '*/15 6-22 * * mon-fri', timeZone: 'Europe/Helsinki', concurrency: 'Replace' },
      envs: {
        URL: {
          join: [
            'postgresql://',
            { database: 'bookings', get: 'host' },
            ':',
            { database: 'bookings', get: 'port' },
            '/',
          ],
        },
        PASSWORD: { secret: 'BOOKINGS_PASSWORD' },
      },
      in: { harbour: false, crossing: { pool: 'engine' }, island: { pool: 'engine-room' } },
    },
    stow: {
      kind: 'releaseJob',
      before: 'web',
      command: ['/bin/web', 'stow'],
      envs: { YES: 'yes', STAGE: { environment: 'name' }, SIGNING_KEY: { secret: 'SIGNING_KEY' } },
      volumes: {
        hold: { kind: 'persistent', mountPath: '/hold', size: '1Gi' },
        list: { kind: 'config', mountPath: '/etc/stow', files: { 'list.txt': '{{ first }}\nlast\n' } },
      },
      job: { backoffLimit: 1 },
      extraHelmValues: { podAnnotations: { 'example.org/crew': 'hold' } },
      extraManifests: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stow-notes' } }],
    },
    'bring-up': { kind: 'releaseJob', image: 'fleet/jobs', args: ['migrate'], in: { harbour: false } },
  },
});
