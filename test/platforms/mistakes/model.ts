import { ciphertext } from '../sealing.ts';
import type { Situation } from './mistake.ts';
import { inEnvironment, inPlatform, inService, type Mistake, onlyIn, REDIS, VARIABLE, variable } from './mistake.ts';

const TWO_PORTS = { ports: { web: 8080, admin: 8081 } };
const LONGEST_LABELS = ['a', 'b', 'c'].map((letter) => letter.repeat(62)).join('.');

/** What can be wrong with a configuration whose shapes and names are right. */
export const modelMistakes: readonly Mistake[] = [
  // What a service lacks
  inService('model/no-image', 'no image', { image: undefined }, []),
  inService('model/no-image', 'an image taken away', { image: null }, ['image']),
  inService('model/no-schedule', 'a scheduled job without a schedule', { kind: 'scheduledJob' }, []),
  inService(
    'model/no-schedule',
    'a schedule that says no time',
    { kind: 'scheduledJob', schedule: { timeZone: 'Etc/UTC' } },
    ['schedule'],
  ),
  inService('model/no-client-id', 'an identity without a number', { workloadIdentity: {} }, []),
  inPlatform('config/orphaned-secret', 'a sealed value that nobody uses', ({ here, service }) => {
    const at = ['sealed', here, service, 'QQ_SEALED'];
    return { puts: [[at, ciphertext(service)]], at };
  }),
  inService('model/not-sealed', 'a variable that nobody has sealed', variable({ secret: 'QQ_SEALED' }), [], {
    // All that is not sealed is told once.
    where: ({ platform }) => Object.keys(platform.secrets ?? {}).length === 0,
    puts: () => [[['secrets'], { QQ_SEALED: 'opens something' }]],
    elsewhere: () => ['secrets'],
  }),
  // What is of another kind
  inService('model/not-for-kind', 'ports of a job', { kind: 'releaseJob', ports: { http: 80 } }, ['ports']),
  inService('model/not-for-kind', 'replicas of a job', { kind: 'releaseJob', replicaCount: 2 }, ['replicaCount']),
  inService('model/not-for-kind', 'a schedule of a deployment', { schedule: { cron: '@daily' } }, ['schedule']),
  inService('model/not-for-kind', 'a deadline of a deployment', { job: { deadlineSeconds: 60 } }, ['job']),
  inService(
    'model/not-for-kind',
    'what a deployment comes before',
    ({ beside }) => ({ image: REDIS, before: beside }),
    ['before'],
    { beside: {} },
  ),
  // Names that this environment has not
  inService('model/unknown-pool', 'a pool of another environment', { pool: 'qqpool' }, ['pool'], {
    where: ({ others }) => others.length > 0,
    puts: ({ others }) => [
      [['environments', others[0] ?? '', 'cluster', 'nodePools', 'qqpool'], { size: 'Standard_D4s_v5', nodes: 0 }],
    ],
  }),
  inService(
    'model/unknown-database',
    'a database of another environment',
    ({ place }) => variable({ database: foreignDatabase(place), get: 'host' }),
    [...VARIABLE, 'database'],
    { where: (place) => foreignDatabase(place) !== undefined },
  ),
  inService(
    'model/unknown-service',
    'a service of another environment',
    ({ beside }) => variable({ service: beside, get: 'host' }),
    [...VARIABLE, 'service'],
    { beside: { ports: { http: 80 } }, besideIs: 'elsewhere' },
  ),
  // Jobs that come before something
  inService(
    'model/not-a-deployment',
    'a job before a job',
    ({ beside }) => ({ kind: 'releaseJob', image: REDIS, before: beside }),
    ['before'],
    { beside: { kind: 'releaseJob' } },
  ),
  inService(
    'model/not-a-deployment',
    'a job before itself',
    ({ self }) => ({ kind: 'releaseJob', image: REDIS, before: self }),
    ['before'],
  ),
  inService(
    'model/other-image',
    'a job with another image than what it comes before',
    ({ beside }) => ({ kind: 'releaseJob', image: { ...REDIS, tag: '7.4.1' }, before: beside }),
    ['image'],
    { beside: {} },
  ),
  // Ports and addresses
  inService(
    'model/unknown-port',
    'a check of a port that is not there',
    { ports: { http: 80 }, probes: { readiness: { tcp: 'grpc' } } },
    ['probes', 'readiness', 'tcp'],
  ),
  inService(
    'model/unknown-port',
    'a host of a port that is not there',
    { ports: { http: 80 }, hosts: { qqhost1: { port: 'grpc' } } },
    ['hosts', 'qqhost1', 'port'],
  ),
  inService(
    'model/unknown-port',
    'an address of a port that is not there',
    ({ beside }) => variable({ service: beside, get: 'url', port: 'grpc' }),
    [...VARIABLE, 'port'],
    { beside: { ports: { http: 80 } } },
  ),
  inService('model/which-port', 'a check of one of two ports', { ...TWO_PORTS, probes: { liveness: '/health' } }, [
    'probes',
    'liveness',
  ]),
  inService('model/which-port', 'a host of one of two ports', { ...TWO_PORTS, hosts: { qqhost2: {} } }, [
    'hosts',
    'qqhost2',
  ]),
  inService(
    'model/which-port',
    'an address of what has no port',
    ({ beside }) => variable({ service: beside, get: 'url' }),
    VARIABLE,
    { beside: {} },
  ),
  inService(
    'model/not-tcp',
    'a check of a UDP port',
    { ports: { dns: { port: 53, protocol: 'UDP' } }, probes: { readiness: { tcp: 'dns' } } },
    ['probes', 'readiness', 'tcp'],
  ),
  inService(
    'model/no-address',
    'the address of a job',
    ({ beside }) => variable({ service: beside, get: 'host' }),
    [...VARIABLE, 'get'],
    { beside: { kind: 'releaseJob' } },
  ),
  inService(
    'model/no-address',
    'an own address of a job',
    { kind: 'scheduledJob', schedule: { cron: '@daily' }, ...variable({ self: 'url' }) },
    [...VARIABLE, 'self'],
  ),
  inService('model/no-public-host', 'a public address of what has none', variable({ self: 'publicUrl' }), [
    ...VARIABLE,
    'self',
  ]),
  inService(
    'model/no-public-host',
    'the public address of another that has none',
    ({ beside }) => variable({ join: ['https://', { service: beside, get: 'publicHost' }] }),
    [...VARIABLE, 'join', 1, 'get'],
    { beside: { ports: { http: 80 } } },
  ),
  inService(
    'model/full-host',
    'a host with the domain behind it',
    ({ place }) => ({ ports: { http: 80 }, hosts: { [fullHost(place)]: {} } }),
    ({ place }) => ['hosts', fullHost(place)],
    { where: (place) => fullHost(place).length < 100, touches: everywhere('domain') },
  ),
  inService(
    'model/limits',
    'a host that is too long with its domain',
    { ports: { http: 80 }, hosts: { [LONGEST_LABELS]: {} } },
    ['hosts', LONGEST_LABELS],
    {
      puts: ({ here }) => [[['environments', here, 'domain'], `${'d'.repeat(63)}.example`]],
      touches: everywhere('domain'),
    },
  ),
  inService(
    'model/limits',
    'a host that belongs to another environment',
    { ports: { http: 80 }, hosts: { qqhost3: {} } },
    ['hosts', 'qqhost3'],
    {
      where: ({ others }) => others.length > 0,
      puts: ({ others, environment }) => [
        [['environments', others[0] ?? '', 'domain'], `qqhost3.${environment.domain}`],
      ],
      touches: everywhere('domain'),
    },
  ),
  // Databases
  inService(
    'model/no-login',
    'the user of a database without a login',
    ({ place }) => variable({ database: databaseOf(place, ({ login }) => !login), get: 'user' }),
    [...VARIABLE, 'get'],
    { where: (place) => databaseOf(place, ({ login }) => !login) !== undefined },
  ),
  inService(
    'model/which-database',
    'a database that is not on its server',
    ({ place }) => variable({ database: databaseOf(place), get: 'name', of: 'qqnone' }),
    VARIABLE,
    { where: (place) => databaseOf(place) !== undefined },
  ),
  // What two things have of which there is one
  inService('model/conflict', 'one number for two ports', { ports: { a: 80, b: 80 } }, ['ports', 'b']),
  inService('model/conflict', 'one path for two volumes', { volumes: { a: scratch('/qq'), b: scratch('/qq') } }, [
    'volumes',
    'b',
    'mountPath',
  ]),
  inService('model/conflict', 'the path that every service has', { volumes: { a: scratch('/tmp') } }, []),
  inService('model/conflict', 'replicas counted and scaled', { replicaCount: 2, autoscaling: { maxReplicas: 3 } }, [
    'autoscaling',
  ]),
  inService('model/conflict', 'a host of two services', { ports: { http: 80 }, hosts: { qqtwice: {} } }, [], {
    beside: { ports: { http: 80 }, hosts: { qqtwice: {} } },
    elsewhere: ({ service }) => ['services', `${service}-other`, 'hosts', 'qqtwice'],
  }),
  inService('model/conflict', 'an identity of two services', identity(), [], {
    beside: identity(),
    elsewhere: ({ service }) => ['services', `${service}-other`, 'workloadIdentity', 'clientId'],
  }),
  ...(['directory', 'domain'] as const).map((key) =>
    inEnvironment(
      'model/conflict',
      `the ${key} of another environment`,
      (place) => {
        const first = earlier(place);
        return first && { [key]: key === 'domain' ? first.domain : (first.directory ?? firstName(place)) };
      },
      key,
      { touches: everywhere(key) },
    ),
  ),
  inEnvironment(
    'model/conflict',
    'the image tags of another environment',
    (place) => {
      const first = earlier(place);
      return first && { branch: first.branch, 'imageTags.suffix': first.imageTags.suffix };
    },
    'imageTags.suffix',
    { touches: (place) => [...everywhere('branch')(place), ...everywhere('imageTags')(place)] },
  ),
  inEnvironment(
    'model/conflict',
    'the resource group of the registry, in capitals',
    ({ platform: { registry } }) => ({
      subscriptionId: registry.subscriptionId,
      resourceGroup: registry.resourceGroup.toUpperCase(),
    }),
    'resourceGroup',
  ),
  inEnvironment(
    'model/conflict',
    'the Azure name of another pool',
    ({ environment }) => ({
      'cluster.nodePools.zzpool': {
        size: 'Standard_D4s_v5',
        nodes: 0,
        azureName: Object.entries(environment.cluster.nodePools).map(([name, pool]) => pool.azureName ?? name)[0],
      },
    }),
    'cluster.nodePools.zzpool',
  ),
  inEnvironment(
    'model/conflict',
    'services where pods are',
    ({ environment }) => ({ 'network.serviceRange': environment.network.podRange.replace(/\/\d+$/, '/24') }),
    'network.serviceRange',
  ),
  inPlatform('model/conflict', 'one repository for two sorts of files', ({ platform }) => ({
    puts: [[['infrastructure', 'repository'], platform.gitops.repository]],
    at: ['infrastructure', 'repository'],
    touches: [['gitops'], ['infrastructure']],
  })),
  inPlatform('model/conflict', 'two repositories that push as one', () => ({
    puts: [
      [['sources', 'qq-x'], { images: { qqa: {} } }],
      [['sources', 'qq.x'], { images: { qqb: {} } }],
    ],
    at: ['sources', 'qq.x'],
  })),
  // Limits
  inService('model/limits', 'autoscaling without an end', { autoscaling: { minReplicas: 2 } }, ['autoscaling']),
  inService(
    'model/limits',
    'autoscaling that ends before it begins',
    { autoscaling: { minReplicas: 3, maxReplicas: 2 } },
    ['autoscaling', 'maxReplicas'],
  ),
  inService(
    'model/limits',
    'a limit of memory below what is requested',
    { resources: { requests: { memory: '64Mi' }, limits: { memory: '63Mi' } } },
    ['resources', 'limits', 'memory'],
  ),
  inService(
    'model/limits',
    'a limit of processors below what is requested',
    { resources: { requests: { cpu: '0.1' }, limits: { cpu: '99m' } } },
    ['resources', 'limits', 'cpu'],
  ),
  inService('model/limits', 'a wait as long as the grace', { shutdown: { gracePeriodSeconds: 7, preStopSeconds: 7 } }, [
    'shutdown',
    'preStopSeconds',
  ]),
  inService(
    'model/limits',
    'any value of a taint, and this one',
    { tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] },
    ['tolerations', 0, 'value'],
  ),
  inService('model/limits', 'root that must not be root', { security: { runAsUser: 0 } }, ['security', 'runAsUser']),
  inService(
    'model/limits',
    'files that no ConfigMap holds',
    {
      volumes: {
        a: {
          kind: 'config',
          mountPath: '/qq',
          files: Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`f${index}`, 'x'.repeat(99_000)])),
        },
      },
    },
    ['volumes', 'a', 'files'],
  ),
  inEnvironment(
    'model/limits',
    'a branch too long for a tag',
    () => ({ branch: 'q'.repeat(100), 'imageTags.suffix': `-${'q'.repeat(19)}` }),
    'branch',
    { touches: (place) => [...everywhere('branch')(place), ...everywhere('imageTags')(place)] },
  ),
  inEnvironment('model/limits', 'a folder of the compiler', () => ({ directory: 'charts' }), 'directory', {
    touches: everywhere('directory'),
  }),
  inEnvironment(
    'model/limits',
    'the namespace of Argo CD',
    ({ platform }) => ({ namespace: platform.delivery?.argocdNamespace ?? 'argocd' }),
    'namespace',
  ),
  inEnvironment(
    'model/limits',
    'a pool with a name that Azure does not take',
    () => ({ 'cluster.nodePools.QQ_pool': { size: 'Standard_D4s_v5', nodes: 0 } }),
    'cluster.nodePools.QQ_pool',
  ),
  inEnvironment(
    'model/limits',
    'a system pool without a node',
    ({ environment: { cluster } }) => ({ [`cluster.nodePools.${cluster.systemPool}.nodes`]: 0 }),
    ({ environment: { cluster } }) => ['cluster', 'nodePools', cluster.systemPool as string],
  ),
  inEnvironment(
    'model/limits',
    'a pool whose most nodes are fewer than its fewest',
    ({ environment: { cluster } }) => {
      const nodes = cluster.nodePools[cluster.systemPool as string]?.nodes ?? 1;
      const max = typeof nodes === 'number' ? nodes : nodes.max;
      return { [`cluster.nodePools.${cluster.systemPool}.nodes`]: { min: max + 1, max } };
    },
    ({ environment: { cluster } }) => ['cluster', 'nodePools', cluster.systemPool as string, 'nodes'],
  ),
  inEnvironment(
    'model/limits',
    'high availability of a small machine',
    (place) => {
      const database = databaseOf(place);
      return database === undefined
        ? undefined
        : {
            [`databases.${database}.size`]: 'B_Standard_B2s',
            [`databases.${database}.highAvailability`]: 'SameZone',
          };
    },
    (place) => ['databases', databaseOf(place) ?? '', 'highAvailability'],
  ),
  inEnvironment(
    'model/limits',
    'databases without a subnet',
    ({ environment }) =>
      Object.keys(environment.databases ?? {}).length > 0 ? { 'network.databaseSubnet': undefined } : undefined,
    'network',
  ),
  inEnvironment(
    'model/limits',
    'nodes outside of the network',
    () => ({ 'network.nodeSubnet': '172.16.0.0/16' }),
    'network.nodeSubnet',
  ),
  inEnvironment(
    'model/limits',
    'a range of services that Azure does not take',
    () => ({ 'network.serviceRange': '172.16.0.0/12' }),
    'network.serviceRange',
  ),
  inEnvironment(
    'model/limits',
    'a range for the pods of one node',
    ({ environment }) => ({ 'network.podRange': environment.network.podRange.replace(/\/\d+$/, '/24') }),
    'network.podRange',
  ),
  inPlatform('model/limits', 'a registry that asks for more than it pays for', ({ platform: { registry } }) =>
    registry.sku === 'Premium'
      ? undefined
      : { puts: [[['registry', 'zoneRedundant'], true]], at: ['registry', 'zoneRedundant'], touches: [['registry']] },
  ),
  inPlatform('model/limits', 'a service with the name of the root', (place) => ({
    puts: [[['services', 'root'], { image: REDIS, replicaCount: 0, in: onlyIn([place.here], place) }]],
    at: ['services', 'root'],
  })),
];

