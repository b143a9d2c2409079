import { definePlatform } from '../../lib/index.ts';
import sealed from './platform.sealed.json' with { type: 'json' };

/** The platform that the mistakes are made in: small, like one in use, and without a finding. */

const subscriptionId = '22222222-2222-4222-8222-222222222222';
const platformTeam = '33333333-3333-4333-8333-333333333333';
const watched = { probes: { liveness: { command: ['test', '-f', '/tmp/alive'], failureThreshold: 6 } } };
const testSubscription = '22222222-2222-4222-8222-222222222223';
const testers = '33333333-3333-4333-8333-333333333334';

const small = { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } };

/** A service with one port, asked at `/health` whether it is ready. */
const web = (port: number) => ({ ports: { http: port }, probes: { readiness: '/health', liveness: '/alive' } });

export default definePlatform({
  name: 'acme',
  github: { owner: 'acme', repository: 'acme-platform' },
  azure: { tenantId: '11111111-1111-4111-8111-111111111111', location: 'westeurope' },
  gitops: { repository: 'acme-gitops' },
  infrastructure: {
    repository: 'acme-infra',
    state: { subscriptionId, resourceGroup: 'acme-state', storageAccount: 'acmestate', container: 'tfstate' },
  },
  registry: {
    name: 'acmeregistry',
    subscriptionId,
    resourceGroup: 'acme-shared',
    loginServerSecret: 'ACME_REGISTRY',
  },

  environments: {
    staging: {
      tier: 'staging',
      branch: 'staging',
      domain: 'staging.acme.example',
      imageTags: { suffix: '' },
      subscriptionId: testSubscription,
      resourceGroup: 'acme-staging',
      ingress: { className: 'traefik', issuer: 'letsencrypt' },
      network: {
        addressSpace: '10.10.0.0/16',
        nodeSubnet: '10.10.0.0/22',
        databaseSubnet: '10.10.8.0/24',
        podRange: '10.64.0.0/16',
        serviceRange: '10.250.0.0/20',
      },
      cluster: {
        name: 'aks-acme-staging',
        kubernetesVersion: '1.36',
        adminGroups: [testers],
        systemPool: 'default',
        defaultPool: 'default',
        nodePools: {
          default: { size: 'Standard_D4s_v5', nodes: 3 },
          etljobs: { size: 'Standard_D4s_v5', nodes: { min: 0, max: 5 }, dedicated: true },
        },
      },
      databases: {
        main: {
          engine: 'postgresql',
          server: 'acme-staging-main',
          version: '17',
          size: 'B_Standard_B2s',
          storageGb: 64,
          databases: ['shop'],
          login: { user: 'shop' },
        },
      },
    },

    prod: {
      tier: 'production',
      directory: 'production',
      branch: 'main',
      domain: 'acme.example',
      imageTags: { suffix: '-stable' },
      subscriptionId,
      resourceGroup: 'acme-prod',
      ingress: { className: 'traefik', issuer: 'letsencrypt' },
      network: {
        addressSpace: '10.20.0.0/16',
        nodeSubnet: '10.20.0.0/22',
        databaseSubnet: '10.20.8.0/24',
        podRange: '10.65.0.0/16',
        serviceRange: '10.251.0.0/20',
      },
      cluster: {
        name: 'aks-acme-prod',
        kubernetesVersion: '1.36',
        adminGroups: [platformTeam],
        authorizedRanges: ['203.0.113.0/24'],
        systemPool: 'aks-acme-prod',
        defaultPool: 'aks-acme-prod',
        nodePools: { 'aks-acme-prod': { azureName: 'aksacmeprod', size: 'Standard_D4s_v5', nodes: 4 } },
      },
      databases: {
        main: {
          engine: 'postgresql',
          server: 'acme-prod-main',
          version: '17',
          size: 'GP_Standard_D2ds_v5',
          storageGb: 128,
          highAvailability: 'ZoneRedundant',
          backupRetentionDays: 35,
          databases: ['shop'],
          login: { user: 'shop' },
        },
      },
    },
  },

  sources: {
    'shop-api': { images: { 'shop-api': {}, 'shop-jobs': { dockerfile: 'jobs/Dockerfile' } } },
    'shop-web': { images: { 'shop-web': {} } },
  },

  secrets: { DATABASE_PASSWORD: 'password of the role `shop`', JWT_SECRET: 'signs sessions' },

  presets: {
    database: {
      envs: {
        DATABASE_HOST: { database: 'main', get: 'host' },
        DATABASE_USER: { database: 'main', get: 'user' },
        DATABASE_PASSWORD: { secret: 'DATABASE_PASSWORD' },
      },
    },
  },

  services: {
    api: {
      ...web(8080),
      preset: 'database',
      image: 'shop-api',
      hosts: { api: {} },
      envs: {
        ALLOWED_ORIGIN: { service: 'front', get: 'publicUrl' },
        JWT_SECRET: { secret: 'JWT_SECRET' },
        LOG_LEVEL: 'info',
      },
      resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '1Gi' } },
      in: { prod: { replicaCount: null, autoscaling: { minReplicas: 2, maxReplicas: 6, cpuPercent: 70 } } },
    },
    front: {
      ...web(3000),
      image: 'shop-web',
      hosts: { '@': {} },
      envs: { API_URL: { service: 'api', get: 'publicUrl' } },
      resources: small,
      shutdown: { gracePeriodSeconds: 60, preStopSeconds: 10 },
    },
    worker: {
      ...watched,
      preset: 'database',
      image: 'shop-jobs',
      args: ['work'],
      envs: { API_URL: { service: 'api', get: 'url' } },
      resources: small,
      in: { prod: { replicaCount: 3 } },
    },
    nightly: {
      kind: 'scheduledJob',
      preset: 'database',
      image: 'shop-jobs',
      args: ['etl'],
      schedule: { cron: '30 2 * * *', timeZone: 'Etc/UTC' },
      resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '4Gi' } },
      in: { staging: { pool: 'etljobs' } },
    },
    migrate: { kind: 'releaseJob', preset: 'database', image: 'shop-api', command: ['node', 'migrate.js'] },
  },
  sealed,
});
