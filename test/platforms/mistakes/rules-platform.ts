import type { Environment } from '../changeable.ts';
import { own } from '../changeable.ts';
import { ciphertext } from '../sealing.ts';
import {
  inEnvironment,
  inPlatform,
  inService,
  type Mistake,
  manifest,
  type Situation,
  VARIABLE,
  variable,
} from './mistake.ts';

const production = { tiers: ['production'] } as const;
/** below no environment's domain */
const CUSTOMER = 'qq-customer.invalid';
const NGINX = 'nginx.ingress.kubernetes.io';
const FIRST = ['extraManifests', 0] as const;
const RANDOM = ['q7Rk2mZp', '9xTf4VbN', '1sLw8YcD'].join('');

/** What the rules on networks, secrets, environments, databases, upgrades and delivery find. */
export const platformMistakes: readonly Mistake[] = [
  // network
  inEnvironment(
    'network/open_api',
    'an API server for everybody',
    ({ environment: { tier, cluster, extraInputs } }) =>
      tier === 'production' && isClosed(cluster.authorizedRanges) && extraInputs?.cluster === undefined
        ? { 'cluster.authorizedRanges': ['0.0.0.0/0'] }
        : undefined,
    'cluster.authorizedRanges',
  ),
  inService(
    'network/wildcard_host',
    'an Ingress for every host of a domain',
    ({ self }) => ({ extraManifests: [ingress(self, `*.${CUSTOMER}`, true)] }),
    [...FIRST, 'spec', 'rules', 0, 'host'],
  ),
  inService(
    'network/wildcard_host',
    'an Ingress for every host',
    ({ self }) => ({ extraManifests: [ingress(self, undefined, true)] }),
    [...FIRST, ...['spec', 'rules', 0]],
  ),
  inService(
    'network/missing_tls',
    'an Ingress without TLS',
    ({ self }) => ({ extraManifests: [ingress(self, `plain.${CUSTOMER}`, false)] }),
    [...FIRST, 'spec', 'rules', 0, 'host'],
    { tiers: ['production', 'staging'] },
  ),
  inService(
    'network/missing_tls',
    'no redirect to TLS',
    annotated('qqhost4', `${NGINX}/ssl-redirect`, 'false'),
    ['ingress', 'annotations', `${NGINX}/ssl-redirect`],
    { tiers: ['production', 'staging'] },
  ),
  inService(
    'network/public_service',
    'a public load balancer',
    { extraManifests: [manifest('v1', 'Service', { spec: { type: 'LoadBalancer', ports: [{ port: 25 }] } })] },
    [...FIRST, 'spec', 'type'],
  ),
  inService(
    'network/host_taken',
    'an Ingress for the host of a service',
    ({ place, self }) => ({
      ports: { http: 80 },
      hosts: { qqhost3: {} },
      extraManifests: [ingress(`${self}-more`, `qqhost3.${place.environment.domain}`, true)],
    }),
    [...FIRST, 'spec', 'rules', 0, 'host'],
  ),
  inService(
    'network/snippet_annotation',
    'configuration of the controller',
    annotated('qqhost5', `${NGINX}/server-snippet`, 'deny all;'),
    ['ingress', 'annotations', `${NGINX}/server-snippet`],
  ),
  inService(
    'network/any_source',
    'a list of sources with everybody on it',
    annotated('qqhost6', `${NGINX}/whitelist-source-range`, '203.0.113.0/24,0.0.0.0/0'),
    ['ingress', 'annotations', `${NGINX}/whitelist-source-range`],
  ),
  inEnvironment(
    'network/overlapping_ranges',
    'the range of pods of another environment',
    (place) => {
      const range = roomierPods(place);
      return range === undefined ? undefined : { 'network.podRange': range };
    },
    'network.podRange',
    { touches: ({ others }) => others.map((name) => ['environments', name, 'network']) },
  ),
  // secrets
  inService(
    'secrets/argument_secret',
    'a secret in an argument',
    { ...variable({ secret: 'QQ_ARGUMENT' }), args: ['--key=$(A_VALUE)'] },
    ['args', 0],
    {
      puts: ({ here, service }) => [
        [['secrets', 'QQ_ARGUMENT'], 'opens something'],
        [['sealed', here, service, 'QQ_ARGUMENT'], ciphertext(service)],
      ],
    },
  ),
  inService('secrets/random_text', 'a value that was drawn', variable(RANDOM), VARIABLE),
  inService(
    'secrets/wide_scope',
    'a value sealed for a whole cluster',
    ({ self }) => ({
      extraManifests: [
        manifest(
          'bitnami.com/v1alpha1',
          'SealedSecret',
          { spec: { encryptedData: { key: ciphertext(self) } } },
          { annotations: { 'sealedsecrets.bitnami.com/cluster-wide': 'true' } },
        ),
      ],
    }),
    [...FIRST, 'metadata', 'annotations', 'sealedsecrets.bitnami.com/cluster-wide'],
  ),
  // isolation
  inEnvironment(
    'isolation/shared_subscription',
    'the subscription of another environment',
    (place) => {
      const [other, ...rest] = untestedIn(place);
      const isShared = [other, ...rest].some((one) => one?.subscriptionId === place.environment.subscriptionId);
      return other === undefined || isShared ? undefined : { subscriptionId: other.subscriptionId };
    },
    'subscriptionId',
  ),
  inEnvironment(
    'isolation/shared_administrators',
    'the administrators of another environment',
    (place) => {
      const theirs = untestedIn(place).flatMap(({ cluster }) => cluster.adminGroups);
      const isShared = theirs.some((group) => place.environment.cluster.adminGroups.includes(group));
      return theirs.length === 0 || isShared ? undefined : { 'cluster.adminGroups': theirs.slice(0, 1) };
    },
    'cluster.adminGroups',
  ),
  inEnvironment(
    'isolation/untested_branch',
    'the branch of another environment',
    (place) => {
      const theirs = untestedIn(place).map(({ branch }) => branch);
      return theirs.length === 0 || theirs.includes(place.environment.branch)
        ? undefined
        : { branch: theirs[0], 'imageTags.suffix': `-${place.service}` };
    },
    'branch',
    // Two with one branch would have one tag.
    { touches: ({ others }) => others.map((name) => ['environments', name, 'branch']) },
  ),
  // databases
  inDatabase(
    'databases/burstable_production',
    'a burstable database',
    ({ size }) => !size.startsWith('B_'),
    { size: 'B_Standard_B2s', highAvailability: undefined, geoRedundantBackup: true },
    'size',
  ),
  inDatabase(
    'databases/same_zone',
    'a standby beside its server',
    ({ highAvailability, size }) => highAvailability !== 'SameZone' && !size.startsWith('B_'),
    { highAvailability: 'SameZone', geoRedundantBackup: true },
    'highAvailability',
  ),
  inEnvironment(
    'databases/unused',
    'a database for nobody',
    ({ environment: { network }, here }) =>
      network.databaseSubnet === undefined
        ? undefined
        : {
            'databases.qqdatabase': {
              ...{ engine: 'postgresql', server: `qq-${here.toLowerCase()}`, version: '17', storageGb: 32 },
              ...{ size: 'GP_Standard_D2ds_v5', databases: ['qq'], backupRetentionDays: 35, geoRedundantBackup: true },
            },
          },
    'databases.qqdatabase',
  ),
  inEnvironment(
    'databases/unencrypted_connection',
    'a database server without TLS',
    (place) => {
      const name = databaseOf(place);
      return name === undefined || place.environment.extraInputs?.[`database-${name}`] !== undefined
        ? undefined
        : {
            [`extraInputs.database-${name}.server_configuration`]: {
              qq: { name: 'require_secure_transport', config: 'off' },
            },
          };
    },
    (place) => ['extraInputs', `database-${databaseOf(place)}`, 'server_configuration', 'qq', 'config'],
  ),
  inService(
    'databases/unencrypted_connection',
    'a connection without TLS',
    ({ place }) => ({ envs: { A_HOST: { database: databaseOf(place), get: 'host' }, PGSSLMODE: 'disable' } }),
    ['envs', 'PGSSLMODE'],
    { where: (place) => databaseOf(place) !== undefined },
  ),
  // upgrades
  inEnvironment(
    'upgrades/free_tier',
    'a cluster that nobody answers for',
    ({ environment: { tier, cluster, extraInputs } }) =>
      tier === 'production' && cluster.tier !== 'Free' && extraInputs?.cluster === undefined
        ? { 'cluster.tier': 'Free' }
        : undefined,
    'cluster.tier',
  ),
  inPlatform('upgrades/same_window', 'windows on one day', ({ platform: { environments } }) => {
    const [one, other, more] = Object.entries(environments).sort(([, a], [, b]) => a.tier.localeCompare(b.tier));
    // Their defaults are two days apart.
    if (!one || !other || more || [one, other].some(([, { cluster }]) => cluster.maintenance !== undefined))
      return undefined;
    const [tested, live] = one[1].tier === 'production' ? [other, one] : [one, other];
    if (live[1].tier !== 'production' || tested[1].tier === 'production') return undefined;
    const at = (name: string) => ['environments', name, 'cluster', 'maintenance'];
    return {
      puts: [
        [at(tested[0]), { day: 'Sunday', hour: 1 }],
        [at(live[0]), { day: 'Sunday', hour: 20 }],
      ],
      at: at(live[0]),
    };
  }),
  inEnvironment(
    'upgrades/left_behind',
    'a cluster two versions behind',
    (place) => {
      const minors = untestedIn(place).map(({ cluster }) => Number(cluster.kubernetesVersion.split('.')[1]));
      const newest = Math.max(...minors);
      const ours = Number(place.environment.cluster.kubernetesVersion.split('.')[1]);
      return minors.length > 0 && newest >= 32 && ours >= newest - 1
        ? { 'cluster.kubernetesVersion': '1.30' }
        : undefined;
    },
    'cluster.kubernetesVersion',
  ),
  inEnvironment(
    'upgrades/working_hours',
    'upgrades at noon',
    ({ environment: { tier, cluster } }) =>
      tier === 'production' && cluster.maintenance === undefined
        ? { 'cluster.maintenance': { day: 'Thursday', hour: 10 } }
        : undefined,
    'cluster.maintenance',
    { maybe: ['upgrades/same_window'] },
  ),
  // delivery
  inService(
    'delivery/moving_revision',
    'a branch of somebody else',
    {
      extraManifests: [
        manifest('argoproj.io/v1alpha1', 'Application', {
          spec: {
            project: 'default',
            source: { repoURL: 'https://git.invalid/charts', path: 'tool', targetRevision: 'main' },
            destination: { server: 'https://kubernetes.default.svc', namespace: 'tool' },
          },
        }),
      ],
    },
    [...FIRST, 'spec', 'source'],
    production,
  ),
  inPlatform('delivery/moving_runner', 'a runner that moves', ({ platform: { environments, sources, delivery } }) =>
    Object.keys(sources).length > 0 &&
    Object.values(environments).some(({ tier }) => tier === 'production') &&
    !/-latest/.test(delivery?.runner ?? '')
      ? { puts: [[['delivery', 'runner'], 'ubuntu-latest']], at: ['delivery', 'runner'] }
      : undefined,
  ),
  inService(
    'delivery/public_image',
    'an image of a public registry',
    { image: { repository: 'docker.io/library/redis', tag: '8.2.1' } },
    ['image', 'repository'],
    production,
  ),
];

