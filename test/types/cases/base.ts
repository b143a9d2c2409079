const id = '00000000-0000-0000-0000-000000000001';

/** What the cases share: everything that is not about names. */
export const rest = {
  name: 'acme',
  github: { owner: 'acme' },
  azure: { tenantId: id, location: 'westeurope' },
  gitops: { repository: 'acme-gitops' },
  infrastructure: {
    repository: 'acme-infra',
    state: { subscriptionId: id, resourceGroup: 'acme-state', storageAccount: 'acmestate', container: 'tfstate' },
  },
  registry: { name: 'acmeregistry', subscriptionId: id, resourceGroup: 'acme-shared', loginServerSecret: 'REGISTRY' },
} as const;

const environment = {
  tier: 'staging',
  branch: 'green',
  domain: 'green.acme.example',
  imageTags: { suffix: '' },
  subscriptionId: id,
  resourceGroup: 'acme-green',
  ingress: { className: 'traefik', issuer: 'self-signed' },
  network: {
    addressSpace: '10.10.0.0/16',
    nodeSubnet: '10.10.0.0/22',
    podRange: '10.64.0.0/16',
    serviceRange: '10.250.0.0/20',
  },
} as const;

export const green = {
  ...environment,
  cluster: { name: 'aks-acme-green', kubernetesVersion: '1.36', adminGroups: [id] },
} as const;

export const blue = {
  ...environment,
  tier: 'production',
  cluster: { name: 'aks-acme-blue', kubernetesVersion: '1.36', adminGroups: [id] },
  database: {
    engine: 'postgresql',
    server: 'acme-blue',
    version: '17',
    size: 'GP_Standard_D2ds_v5',
    storageGb: 64,
    databases: ['orders'],
  },
} as const;
