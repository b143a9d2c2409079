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
 * that has room for it. What is large is asked in four ways, and the best answer is taken: pods of much CPU and pods of much memory share
 * nodes in one of them and not in another. Of random heaps of pods, one in 25 is said to need a node more than it does
 * (`test/promises/fit.test.ts`). Sums of requests would say less: three pods of 60 % of a node need three nodes and not two.
 *
 * A pod that is larger than a node is left out: no number of nodes is enough for it.
 */
export function nodesNeeded(all: readonly Pods[], room: Room): number {
  const cpu = (pod: Pods) => pod.cpuMillicores / room.cpuMillicores;
  const memory = (pod: Pods) => pod.bytes / room.bytes;
  const placeable = all.filter((pod) => Math.max(cpu(pod), memory(pod)) <= 1 && room.pods > 0);
  const total = (share: (pod: Pods) => number) => placeable.reduce((sum, pod) => sum + share(pod) * pod.count, 0);
  const shares = [cpu, memory, () => 1 / room.pods].map(total);
  // A sum of shares may be a rounding error above a whole number, and one node more would look like the fewest.
  const fewest = Math.ceil(Math.max(...shares) - 1e-9);
  let best = Number.POSITIVE_INFINITY;
  for (const size of [
    (pod: Pods) => Math.max(cpu(pod), memory(pod)),
    (pod: Pods) => cpu(pod) + memory(pod),
    memory,
    cpu,
  ]) {
    best = Math.min(best, nodesFilled(placeable, size, room));
    if (best <= fewest) break;
  }
  return best;
}

/** The nodes that have pods once they are placed, the largest first. */
function nodesFilled(pods: readonly Pods[], size: (pod: Pods) => number, room: Room): number {
  const nodes: { cpuMillicores: number; bytes: number; pods: number }[] = [];
  for (const pod of pods.toSorted((a, b) => size(b) - size(a) || b.bytes - a.bytes)) {
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