function scratch(mountPath: string) {
  return { kind: 'ephemeral', mountPath, size: '1Mi' };
}

function identity() {
  return { workloadIdentity: { clientId: '77777777-0000-4000-8000-000000000000' } };
}

/** What environments must not have alike. */
function everywhere(key: string) {
  return ({ platform }: Situation) => Object.keys(platform.environments).map((name) => ['environments', name, key]);
}

function fullHost({ environment }: Situation): string {
  return `qq.${environment.domain}`;
}

function firstName({ here, others }: Situation): string | undefined {
  return others.find((other) => other < here);
}

/** The first environment of the others, where this one is told of what both have. */
function earlier(place: Situation): Situation['environment'] | undefined {
  const name = firstName(place);
  return name === undefined ? undefined : place.platform.environments[name];
}

type Database = NonNullable<Situation['environment']['databases']>[string];

function databaseOf({ environment }: Situation, isMeant: (database: Database) => boolean = () => true) {
  return Object.entries(environment.databases ?? {}).find(([, database]) => isMeant(database))?.[0];
}

/** A database that some other environment has, and this one has not. */
function foreignDatabase({ platform, environment, others }: Situation): string | undefined {
  return others
    .flatMap((other) => Object.keys(platform.environments[other]?.databases ?? {}))
    .find((name) => !Object.hasOwn(environment.databases ?? {}, name));
}
