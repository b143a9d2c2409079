import type { PlatformInput } from '../lib/config/schema.ts';

type Changeable<Value> = Value extends object ? { -readonly [Key in keyof Value]: Changeable<Value[Key]> } : Value;

const id = '00000000-0000-0000-0000-000000000001';

/** A small valid configuration, made anew at each call so that a test may change it: two environments, two services. */
export function acme(): Changeable<PlatformInput> {
  const environment = (name: string, rest: object) => ({
    tier: 'staging',
    branch: name,
    domain: `${name}.acme.example`,
    imageTags: { suffix: '' },
    subscriptionId: id,
    resourceGroup: `acme-${name}`,
    ingress: { className: 'traefik', issuer: 'self-signed' },
    network: {
      addressSpace: '10.10.0.0/16',
      nodeSubnet: '10.10.0.0/22',
      databaseSubnet: '10.10.8.0/24',
      podRange: '10.64.0.0/16',
      serviceRange: '10.250.0.0/20',
    },
    cluster: {
      name: `aks-acme-${name}`,
      kubernetesVersion: '1.36',
      adminGroups: [id],
      systemPool: 'main',
      defaultPool: 'main',
      nodePools: {
        main: { size: 'Standard_D4s_v5', nodes: 3 },
        ...(name === 'green' && { batch: { size: 'Standard_D4s_v5', nodes: { min: 0, max: 5 }, dedicated: true } }),
      },
    },
    databases: {
      orders: {
        engine: 'postgresql',
        server: `acme-${name}`,
        version: '17',
        size: 'GP_Standard_D2ds_v5',
        storageGb: 64,
        databases: ['orders'],
      },
    },
    ...rest,
  });
  return {
    name: 'acme',
    github: { owner: 'acme' },
    azure: { tenantId: id, location: 'westeurope' },
    gitops: { repository: 'acme-gitops' },
    infrastructure: {
      repository: 'acme-infra',
      state: { subscriptionId: id, resourceGroup: 'acme-state', storageAccount: 'acmestate', container: 'tfstate' },
    },
    registry: { name: 'acmeregistry', subscriptionId: id, resourceGroup: 'acme-shared', loginServerSecret: 'REGISTRY' },
    environments: {
      blue: environment('blue', {
        tier: 'production',
        branch: 'main',
        domain: 'acme.example',
        imageTags: { suffix: '-live' },
      }),
      green: environment('green', {}),
    },
    sources: { shop: { images: { shop: {}, jobs: { dockerfile: 'jobs/Dockerfile' } } } },
    secrets: { SESSION_KEY: 'signs sessions' },
    presets: { web: { ports: { http: 8080 } } },
    services: {
      cart: { preset: 'web', image: 'shop' },
      shop: {
        preset: 'web',
        image: 'shop',
        hosts: { shop: {} },
        envs: {
          DATABASE_HOST: { database: 'orders', get: 'host' },
          CART_URL: { service: 'cart', get: 'url' },
          MODE: 'fast',
        },
      },
    },
  } as unknown as Changeable<PlatformInput>;
}
