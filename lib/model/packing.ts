import { ownPods } from './capacity.ts';
import type { Pool, Service } from './model.ts';
import { bytes, millicores } from './quantities.ts';

/** Nodes of a pool that its deployments need. @returns `null` for a machine size that nobody knows */
export function nodesNeededOf(
  { name, allocatable, maxPods }: Pool,
  services: readonly Service[],
): { fewest: number; most: number } | null {
  if (allocatable === null) return null;
  const { cpuMillicores, memoryMib } = allocatable;
  const room = { cpuMillicores, bytes: memoryMib * 2 ** 20, pods: maxPods - ownPods(maxPods) };
  const here = services.filter(({ kind, scheduling }) => kind === 'deployment' && scheduling.pool === name);
  const needed = (extent: 'minReplicas' | 'maxReplicas') =>
    nodesNeeded(
      here.map(({ resources: { requests }, replicaCount, autoscaling }) => ({
        cpuMillicores: millicores(requests.cpu),
        bytes: bytes(requests.memory),
        count: autoscaling?.[extent] ?? replicaCount ?? 0,
      })),
      room,
    );
  return { fewest: needed('minReplicas'), most: needed('maxReplicas') };
}

/** Pods alike, and how many of them there are. */
export type Pods = Readonly<{ cpuMillicores: number; bytes: number; count: number }>;

/** What one node has for pods. */
export type Room = Readonly<{ cpuMillicores: number; bytes: number; pods: number }>;

/**
 * How many nodes pods need at most: so many are enough when they are placed one after the other, the largest first, each on the first node
 * that has room for it. It is at most a fifth more than the best packing, and sums of requests would say less: three pods of 60 % of a
 * node need three nodes and not two.
 *
 * A pod that is larger than a node is left out: no number of nodes is enough for it.
 */
export function nodesNeeded(all: readonly Pods[], room: Room): number {
  const nodes: { cpuMillicores: number; bytes: number; pods: number }[] = [];
  const share = (pod: Pods) => Math.max(pod.cpuMillicores / room.cpuMillicores, pod.bytes / room.bytes);
  const placeable = all.filter((pod) => share(pod) <= 1 && room.pods > 0);
  for (const pod of placeable.sort((a, b) => share(b) - share(a) || b.bytes - a.bytes)) {
    let left = pod.count;
    const place = (node: (typeof nodes)[number]): void => {
      const placed = Math.min(
        left,
        node.pods,
        times(node.cpuMillicores, pod.cpuMillicores),
        times(node.bytes, pod.bytes),
      );
      node.cpuMillicores -= placed * pod.cpuMillicores;
      node.bytes -= placed * pod.bytes;
      node.pods -= placed;
      left -= placed;
    };
    for (const node of nodes) if (left > 0) place(node);
    while (left > 0) {
      const node = { ...room };
      nodes.push(node);
      place(node);
    }
  }
  return nodes.length;
}

function times(available: number, requested: number): number {
  return requested === 0 ? Number.POSITIVE_INFINITY : Math.floor(available / requested);
}