type Database = NonNullable<Environment['databases']>[string];

/** Something wrong in the first database of a production environment. */
function inDatabase(
  code: string,
  name: string,
  where: (database: Database) => boolean,
  says: Readonly<Partial<Record<keyof Database, unknown>>>,
  at: keyof Database,
): Mistake {
  return inEnvironment(
    code,
    name,
    (place) => {
      const key = databaseOf(place);
      const database = own(place.environment.databases, key ?? '');
      if (key === undefined || !database || place.environment.tier !== 'production' || !where(database))
        return undefined;
      if (place.environment.extraInputs?.[`database-${key}`] !== undefined) return undefined;
      return Object.fromEntries(Object.entries(says).map(([field, value]) => [`databases.${key}.${field}`, value]));
    },
    (place) => ['databases', databaseOf(place) ?? '', at],
  );
}

function databaseOf({ environment: { databases = {} } }: Situation): string | undefined {
  return Object.keys(databases)[0];
}

/** Beside a production environment, those in which something is tried first; beside others, none. */
function untestedIn({ platform, environment, others }: Situation): Environment[] {
  if (environment.tier !== 'production') return [];
  return others.flatMap((name) => {
    const other = own(platform.environments, name);
    return other && other.tier !== 'production' ? [other] : [];
  });
}

