import { parseCidr } from '../../../lib/config/vocabulary.ts';
import { allocatable } from '../../../lib/model/capacity.ts';
import * as defaults from '../../../lib/model/defaults.ts';
import { CROWDED, inEnvironment, inService, type Mistake, manifest, NO_POD, type Situation } from './mistake.ts';

const production = { tiers: ['production'] } as const;
const HTTP = { ports: { http: 80 }, resources: NO_POD };
const TWO = { ...HTTP, replicaCount: 2 };
const scratch = (more: object) => ({ volumes: { qq: { kind: 'ephemeral', mountPath: '/qq', ...more } } });
const scheduled = (schedule: object) => ({
  kind: 'scheduledJob',
  schedule: { cron: '30 2 * * *', ...schedule },
});
const released = (job: object) => ({ kind: 'releaseJob', job });
const pod =
  (spec: object, container: object = {}) =>
  ({ self }: { self: string }) => ({
    extraManifests: [
      manifest(
        'v1',
        'Pod',
        { spec: { ...spec, containers: [{ name: 'a', image: 'a', ...container }] } },
        { name: self },
      ),
    ],
  });
const LIMITED = { resources: { requests: { cpu: '1m' }, limits: { memory: '1Mi' } } };
const FIRST = ['extraManifests', 0, 'spec'];

/** What the rules of services and of capacity find. */
export const serviceMistakes: readonly Mistake[] = [
  // capacity
  inService(
    'capacity/overcommitted_memory',
    'a limit far above the request',
    { resources: { requests: { memory: '1Mi' }, limits: { memory: '1Gi' } } },
    ['resources', 'limits', 'memory'],
    production,
  ),
  inService(
    'capacity/idle_autoscaling',
    'two replicas at the least and two at the most',
    { ...HTTP, autoscaling: { minReplicas: 2, maxReplicas: 2 } },
    ['autoscaling', 'maxReplicas'],
    { maybe: CROWDED },
  ),
  inEnvironment(
    'capacity/idle_autoscaling',
    'as many nodes at the least as at the most',
    ({ environment }) => {
      const [name, most] = scalingPool(environment) ?? [];
      return name === undefined ? undefined : { [`cluster.nodePools.${name}.nodes.min`]: most };
    },
    ({ environment }) => ['cluster', 'nodePools', scalingPool(environment)?.[0] ?? '', 'nodes', 'max'],
    { maybe: ['capacity/idle_pool'] },
  ),
  inEnvironment(
    'capacity/idle_pool',
    'a node that nothing runs on',
    ({ environment }) =>
      roomIn(environment) < 1 ? undefined : { 'cluster.nodePools.qqidle': { size: 'Standard_D4s_v5', nodes: 1 } },
    'cluster.nodePools.qqidle.nodes',
  ),
  inService('capacity/memory_volume', 'a volume in memory as large as it', scratch({ size: '128Mi', inMemory: true }), [
    'volumes',
    'qq',
    'size',
  ]),
  inService('capacity/node_disk', 'a volume larger than a disk', scratch({ size: '9Ti' }), ['volumes', 'qq', 'size']),
  inService(
    'capacity/unreachable_target',
    'more cpu than the limit',
    {
      ...HTTP,
      autoscaling: { minReplicas: 2, maxReplicas: 3, cpuPercent: 200 },
      resources: { requests: { cpu: '1m', memory: '1Mi' }, limits: { cpu: '2m' } },
    },
    ['autoscaling', 'cpuPercent'],
    { maybe: CROWDED },
  ),
  inService(
    'capacity/unreachable_target',
    'as much memory as the limit',
    { ...HTTP, autoscaling: { minReplicas: 2, maxReplicas: 3, memoryPercent: 100 } },
    ['autoscaling', 'memoryPercent'],
    { maybe: CROWDED },
  ),
  inService(
    'capacity/zone_loss',
    'two nodes of three in one zone',
    { ...TWO, pool: 'qqzones', resources: { requests: { cpu: '2' } } },
    [],
    {
      ...production,
      where: ({ environment }) => roomIn(environment) >= 3,
      puts: ({ here }) => [
        [
          ['environments', here, 'cluster', 'nodePools', 'qqzones'],
          { size: 'Standard_D4s_v5', nodes: 3, zones: ['1', '2'] },
        ],
      ],
      elsewhere: ({ here }) => ['environments', here, 'cluster', 'nodePools', 'qqzones', 'nodes'],
      touches: ({ here }) => [['environments', here, 'network']],
    },
  ),
  ofSystemPool('capacity/small_system_pool', 'one node for the system', 'nodes', 1, {
    where: ({ nodes }) => (typeof nodes === 'number' ? nodes : nodes.min) > 1,
    maybe: CROWDED,
  }),
  ofSystemPool('capacity/small_system_pool', 'two cores for the system', 'size', 'Standard_D2s_v5', {
    where: ({ size, maxPods }) =>
      (allocatable(size, maxPods ?? defaults.POOL.maxPods)?.cpuMillicores ?? Number.POSITIVE_INFINITY) > 2000,
    maybe: [...CROWDED, 'services/fits_pool'],
  }),
  ofSystemPool('capacity/single_zone', 'one zone for the system', 'zones', ['2'], {
    where: ({ zones }) => zones === undefined || zones.length > 1,
    maybe: ['services/unspread'],
  }),
  inEnvironment(
    'capacity/unknown_size',
    'a size that nobody knows',
    () => ({ 'cluster.nodePools.qqsize': { size: 'Standard_QQ1', nodes: 0 } }),
    'cluster.nodePools.qqsize.size',
  ),
  // probes and ends
  inService(
    'services/eager_liveness',
    'a second until a restart',
    { probes: { liveness: { command: ['true'], periodSeconds: 1, failureThreshold: 1 } } },
    ['probes', 'liveness'],
    production,
  ),
  inService(
    'services/liveness_like_readiness',
    'one probe twice',
    { probes: { liveness: { command: ['true'] }, readiness: { command: ['true'] } } },
    ['probes', 'liveness'],
    production,
  ),
  inService(
    'services/abrupt_stop',
    'a host and no wait',
    { ...TWO, hosts: { qqhost3: {} }, shutdown: { preStopSeconds: 0 } },
    ['shutdown', 'preStopSeconds'],
    { ...production, maybe: CROWDED },
  ),
  inService('services/unspread', 'two replicas wherever', { ...TWO, spread: null }, ['spread'], {
    ...production,
    maybe: CROWDED,
  }),
  inService('services/unchecked_worker', 'a worker that nobody looks at', { replicaCount: 1, resources: NO_POD }, [], {
    ...production,
    maybe: CROWDED,
  }),
  inService(
    'services/writable_root',
    'a root file system to write to',
    { security: { readOnlyRootFilesystem: false } },
    ['security', 'readOnlyRootFilesystem'],
    production,
  ),
  // what is stopped
  inService(
    'services/calls_stopped',
    'a call of what is stopped',
    ({ beside }) => ({ kind: 'releaseJob', envs: { A_VALUE: { service: beside, get: 'url' } } }),
    [],
    { beside: { ports: { http: 80 } } },
  ),
  inService(
    'services/stopped_public',
    'a host of no pod',
    { ...HTTP, hosts: { qqhost4: {} }, replicaCount: 0 },
    ['replicaCount'],
    production,
  ),
  // jobs
  inService(
    'services/overlapping_schedule',
    'an hour every five minutes',
    scheduled({ cron: '*/5 * * * *', concurrency: 'Allow' }),
    ['schedule', 'concurrency'],
    production,
  ),
  inService('services/impossible_schedule', 'the 30th of February', scheduled({ cron: '0 0 30 2 *' }), [
    'schedule',
    'cron',
  ]),
  inService(
    'services/suspended_job',
    'a job that is suspended',
    scheduled({ suspended: true }),
    ['schedule', 'suspended'],
    production,
  ),
  inService(
    'services/no_history',
    'a failure that is not kept',
    scheduled({ failedHistory: 0 }),
    ['schedule', 'failedHistory'],
    production,
  ),
  inService(
    'services/repeated_migration',
    'a release job twice',
    released({ backoffLimit: 1 }),
    ['job', 'backoffLimit'],
    production,
  ),
  inService(
    'services/long_release',
    'a release of two hours',
    released({ deadlineSeconds: 7200 }),
    ['job', 'deadlineSeconds'],
    production,
  ),
  // extra manifests
  inService('services/privileged_manifest', 'the network of the node', pod({ hostNetwork: true }, LIMITED), [
    ...FIRST,
    'hostNetwork',
  ]),
  inService(
    'services/privileged_manifest',
    'a path of the node',
    pod({ volumes: [{ name: 'a', hostPath: { path: '/' } }] }, LIMITED),
    [...FIRST, 'volumes', 0, 'hostPath'],
  ),
  inService(
    'services/privileged_manifest',
    'a privileged container',
    pod({}, { ...LIMITED, securityContext: { privileged: true } }),
    [...FIRST, 'containers', 0, 'securityContext', 'privileged'],
  ),
  inService(
    'services/privileged_manifest',
    'a capability of an extra container',
    pod({}, { ...LIMITED, securityContext: { capabilities: { add: ['SYS_TIME'] } } }),
    [...FIRST, 'containers', 0, 'securityContext', 'capabilities', 'add', 0],
  ),
  inService('services/unlimited_manifest', 'a container without limits', pod({}), [...FIRST, 'containers', 0]),
];

