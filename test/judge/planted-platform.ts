import { type Fault, fault } from './fault.ts';

const BLUE = 'environments.blue';
const SHOP = 'services.shop.environments.blue';

/** Of the rules on networks, secrets, environments, databases, upgrades and delivery. */
export const plantedInPlatforms: readonly Fault[] = [
  fault('databases/burstable_production', {
    set: { [`${BLUE}.databases.orders.size`]: 'B_Standard_B2s' },
    at: `${BLUE}.databases.orders.size`,
    message: 'database `orders` of `blue`, a production environment, has the burstable size B_Standard_B2s',
  }),
  fault('databases/same_zone', {
    set: { [`${BLUE}.databases.orders.highAvailability`]: 'SameZone' },
    at: `${BLUE}.databases.orders.highAvailability`,
    message: 'the standby of database `orders` of `blue`, a production environment, is in the zone of its server',
  }),
  fault('databases/unencrypted_connection', {
    set: {
      [`${BLUE}.extraInputs`]: {
        'database-orders': { server_configuration: { tls: { name: 'require_secure_transport', config: 'OFF' } } },
      },
    },
    at: `${BLUE}.extraInputs.database-orders.server_configuration.tls.config`,
    message: 'extra inputs of unit `database-orders` of `blue` let connections in without TLS',
  }),
  fault('databases/unused', {
    set: {
      [`${BLUE}.databases.orders.host`]: 'acme-blue-archive.postgres.database.azure.com',
      [`${SHOP}.uses`]: [],
      'services.migrate.environments.blue.uses': [],
    },
    at: `${BLUE}.databases.orders`,
    message: 'no service of `blue` uses its database `orders`',
  }),
  fault('delivery/moving_revision', {
    set: {
      [`${SHOP}.extraManifests`]: [
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: 'tool' },
          spec: { source: { repoURL: 'https://github.com/somebody/charts', targetRevision: 'HEAD' } },
        },
      ],
    },
    at: `${SHOP}.extraManifests.0.spec.source`,
    message:
      'extra manifest `tool` of `blue`, a production environment, follows `HEAD` of https://github.com/somebody/charts',
  }),
  fault('delivery/moving_runner', {
    set: { 'sources.shop.workflows.blue.runner': 'ubuntu-latest' },
    at: 'sources.shop.workflows.blue.runner',
    message: 'workflows of `blue`, a production environment, run on `ubuntu-latest`',
  }),
  fault('delivery/public_image', {
    set: {
      [`${SHOP}.image`]: { name: null, repository: 'docker.io/library/nginx', tag: '1.29.3', updated: false },
    },
    at: `${SHOP}.image.repository`,
    message: '`shop` runs `docker.io/library/nginx`, of a public registry, in `blue`, a production environment',
  }),
  fault('isolation/shared_administrators', {
    set: { 'environments.green.cluster.adminGroups.0': '00000000-0000-0000-0000-0000000000bb' },
    at: `${BLUE}.cluster.adminGroups`,
    other: 'environments.green.cluster.adminGroups',
    message:
      'the Entra group `00000000-0000-0000-0000-0000000000bb` administrates the clusters of `blue`, a production environment, and of `green`',
  }),
  fault('isolation/shared_subscription', {
    set: { [`${BLUE}.subscriptionId`]: '00000000-0000-0000-0000-000000000001' },
    at: `${BLUE}.subscriptionId`,
    other: 'environments.green.subscriptionId',
    message: '`blue`, a production environment, shares its Azure subscription with `green`',
  }),
  fault('isolation/untested_branch', {
    set: { 'environments.green.branch': 'main' },
    at: `${BLUE}.branch`,
    other: 'environments.green.branch',
    message: '`blue`, a production environment, deploys from `main` as `green` does: a push is in both at once',
  }),
  fault('network/any_source', {
    set: { [`${SHOP}.ingress.annotations`]: { 'nginx.ingress.kubernetes.io/allowlist-source-range': '0.0.0.0/0' } },
    at: [...SHOP.split('.'), 'ingress', 'annotations', 'nginx.ingress.kubernetes.io/allowlist-source-range'],
    message:
      'ingress annotation `nginx.ingress.kubernetes.io/allowlist-source-range` of `shop` in `blue` lists who may come in, and the whole internet is on it',
  }),
  fault('network/host_taken', {
    set: {
      [`${SHOP}.extraManifests`]: [ingress({ rules: [rule('acme.example')], tls: [{ hosts: ['acme.example'] }] })],
    },
    at: `${SHOP}.extraManifests.0.spec.rules.0.host`,
    other: `${SHOP}.ingress.hosts.0.host`,
    message: 'extra manifest `docs` of `blue` is for `acme.example/`, which leads to service `shop`',
  }),
  fault('network/missing_tls', {
    set: { [`${SHOP}.extraManifests`]: [ingress({ rules: [rule('docs.acme.example')] })] },
    at: `${SHOP}.extraManifests.0.spec.rules.0.host`,
    message: 'extra manifest `docs` of `blue` serves `docs.acme.example` without TLS',
  }),
  fault('network/open_api', {
    set: { [`${BLUE}.cluster.authorizedRanges`]: [] },
    at: `${BLUE}.cluster.authorizedRanges`,
    message: 'anybody may reach the API server of `blue`, a production environment',
  }),
  fault('network/overlapping_ranges', {
    set: { 'environments.green.network.podRange': '10.10.128.0/17' },
    at: 'environments.green.network.podRange',
    other: `${BLUE}.network.addressSpace`,
    message: '`podRange` 10.10.128.0/17 of `green` overlaps `addressSpace` 10.10.0.0/16 of `blue`',
  }),
  fault('network/public_service', {
    set: {
      [`${SHOP}.extraManifests`]: [
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 'mail' }, spec: { type: 'LoadBalancer' } },
      ],
    },
    at: `${SHOP}.extraManifests.0.spec.type`,
    message: 'extra manifest `mail` of `blue` is a Service of type LoadBalancer: the whole internet reaches it',
  }),
  fault('network/snippet_annotation', {
    set: { [`${SHOP}.ingress.annotations`]: { 'nginx.ingress.kubernetes.io/server-snippet': 'deny all;' } },
    at: [...SHOP.split('.'), 'ingress', 'annotations', 'nginx.ingress.kubernetes.io/server-snippet'],
    message:
      'ingress annotation `nginx.ingress.kubernetes.io/server-snippet` of `shop` in `blue` is configuration of the controller itself',
  }),
  fault('network/wildcard_host', {
    set: {
      [`${SHOP}.extraManifests`]: [ingress({ rules: [rule('*.acme.example')], tls: [{ hosts: ['*.acme.example'] }] })],
    },
    at: `${SHOP}.extraManifests.0.spec.rules.0.host`,
    message: 'extra manifest `docs` of `blue` takes the visitors of every host `*.acme.example` that nobody else has',
  }),
  fault('secrets/argument_secret', {
    set: { [`${SHOP}.args`]: ['serve', '--cookie-key=$(COOKIE_KEY)'] },
    at: `${SHOP}.args.1`,
    message: '`shop` hands the secret variable `COOKIE_KEY` over as an argument in `blue`',
  }),
  fault('secrets/random_text', {
    set: { [`${SHOP}.envs.1`]: { name: 'UPSTREAM', value: ['q7Rk2mZp', '9xTf4VbN', '1sLw8YcD'].join('') } },
    at: `${SHOP}.envs.1.value`,
    message: 'variable `UPSTREAM` of `shop` has a value in `blue` that looks drawn at random',
  }),
  fault('secrets/wide_scope', {
    set: {
      [`${SHOP}.extraManifests`]: [
        {
          apiVersion: 'bitnami.com/v1alpha1',
          kind: 'SealedSecret',
          metadata: { name: 'keys', annotations: { 'sealedsecrets.bitnami.com/namespace-wide': 'true' } },
        },
      ],
    },
    at: [
      ...SHOP.split('.'),
      ...['extraManifests', 0, 'metadata', 'annotations', 'sealedsecrets.bitnami.com/namespace-wide'],
    ],
    message: 'extra manifest `keys` of `blue` is sealed for the whole namespace: it opens there under any name',
  }),
  fault('upgrades/free_tier', {
    set: { [`${BLUE}.cluster.tier`]: 'Free' },
    at: `${BLUE}.cluster.tier`,
    message: 'the cluster of `blue`, a production environment, is of tier Free',
  }),
  fault('upgrades/left_behind', {
    set: { 'environments.green.cluster.kubernetesVersion': '1.38' },
    at: `${BLUE}.cluster.kubernetesVersion`,
    message: '`blue`, a production environment, runs Kubernetes 1.36, 2 versions behind the 1.38 of others',
  }),
  fault('upgrades/same_window', {
    set: { [`${BLUE}.cluster.maintenance.day`]: 'Saturday' },
    at: `${BLUE}.cluster.maintenance`,
    other: 'environments.green.cluster.maintenance',
    message:
      'Azure may upgrade `blue`, a production environment, on Saturday at 23:00, and `green` on Saturday at 23:00: nothing is tried in the three days before',
  }),
  fault('upgrades/working_hours', {
    set: { [`${BLUE}.cluster.maintenance.startTime`]: '10:00' },
    at: `${BLUE}.cluster.maintenance`,
    message:
      'Azure may upgrade `blue`, a production environment, on Monday from 10:00 for 5 hours, while people work at UTC+01:00',
  }),
];

function ingress(spec: object) {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'docs' }, spec };
}

function rule(host: string) {
  return { host, http: { paths: [{ path: '/', pathType: 'Prefix' }] } };
}
