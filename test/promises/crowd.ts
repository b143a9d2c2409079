import fc from 'fast-check';
import { parse } from 'yaml';
import type { PlatformInput } from '../../lib/config/schema.ts';
import type { Output } from '../../lib/pipeline.ts';
import { acme } from '../acme.ts';
import { nodesFor, type Pods, type Room } from './placing.ts';

const MACHINES: Readonly<Record<string, readonly [cores: number, gib: number]>> = {
  Standard_D2s_v5: [2, 8],
  Standard_D4s_v5: [4, 16],
  Standard_F4s_v2: [4, 8],
  Standard_E4s_v5: [4, 32],
};

const MIB = 2 ** 20;

/** What Azure leaves of a machine for pods. @see Microsoft, "Resource reservations in AKS" */
function roomOf(size: string, maxPods: number): Room {
  const [machine, gib] = MACHINES[size] as readonly [number, number];
  const kept = Math.min(20 * maxPods + 50, gib * 256) + 100;
  return {
    // AKS' own pods, by an estimate: 300m and 500 MiB, ten of them
    cpu: machine * 1000 - (machine === 2 ? 100 : 140) - 300,
    memory: Math.floor(gib * 1024 * 0.96 - kept - 500) * MIB,
    pods: maxPods - 10,
  };
}

const CPUS = ['10m', '0.1', '400m', '800m', '1', '1500m', '1.2', '3', 'whole'];
const MEMORIES = ['16Mi', '512Mi', '1Gi', '2500Mi', '3G', '4.5Gi', '6Gi', 'whole'];

type Name = 'main' | 'batch';
type Service = Readonly<{
  kind: string;
  pool: Name;
  cpu: string;
  memory: string;
  fewest: number;
  most: number;
  scales: boolean;
}>;

const service = fc.record({
  kind: fc.constantFrom('deployment', 'deployment', 'deployment', 'scheduledJob', 'releaseJob', 'job before'),
  pool: fc.constantFrom<Name>('main', 'main', 'batch'),
  cpu: fc.nat(CPUS.length - 1),
  memory: fc.nat(MEMORIES.length - 1),
  fewest: fc.integer({ min: 2, max: 4 }),
  more: fc.integer({ min: 0, max: 12 }),
  scales: fc.boolean(),
});

/** Services whose pods fit on a node, and what a node has. */
const crowd = fc
  .record({
    size: fc.constantFrom(...Object.keys(MACHINES)),
    maxPods: fc.constantFrom(30, 60, 110),
    services: fc.array(service, { minLength: 1, maxLength: 8 }),
    // so many and so small that a node has no place for one more before it has no room
    isSmall: fc.constantFrom(false, false, true),
  })
  .map(({ size, maxPods: most, services, isSmall }) => {
    const maxPods = isSmall ? 30 : most;
    const room = roomOf(size, maxPods);
    const written = services.map(({ cpu, memory, fewest, more, scales, ...rest }): Service => {
      const replicas = isSmall ? fewest * 6 : fewest;
      return {
        ...rest,
        cpu: fitting(isSmall ? CPUS.slice(0, 2) : CPUS, cpu, `${room.cpu}m`, (text) => cpuOf(text) <= room.cpu),
        memory: fitting(
          isSmall ? MEMORIES.slice(0, 2) : MEMORIES,
          memory,
          `${room.memory / MIB}Mi`,
          (text) => memoryOf(text) <= room.memory,
        ),
        ...{ scales, fewest: replicas, most: scales ? replicas + more : replicas },
      };
    });
    return { size, maxPods, room, services: written };
  });

/** What is drawn of the words that fit; `whole` is all that a node has. */
function fitting(words: readonly string[], drawn: number, whole: string, fits: (text: string) => boolean): string {
  const fit = words.map((word) => (word === 'whole' ? whole : word)).filter(fits);
  return fit[drawn % fit.length] ?? whole;
}

/** Pods of several sorts on one pool, as if all services were deployments at their most. */
export const heaps: fc.Arbitrary<Readonly<{ room: Room; pods: readonly Pods[] }>> = fc.noBias(
  crowd.map(({ room, services }) => ({
    room,
    pods: services.map(({ cpu, memory, most }) => podsOf(cpu, memory, most)),
  })),
);

function deployed(services: readonly Service[], pool: Name, extent: 'fewest' | 'most'): Pods[] {
  return services
    .filter((one) => one.kind === 'deployment' && one.pool === pool)
    .map((one) => podsOf(one.cpu, one.memory, one[extent]));
}

const off = fc.constantFrom(-1, -1, 0, 0, 1);

/** A pod that asks for a little more than a node has: an error, and there are no documents. */
const larger = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.record({ service: fc.nat(), what: fc.constantFrom('cpu', 'memory') }) },
);

/**
 * Platforms near the edge, of one environment in production: deployments, scheduled jobs, release jobs that stand alone and ones that come
 * before a deployment, on two pools with about as many nodes as the deployments need at their most, or at their fewest with one lost.
 */
export const crowded: fc.Arbitrary<PlatformInput> = fc.noBias(
  fc
    .record({ crowd, main: off, batch: off, extent: fc.constantFrom('most', 'fewest'), larger })
    .map(({ crowd: { size, maxPods, room, services }, main, batch, extent, larger }) => {
      const spare = extent === 'most' ? 0 : 1;
      const nodes = (pool: Name, off: number) =>
        Math.max(1, nodesFor(deployed(services, pool, extent), room).nodes + spare + off);
      const enlarged = services.map((one, index) =>
        larger && index === larger.service % services.length ? { ...one, ...largerThan(room, larger.what) } : one,
      );
      return platformOf(enlarged, {
        main: { size, maxPods, nodes: nodes('main', main) },
        batch: { size, maxPods, nodes: { min: 0, max: nodes('batch', batch) }, dedicated: true },
      });
    }),
);

