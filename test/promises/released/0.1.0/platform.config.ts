import { definePlatform } from '../../../../lib/index.ts';

/** A small platform with a document of every owner. Each release compiles it once more: see README.md. */

const subscriptionId = 'bbbbbbbb-0000-4000-8000-000000000001';

const environment = <const Tier extends string>(number: number, tier: Tier, branch: string, suffix: string) => ({
  tier,
  branch,
  domain: `${tier}.kiosk.example`,
  imageTags: { suffix },
  subscriptionId,
  resourceGroup: `kiosk-${tier}`,
  ingress: { className: 'nginx', issuer: 'letsencrypt' },
  network: {
    addressSpace: `10.${number}.0.0/16`,
    nodeSubnet: `10.${number}.0.0/20`,
    podRange: `10.${100 + number}.0.0/16`,
    serviceRange: `192.168.${number * 16}.0/20`,
  },
  cluster: {
    name: `kiosk-${tier}`,
    kubernetesVersion: '1.36',
    adminGroups: ['bbbbbbbb-0000-4000-8000-000000000002'],
    maintenance: { day: 'Sunday' as const, hour: number, utcOffset: '+00:00' },
    systemPool: 'main' as const,
    defaultPool: 'main' as const,
    nodePools: { main: { size: 'Standard_D4s_v5', nodes: 3 } },
  },
});

export default definePlatform({
  name: 'kiosk',
  github: { owner: 'kiosk-corner', repository: 'platform' },
  azure: { tenantId: 'bbbbbbbb-0000-4000-8000-000000000003', location: 'northeurope' },
  gitops: { repository: 'kiosk-gitops' },
  infrastructure: {
    repository: 'kiosk-infra',
    state: { subscriptionId, resourceGroup: 'kiosk-state', storageAccount: 'kioskstate', container: 'tfstate' },
  },
  registry: {
    name: 'kioskregistry',
    subscriptionId,
    resourceGroup: 'kiosk-shared',
    sku: 'Standard',
    loginServerSecret: 'REGISTRY_LOGIN_SERVER',
  },
  environments: {
    staging: environment(1, 'staging', 'develop', ''),
    prod: environment(2, 'production', 'main', '-live'),
  },
  sources: { 'kiosk-shop': { images: { shop: {}, jobs: { context: 'jobs' } } } },
  services: {
    shop: { image: 'shop', ports: { http: 8080 }, hosts: { '@': {} }, probes: { readiness: '/health' } },
    jobs: { image: 'jobs', args: ['work'], envs: { SHOP_URL: { service: 'shop', get: 'url' } } },
    // the test of upgrades takes this one away: let it stay on one line
    cache: { image: { repository: 'docker.io/library/redis', tag: '8.2.1' }, ports: { redis: 6379 } },
  },
});
