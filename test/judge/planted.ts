import { type Fault, fault } from './fault.ts';
import { plantedChanges } from './planted-changes.ts';
import { plantedDocuments } from './planted-documents.ts';
import { plantedInPlatforms } from './planted-platform.ts';
import { plantedServices } from './planted-services.ts';

/** For each rule the example model with one fault, and what the rule says of it. */
export const planted: readonly Fault[] = [
  ...plantedInPlatforms,
  ...plantedServices,
  ...plantedChanges,
  ...plantedDocuments,
  fault('capacity/node_loss', {
    set: {
      'environments.blue.cluster.pools.main.scaling': { kind: 'fixed', count: 2 },
      'environments.blue.nodesNeeded': { main: { fewest: 2, most: 2 } },
    },
    at: 'environments.blue.cluster.pools.main.scaling',
    message:
      'deployments on pool `main` of `blue` need, at their fewest replicas, 2 nodes, and 1 remain when one of 2 is lost',
  }),
  fault('capacity/pool_overcommit', {
    set: { 'environments.green.nodesNeeded': { main: { fewest: 1, most: 4 } } },
    at: 'environments.green.cluster.pools.main.scaling',
    message: 'deployments on pool `main` of `green` need, at their most replicas, 4 nodes, and it has 3',
  }),
  fault('databases/production_backup', {
    set: { 'environments.blue.databases.orders.backupRetentionDays': 7 },
    at: 'environments.blue.databases.orders.backupRetentionDays',
    message: 'database `orders` of `blue`, a production environment, keeps backups for 7 days; at least 14 expected',
  }),
  fault('delivery/mutable_tag', {
    set: {
      'services.shop.environments.blue.image': {
        name: null,
        repository: 'acmeregistry.azurecr.io/nginx',
        tag: 'latest',
        updated: false,
      },
    },
    at: 'services.shop.environments.blue.image.tag',
    message: '`shop` runs `acmeregistry.azurecr.io/nginx` in `blue` with the moving tag `latest`',
  }),
  fault('isolation/foreign_address', {
    set: { 'services.shop.environments.blue.envs.0.value': 'acme-green-orders.postgres.database.azure.com' },
    at: 'services.shop.environments.blue.envs.0.value',
    other: 'environments.green.databases.orders',
    message:
      'variable `DATABASE_HOST` of `shop` in `blue` names `acme-green-orders.postgres.database.azure.com`, a database server of `green`',
  }),
  fault('isolation/foreign_manifest', {
    set: { 'environments.green.extraManifests.0.manifest.metadata.namespace': 'kube-system' },
    at: 'environments.green.extraManifests.0.manifest.metadata.namespace',
    other: 'environments.green.namespace',
    message: "extra manifest `quota` of `green` names namespace `kube-system`, and the environment's is `shop`",
  }),
  fault('isolation/repeated_manifest', {
    set: {
      'services.shop.environments.blue.extraManifests': [
        { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'shop' } },
      ],
    },
    at: 'services.shop.environments.blue.extraManifests.0.metadata.name',
    other: 'services.shop.environments.blue',
    message: 'extra manifest `shop` of `blue` is the Deployment that the chart makes of service `shop`',
  }),
  fault('isolation/shared_ciphertext', {
    set: {
      'services.shop.environments.blue.sealedSecrets.0.ciphertext': 'AgBx',
      'services.shop.environments.green.sealedSecrets.0.ciphertext': 'AgBx',
    },
    at: 'services.shop.environments.green.sealedSecrets.0.ciphertext',
    other: 'services.shop.environments.blue.sealedSecrets.0.ciphertext',
    message: '`SESSION_KEY` of `shop` has the same ciphertext in `blue` and `green`',
  }),
  fault('network/host_outside_domain', {
    set: { 'services.shop.environments.blue.ingress.hosts.0.host': 'www.green.acme.example' },
    at: 'services.shop.environments.blue.ingress.hosts.0.host',
    other: 'environments.green.domain',
    message: 'host `www.green.acme.example` of `blue` belongs to `green`, whose domain is `green.acme.example`',
  }),
  fault('secrets/plain_credential', {
    set: { 'services.shop.environments.green.envs.1': { name: 'DB_PASSWORD', value: 'hunter2' } },
    at: 'services.shop.environments.green.envs.1.value',
    message: 'variable `DB_PASSWORD` of `shop` looks like a credential in plain text in `green`',
  }),
  fault('secrets/plain_manifest', {
    set: {
      'environments.green.extraManifests.0.manifest': {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'keys' },
        data: { key: 'aHVudGVyMg==' },
      },
    },
    at: 'environments.green.extraManifests.0.manifest.data',
    message: 'extra manifest `keys` of `green` is a Secret with its data in plain text',
  }),
  fault('services/added_capability', {
    set: { 'services.migrate.environments.blue.security.capabilities': ['NET_ADMIN'] },
    at: 'services.migrate.environments.blue.security.capabilities.0',
    message: '`migrate` adds capability NET_ADMIN in `blue`, a production environment',
  }),
  fault('services/blocked_drain', {
    set: {
      'services.shop.environments.blue.extraManifests': [
        {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: { name: 'all' },
          spec: { minAvailable: '100%' },
        },
      ],
    },
    at: 'services.shop.environments.blue.extraManifests.0.spec.minAvailable',
    message: 'PodDisruptionBudget `all` lets no pod go in `blue`: minAvailable is 100%',
  }),
  fault('services/exposed_token', {
    set: { 'services.shop.environments.green.security.apiToken': true },
    at: 'services.shop.environments.green.security.apiToken',
    message: '`shop` holds a token for the Kubernetes API in `green` and is reachable as `green.acme.example`',
  }),
  fault('services/fits_pool', {
    set: { 'services.cleanup.environments.green.resources.requests.memory': '13.1Gi' },
    at: 'services.cleanup.environments.green.resources.requests.memory',
    message: '`cleanup` requests memory 13.1Gi in `green`, and a node of pool `batch` has 13400Mi for pods',
  }),
  fault('services/missing_readiness', {
    set: { 'services.shop.environments.blue.probes.readiness': null },
    at: 'services.shop.environments.blue.probes.readiness',
    message: '`shop` takes requests in `blue`, a production environment, and has no readiness probe',
  }),
  fault('services/overridden_value', {
    set: { 'services.shop.environments.blue.extraHelmValues': { autoscaling: { minReplicas: 1 } } },
    at: 'services.shop.environments.blue.extraHelmValues.autoscaling.minReplicas',
    message:
      "extra Helm values of `shop` have `autoscaling.minReplicas` in `blue`, which is none of the chart's extras",
  }),
  fault('services/root_user', {
    set: { 'services.shop.environments.blue.security.runAsUser': 0 },
    at: 'services.shop.environments.blue.security.runAsUser',
    message: '`shop` may run as root in `blue`, a production environment',
  }),
  fault('services/shared_disk', {
    set: {
      'services.shop.environments.blue.volumes.0': {
        kind: 'persistent',
        name: 'data',
        mountPath: '/data',
        readOnly: false,
        size: '10Gi',
        storageClass: 'managed-csi',
        accessMode: 'ReadWriteOnce',
      },
    },
    at: 'services.shop.environments.blue.autoscaling.maxReplicas',
    other: 'services.shop.environments.blue.volumes.0',
    message: '`shop` scales up to 6 in `blue`, and its volume `data` is ReadWriteOnce: a disk of one node',
  }),
  fault('services/single_replica', {
    set: { 'services.shop.environments.blue.autoscaling': null, 'services.shop.environments.blue.replicaCount': 1 },
    at: 'services.shop.environments.blue.replicaCount',
    message: '`shop` has replicaCount 1 in `blue`, a production environment; at least 2 expected',
  }),
  fault('upgrades/untried_version', {
    set: { 'environments.blue.cluster.kubernetesVersion': '1.37' },
    at: 'environments.blue.cluster.kubernetesVersion',
    message: '`blue`, a production environment, runs Kubernetes 1.37, and the newest in other environments is 1.36',
  }),
];