function largerThan(room: Room, what: string): Partial<Service> {
  return what === 'cpu' ? { cpu: `${room.cpu + 1}m` } : { memory: `${room.memory / MIB + 1}Mi` };
}

function platformOf(services: readonly Service[], nodePools: object): PlatformInput {
  const platform = acme();
  delete platform.environments.green;
  const blue = platform.environments.blue as NonNullable<typeof platform.environments.blue>;
  delete blue.databases;
  Object.assign(blue.cluster, { nodePools });
  const written = services.map((one, index) => [`s${index}`, asWritten(one, services)]);
  return { ...platform, services: Object.fromEntries(written) } as PlatformInput;
}

/** A service as a person would write it. A job comes before the first deployment, where there is one. */
function asWritten(
  { kind, cpu, memory, fewest, most, scales, pool }: Service,
  all: readonly Service[],
): Readonly<Record<string, unknown>> {
  const deployment = all.findIndex((one) => one.kind === 'deployment');
  const common = { resources: { requests: { cpu, memory } }, ...(pool === 'batch' && { pool }) };
  if (kind === 'scheduledJob') return { kind, image: 'shop', schedule: { cron: '@daily' }, ...common };
  if (kind === 'job before' && deployment >= 0) return { kind: 'releaseJob', before: `s${deployment}`, ...common };
  if (kind !== 'deployment') return { kind: 'releaseJob', image: 'shop', ...common };
  const replicas = scales ? { autoscaling: { minReplicas: fewest, maxReplicas: most } } : { replicaCount: fewest };
  return { image: 'shop', ...replicas, ...common };
}

/** Every pod that asks for more than an empty node of its pool has, as `<service> <quantity>`, sorted. */
export function largePodsOf({ environments, services }: PlatformInput): string[] {
  const pools = environments.blue?.cluster.nodePools ?? {};
  return Object.entries(services)
    .flatMap(([name, { pool, resources }]) => {
      const { size = '', maxPods = 0 } = pools[pool ?? 'main'] ?? {};
      const room = roomOf(size, maxPods);
      const pod = podsOf(resources?.requests?.cpu ?? '', resources?.requests?.memory ?? '', 1);
      return (['cpu', 'memory'] as const).filter((what) => pod[what] > room[what]).map((what) => `${name} ${what}`);
    })
    .sort();
}

function podsOf(cpu: string, memory: string, count: number): Pods {
  return { cpu: cpuOf(cpu), memory: memoryOf(memory), count };
}

function cpuOf(text: string): number {
  return text.endsWith('m') ? Number(text.slice(0, -1)) : Math.round(Number(text) * 1000);
}

function memoryOf(text: string): number {
  const [, number, unit = ''] = /^([\d.]+)(\w*)$/.exec(text) ?? [];
  return Number(number) * ({ Mi: MIB, Gi: 1024 * MIB, G: 1e9 }[unit] ?? Number.NaN);
}

/** What one document says of pods: `most` and `fewest` of a deployment, one at a time of a job. */
export type Group = Readonly<{
  isJob: boolean;
  pool: string;
  cpu: number;
  memory: number;
  fewest: number;
  most: number;
  tolerates: readonly string[];
}>;
export type Pool = Readonly<{ nodes: number; room: Room; taints: readonly string[] }>;

/** What Kubernetes would read: nodes from what Terraform is given, pods from what Helm is. */
export function clusterOf(outputs: readonly Output[]): { pools: Map<string, Pool>; groups: Group[] } {
  const text = outputs.find(({ path }) => path.endsWith('/blue/cluster/inputs.generated.json'))?.text ?? '';
  const { default_agent_pool, agent_pools } = JSON.parse(text).inputs;
  const pools = [default_agent_pool, ...Object.values<Record<string, never>>(agent_pools)].map(
    (pool): [string, Pool] => [
      pool.name,
      {
        nodes: pool.max_count ?? pool.count_of,
        room: roomOf(pool.vm_size, pool.max_pods),
        taints: pool.node_taints ?? [],
      },
    ],
  );
  const values = outputs.filter(({ kind }) => kind === 'values').map(({ text }) => parse(text) as Values);
  return { pools: new Map(pools), groups: values.flatMap(groupsOf) };
}

/** The part of a values file that is about pods. */
type Values = Readonly<{
  kind: string;
  releaseJobs?: Readonly<Record<string, Omit<Values, 'kind'>>>;
  scheduling: { nodeSelector: { agentpool: string }; tolerations?: Readonly<Record<string, string>>[] };
  resources: { requests: { cpu: string; memory: string } };
  replicaCount?: number;
  autoscaling?: { minReplicas: number; maxReplicas: number };
}>;

/** The values of a job that comes before a deployment are among those of the deployment. */
function groupsOf(values: Values): Group[] {
  const { kind, releaseJobs, scheduling, resources, replicaCount, autoscaling } = values;
  if (releaseJobs) return Object.values(releaseJobs).flatMap((job) => groupsOf({ ...job, kind: 'releaseJob' }));
  const isJob = kind !== 'deployment';
  const { cpu, memory } = podsOf(resources.requests.cpu, resources.requests.memory, 1);
  return [
    {
      ...{ isJob, cpu, memory },
      pool: scheduling.nodeSelector.agentpool,
      fewest: isJob ? 1 : (replicaCount ?? autoscaling?.minReplicas ?? Number.NaN),
      most: isJob ? 1 : (replicaCount ?? autoscaling?.maxReplicas ?? Number.NaN),
      tolerates: (scheduling.tolerations ?? []).map(({ key, value, effect }) => `${key}=${value}:${effect}`),
    },
  ];
}
