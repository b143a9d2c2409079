import { type Fault, faultyChange } from './fault.ts';

const BLUE = 'environments.blue';
const GREEN = 'environments.green';
const SHOP = 'services.shop.environments.blue';
const disk = {
  ...{ kind: 'persistent', name: 'data', mountPath: '/data', readOnly: false },
  ...{ size: '10Gi', storageClass: 'azurefile-csi', accessMode: 'ReadWriteMany' },
};

/** Of the rules that compare. */
export const plantedChanges: readonly Fault[] = [
  faultyChange('change/downgraded_version', {
    was: { [`${GREEN}.databases.orders.version`]: '18' },
    at: `${GREEN}.databases.orders.version`,
    message: 'database `orders` of `green` runs PostgreSQL 18 and is to run 17, which is older',
  }),
  faultyChange('change/halved_capacity', {
    was: { [`${SHOP}.autoscaling.maxReplicas`]: 12 },
    at: `${SHOP}.autoscaling.maxReplicas`,
    message: '`shop` had at most 12 replicas in `blue`, a production environment, and has at most 6',
  }),
  faultyChange('change/lowered_protection', {
    set: { [`${BLUE}.databases.orders.backupRetentionDays`]: 21 },
    at: `${BLUE}.databases.orders.backupRetentionDays`,
    message: 'database `orders` of `blue`, a production environment, kept backups for 35 days and keeps them for 21',
  }),
  faultyChange('change/lowered_tier', {
    was: { [`${GREEN}.tier`]: 'production' },
    at: `${GREEN}.tier`,
    message: '`green` was a production environment and is one of tier staging',
  }),
  faultyChange('change/moved_namespace', {
    was: { [`${BLUE}.namespace`]: 'store' },
    at: `${BLUE}.namespace`,
    message: '`blue`, a production environment, was in namespace `store` and is in `shop`',
  }),
  faultyChange('change/moved_state', {
    set: { 'infrastructure.state.container': 'state' },
    at: 'infrastructure.state.container',
    message: "Terraform's state is looked for elsewhere: `container` was `tfstate` and is `state`",
  }),
  faultyChange('change/refused_cluster', {
    was: { [`${GREEN}.network.podRange`]: '10.245.0.0/15' },
    at: `${GREEN}.network.podRange`,
    message:
      'the cluster of `green` keeps its `network.podRange` as long as it is there: it was `10.245.0.0/15` and is `10.245.0.0/16`',
  }),
  faultyChange('change/refused_pool', {
    was: { [`${GREEN}.cluster.pools.main.maxPods`]: 110 },
    at: `${GREEN}.cluster.pools.main.maxPods`,
    message: 'pool `main` of `green` keeps its `maxPods` as long as it is there: it was 110 and is 60',
  }),
  faultyChange('change/refused_volume', {
    was: { [`${SHOP}.volumes.0`]: { ...disk, accessMode: 'ReadWriteOnce' } },
    set: { [`${SHOP}.volumes.0`]: disk },
    at: `${SHOP}.volumes.0.accessMode`,
    message:
      'volume `data` of `shop` in `blue` keeps its `accessMode` as long as it is there: it was ReadWriteOnce and is ReadWriteMany',
  }),
  faultyChange('change/removed_database', {
    was: { [`${GREEN}.databases.orders.databases`]: ['audit', 'orders'] },
    at: `${GREEN}.databases.orders.databases`,
    message: 'database `audit` on server `orders` of `green` is gone, with its data',
  }),
  faultyChange('change/removed_environment', {
    set: { [GREEN]: undefined, 'services.cleanup': undefined, 'services.shop.environments.green': undefined },
    at: 'environments',
    message: 'environment `green` is gone, with its cluster, its databases and all that runs there',
  }),
  faultyChange('change/removed_host', {
    was: { [`${SHOP}.ingress.hosts.0.host`]: 'www.acme.example' },
    at: SHOP,
    message: '`www.acme.example` of `blue`, a production environment, no longer leads to `shop`',
  }),
  faultyChange('change/removed_pool', {
    set: { [`${BLUE}.cluster.pools.batch`]: undefined, 'services.migrate.environments.blue.scheduling.pool': 'main' },
    at: 'services.migrate.environments.blue.scheduling.pool',
    message: '`migrate` moves to pool `main` in `blue`, a production environment, while its pool `batch` is removed',
  }),
  faultyChange('change/removed_service', {
    set: { 'services.shop.environments.blue': undefined, [`${BLUE}.databases`]: {} },
    was: { [`${BLUE}.databases`]: {} },
    at: 'services.shop',
    message: '`shop` is gone from `blue`, a production environment',
  }),
  faultyChange('change/replaced_cluster', {
    was: { [`${BLUE}.cluster.name`]: 'aks-acme-live' },
    at: `${BLUE}.cluster.name`,
    message:
      'the cluster of `blue`, a production environment, is destroyed and made anew: `cluster.name` was `aks-acme-live` and is `aks-acme-blue`',
  }),
  faultyChange('change/replaced_database', {
    was: { [`${GREEN}.databases.orders.server`]: 'acme-orders' },
    at: `${GREEN}.databases.orders.server`,
    message:
      'database `orders` of `green` is destroyed and made anew, without its data: `server` was `acme-orders` and is `acme-green-orders`',
  }),
  faultyChange('change/replaced_pool', {
    was: { [`${BLUE}.cluster.pools.batch.size`]: 'Standard_D8s_v5' },
    at: `${BLUE}.cluster.pools.batch.size`,
    message:
      'pool `batch` of `blue`, a production environment, is deleted and made anew: its size was `Standard_D8s_v5` and is `Standard_D4s_v5`',
  }),
  faultyChange('change/replaced_registry', {
    was: { 'registry.location': 'northeurope' },
    at: 'registry.location',
    message:
      'the registry is destroyed and made anew, without its images: its `location` was `northeurope` and is `westeurope`',
  }),
  faultyChange('change/shrunk_storage', {
    was: { [`${GREEN}.databases.orders.storageMb`]: 131072 },
    at: `${GREEN}.databases.orders.storageMb`,
    message: 'storage of database `orders` of `green` was 128 GiB and is 64 GiB',
  }),
  faultyChange('change/shrunk_volume', {
    was: { [`${SHOP}.volumes.0`]: { ...disk, size: '20Gi' } },
    set: { [`${SHOP}.volumes.0`]: disk },
    at: `${SHOP}.volumes.0.size`,
    message: 'volume `data` of `shop` in `blue` was 20Gi and is 10Gi',
  }),
];