type Environment = Situation['environment'];
type Pool = Environment['cluster']['nodePools'][string];

/** Something of production's system pool. @param where whether the pool is not so already */
function ofSystemPool(
  code: string,
  name: string,
  field: keyof Pool & string,
  value: unknown,
  { where, maybe }: { where: (pool: Pool) => boolean; maybe: readonly string[] },
): Mistake {
  return inEnvironment(
    code,
    name,
    ({ environment: { tier, cluster } }) => {
      const pool = cluster.nodePools[cluster.systemPool];
      return tier === 'production' && pool && where(pool)
        ? { [`cluster.nodePools.${cluster.systemPool}.${field}`]: value }
        : undefined;
    },
    ({ environment: { cluster } }) => ['cluster', 'nodePools', cluster.systemPool, field],
    { maybe },
  );
}

/** A pool that scales, and its most nodes. */
function scalingPool({ cluster }: Environment): [string, number] | undefined {
  for (const [name, { nodes }] of Object.entries(cluster.nodePools))
    if (typeof nodes === 'object' && nodes.min < nodes.max) return [name, nodes.max];
  return undefined;
}

/** How many nodes more the ranges of an environment have room for. */
function roomIn({ network, cluster }: Environment): number {
  const nodes = Object.values(cluster.nodePools).map(({ nodes }) => (typeof nodes === 'number' ? nodes : nodes.max));
  const bits = (cidr: string, of: number) => 2 ** (of - (parseCidr(cidr)?.prefix ?? of));
  return (
    Math.min(bits(network.nodeSubnet, 32) - 5, bits(network.podRange, 24)) - nodes.reduce((sum, one) => sum + one, 1)
  );
}
