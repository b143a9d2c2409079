import { definePlatform } from './lib/index.ts';
import sealed from './platform.sealed.json' with { type: 'json' };

/**
 * ANI's platform: two environments in Azure, the services that run there, and how a change reaches them.
 *
 * Read it from top to bottom; change it here and nowhere else. `npm run compile` writes what follows from it to `out/`.
 * A comment `assumed:` marks a value that nobody has confirmed yet.
 */

const subscriptionId = '22222222-2222-4222-8222-222222222222'; // assumed: one subscription for everything
const platformTeam = '33333333-3333-4333-8333-333333333333'; // assumed: object id of the Entra group that runs the clusters

/** Whoever asks the same of both must give up later: a slow dependency takes a pod out after half a minute, and restarts it after one. */
const alive = (path: string) => ({ http: path, failureThreshold: 6 });

export default definePlatform({
  name: 'ani',
  github: { owner: 'ani-tech', repository: 'ani-platform' }, // assumed: the organisation, and the repository that this file is in
  azure: {
    tenantId: '11111111-1111-4111-8111-111111111111', // assumed
    location: 'westeurope', // assumed
  },

  // ── Where outputs go ────────────────────────────────────────────────────────────────────────────────────────────────
  // Each repository under `sources` is a target as well.
  gitops: { repository: 'ani_app_gitops' },
  infrastructure: {
    repository: 'ani-iacc',
    // assumed: all four; made by hand once, before the first `terragrunt apply`
    state: { subscriptionId, resourceGroup: 'ani-state', storageAccount: 'anitfstate', container: 'tfstate' },
  },

  // ── What both environments share ────────────────────────────────────────────────────────────────────────────────────
  registry: {
    name: 'acranishared',
    subscriptionId,
    resourceGroup: 'ani-shared', // assumed
    sku: 'Standard', // assumed
    loginServerSecret: 'ANI_ACR_LOGIN_SERVER',
  },

  // ── Environments ────────────────────────────────────────────────────────────────────────────────────────────────────
  environments: {
    staging: {
      tier: 'staging',
      directory: 'staging', // in both repositories, and the workflow's file: staging.yaml
      branch: 'staging', // a push to it deploys
      domain: 'staging.ani.tech',
      imageTags: { suffix: '' }, // staging-123
      subscriptionId,
      resourceGroup: 'ani-staging',
      ingress: { className: 'traefik', issuer: 'self-signed' }, // assumed: the class's name
      network: {
        // assumed: all ranges; those of the two environments are apart, so that they can be joined one day
        addressSpace: '10.10.0.0/16',
        nodeSubnet: '10.10.0.0/22',
        databaseSubnet: '10.10.8.0/24',
        podRange: '10.64.0.0/16',
        serviceRange: '10.250.0.0/20',
      },
      cluster: {
        name: 'aks-ani-staging',
        kubernetesVersion: '1.36', // assumed
        maintenance: { day: 'Tuesday', hour: 22 }, // assumed: Azure upgrades until 02:00 UTC, before the nightly loads
        tier: 'Free', // assumed
        adminGroups: [platformTeam],
        systemPool: 'default',
        defaultPool: 'default',
        nodePools: {
          // To scale the cluster, change this count.
          default: { size: 'Standard_D4s_v5', nodes: 3 }, // assumed: size and count
          // Scales by itself, on what waiting pods request. Never scale it by hand.
          etljobs: { size: 'Standard_D4s_v5', nodes: { min: 0, max: 5 }, dedicated: true }, // assumed: size
        },
      },
      databases: {
        main: {
          engine: 'postgresql', // assumed: engine, version, size and storage
          server: 'ani-staging-main',
          version: '17',
          size: 'B_Standard_B2s',
          storageGb: 64,
          databases: ['ani'],
          login: { user: 'ani' }, // assumed; its password is given when the unit is applied
        },
      },
    },

    prod: {
      displayName: 'Production',
      tier: 'production',
      directory: 'prod',
      branch: 'main',
      domain: 'ani.tech',
      imageTags: { suffix: '-stable' }, // main-123-stable
      subscriptionId,
      resourceGroup: 'ani-prod',
      ingress: { className: 'traefik', issuer: 'self-signed' }, // assumed: the class's name
      network: {
        // assumed: all ranges
        addressSpace: '10.20.0.0/16',
        nodeSubnet: '10.20.0.0/22',
        databaseSubnet: '10.20.8.0/24',
        podRange: '10.65.0.0/16',
        serviceRange: '10.251.0.0/20',
      },
      cluster: {
        name: 'aks-ani-prod',
        kubernetesVersion: '1.36', // assumed
        maintenance: { day: 'Thursday', hour: 22 }, // assumed: two days after staging
        adminGroups: [platformTeam],
        systemPool: 'aks-ani-prod',
        defaultPool: 'aks-ani-prod',
        nodePools: {
          // People call it by the cluster's name; Azure allows neither `-` nor capitals, so there it has another one.
          'aks-ani-prod': { azureName: 'aksaniprod', size: 'Standard_D4s_v5', nodes: 4 }, // assumed: size and count
        },
      },
      databases: {
        main: {
          engine: 'postgresql', // assumed: engine, version, size, storage and backups
          server: 'ani-prod-main',
          version: '17',
          size: 'GP_Standard_D2ds_v5',
          storageGb: 128,
          highAvailability: 'ZoneRedundant',
          backupRetentionDays: 35,
          geoRedundantBackup: true,
          databases: ['ani'],
          login: { user: 'ani' }, // assumed
        },
      },
      waivers: [
        {
          rule: 'network/open_api',
          reason: 'nobody has told yet from where the team and its runners reach the cluster; Entra ID guards it alone',
          owner: 'platform team',
          until: '2027-03-31',
        },
        {
          rule: 'isolation/shared_subscription',
          reason: 'assumed, as the subscription itself is: nobody has told yet whether production has one of its own',
          owner: 'platform team',
          until: '2027-11-30',
        },
        {
          rule: 'isolation/shared_administrators',
          reason: 'assumed, as the group itself is: nobody has told yet who administrates which cluster',
          owner: 'platform team',
          until: '2027-03-31',
        },
      ],
    },
  },

  // ── Code: each repository, and the images that its workflows build ──────────────────────────────────────────────────
  sources: {
    'ani-api': {
      images: {
        'ani-api': {},
        'ani-websocket': { dockerfile: 'Dockerfile.websocket' }, // assumed: built from the backend's code
      },
    },
    'ani-app': { images: { 'ani-app': {} } },
    'ani-worker': { images: { 'ani-worker': {} } },
  },

  // ── Secrets: their names and what they are for; values are sealed with `npm run seal` into platform.sealed.json ─────
  secrets: {
    DATABASE_PASSWORD: 'password of the role `ani` in the database of the environment', // assumed
    JWT_SECRET: 'signs the sessions of users', // assumed
  },

  // ── Services ────────────────────────────────────────────────────────────────────────────────────────────────────────
  // What is said of a service holds in every environment. `in` says what is different in one of them, or `false`: not there.
  presets: {
    /** whoever talks to the database of its environment */
    database: {
      envs: {
        DATABASE_HOST: { database: 'main', get: 'host' },
        DATABASE_PORT: { database: 'main', get: 'port' },
        DATABASE_NAME: { database: 'main', get: 'name' },
        DATABASE_USER: { database: 'main', get: 'user' },
        DATABASE_PASSWORD: { secret: 'DATABASE_PASSWORD' },
        PGSSLMODE: 'require', // the server takes no connection without TLS
      },
    },
  },

  services: {
    // The backend. assumed here and below: ports, paths, sizes and counts
    'ani-api': {
      preset: 'database',
      image: 'ani-api',
      ports: { http: 8080 },
      hosts: { api: {} },
      envs: {
        PUBLIC_URL: { self: 'publicUrl' },
        ALLOWED_ORIGIN: { service: 'ani-app', get: 'publicUrl' },
        WEBSOCKET_URL: { service: 'ani-websocket', get: 'url' },
        JWT_SECRET: { secret: 'JWT_SECRET' },
      },
      resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '1Gi' } },
      probes: { startup: '/health', readiness: '/health', liveness: alive('/health') },
      in: {
        prod: { replicaCount: null, autoscaling: { minReplicas: 2, maxReplicas: 6, cpuPercent: 70 } },
      },
    },

    // The frontend, at the domain itself.
    'ani-app': {
      image: 'ani-app',
      ports: { http: 3000 },
      hosts: { '@': {} },
      envs: {
        API_URL: { service: 'ani-api', get: 'publicUrl' },
        WEBSOCKET_URL: { join: ['wss://', { service: 'ani-websocket', get: 'publicHost' }] },
      },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
      probes: { readiness: '/', liveness: alive('/') },
    },

    // Pushes events to browsers; slow to stop, because connections are told to move first.
    'ani-websocket': {
      image: 'ani-websocket',
      ports: { http: 8081 },
      hosts: { ws: {} },
      envs: {
        API_URL: { service: 'ani-api', get: 'url' },
        JWT_SECRET: { secret: 'JWT_SECRET' },
      },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
      probes: { readiness: '/health', liveness: alive('/health') },
      shutdown: { gracePeriodSeconds: 120, preStopSeconds: 10 },
    },

    // Works through the queue.
    'ani-worker': {
      preset: 'database',
      image: 'ani-worker',
      args: ['work'],
      envs: { API_URL: { service: 'ani-api', get: 'url' } },
      resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { memory: '1Gi' } },
      in: { prod: { replicaCount: 3 } },
      waivers: [
        {
          rule: 'services/unchecked_worker',
          reason: 'nobody has told yet by what a worker that hangs can be known',
          owner: 'platform team',
          until: '2027-03-31',
        },
      ],
    },

    // Nightly loads. In staging they have nodes of their own, which come and go with them; production has one pool for all.
    'ani-etl': {
      kind: 'scheduledJob',
      preset: 'database',
      image: 'ani-worker',
      args: ['etl', 'nightly'],
      schedule: { cron: '30 2 * * *', timeZone: 'Etc/UTC' },
      resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '4Gi' } },
      volumes: { tmp: { kind: 'ephemeral', mountPath: '/tmp', size: '10Gi' } }, // what it loads lies there for a while
      job: { deadlineSeconds: 7200 },
      in: { staging: { pool: 'etljobs' } },
    },

    // Brings the database's schema up to date before a release of the backend, with the same image: if it fails, the old one stays.
    'ani-migrate': {
      kind: 'releaseJob',
      before: 'ani-api',
      preset: 'database',
      command: ['node', 'migrate.js'],
      resources: { requests: { memory: '256Mi' }, limits: { memory: '512Mi' } },
    },
  },
  sealed,
});