function isClosed(ranges: Environment['cluster']['authorizedRanges']): boolean {
  return ranges !== undefined && ranges.length > 0 && ranges.every((range) => !range.endsWith('/0'));
}

/** The pods' range of an environment that comes before, when there is room in it for as many nodes. */
function roomierPods({ platform, here, environment, others }: Situation): string | undefined {
  const prefix = (range: string) => Number(range.split('/')[1]);
  const first = others.find((name) => name < here);
  const range = first === undefined ? undefined : own(platform.environments, first)?.network.podRange;
  return range !== undefined && prefix(range) <= prefix(environment.network.podRange) ? range : undefined;
}

function annotated(host: string, key: string, value: string) {
  return { ports: { http: 80 }, hosts: { [host]: {} }, ingress: { annotations: { [key]: value } } };
}

function ingress(name: string, host: string | undefined, tls: boolean) {
  const backend = { service: { name: 'qq-other', port: { number: 80 } } };
  const rule = { ...(host !== undefined && { host }), http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } };
  const tlsOf = { ...(host !== undefined && { hosts: [host] }), secretName: 'qq-tls' };
  const spec = { rules: [rule], ...(tls && { tls: [tlsOf] }) };
  return manifest('networking.k8s.io/v1', 'Ingress', { spec }, { name });
}
