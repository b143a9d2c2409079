/** Pods alike, and how many there are of them. */
export type Pods = Readonly<{ cpu: number; memory: number; count: number }>;

/** What a node has for pods: millicores, bytes and how many there may be. */
export type Room = Readonly<{ cpu: number; memory: number; pods: number }>;

/** Whether all pods find a place on so many nodes: found, shown to be impossible, or neither after a search that was long enough. */
export type Placing = 'placed' | 'impossible' | 'unknown';

/** How many ways to fill a node are tried: with so many, one of 3,000 pools near the edge stayed unknown. */
const MOST_STEPS = 5_000;

/**
 * Tries to place pods on nodes that are alike. A simple placer goes first: one pod after the other onto the fullest, or the first, node
 * with room, in several orders. Where it fails, sums of requests may show that nobody can; where they do not, all ways are tried.
 */
export function placing(all: readonly Pods[], room: Room, nodes: number): Placing {
  const pods = all.filter(({ count }) => count > 0);
  if (exceeds(pods, room, nodes)) return 'impossible';
  return isSimplyPlaced(pods, room, nodes) ? 'placed' : searched(pods, room, nodes);
}

/** The fewest nodes that are known to be enough, and whether fewer are known not to be. */
export function nodesFor(pods: readonly Pods[], room: Room): { nodes: number; isFewest: boolean } {
  let isFewest = true;
  for (let nodes = 0; ; nodes++) {
    const found = placing(pods, room, nodes);
    if (found === 'placed') return { nodes, isFewest };
    if (found === 'unknown') isFewest = false;
  }
}

/** Whether pods ask for more than all nodes have together, or one of them for more than a node has. */
function exceeds(pods: readonly Pods[], room: Room, nodes: number): boolean {
  const sum = (of: (pod: Pods) => number) => pods.reduce((total, pod) => total + of(pod) * pod.count, 0);
  return (
    pods.some(({ cpu, memory }) => cpu > room.cpu || memory > room.memory) ||
    sum(({ cpu }) => cpu) > room.cpu * nodes ||
    sum(({ memory }) => memory) > room.memory * nodes ||
    sum(() => 1) > room.pods * nodes
  );
}

function isSimplyPlaced(pods: readonly Pods[], room: Room, nodes: number): boolean {
  const orders = [
    (pod: Pods) => Math.max(pod.cpu / room.cpu, pod.memory / room.memory),
    (pod: Pods) => pod.cpu / room.cpu + pod.memory / room.memory,
    (pod: Pods) => pod.memory,
    (pod: Pods) => pod.cpu,
  ];
  const singly = (size: (pod: Pods) => number) =>
    pods.toSorted((a, b) => size(b) - size(a)).flatMap((pod) => Array.from({ length: pod.count }, () => pod));
  return orders.some((size) => [true, false].some((fullest) => isPlaced(singly(size), room, nodes, fullest)));
}

function isPlaced(pods: readonly Pods[], room: Room, count: number, fullest: boolean): boolean {
  const nodes = Array.from({ length: count }, () => ({ ...room }));
  return pods.every((pod) => {
    const fitting = nodes.filter((node) => node.cpu >= pod.cpu && node.memory >= pod.memory && node.pods > 0);
    const node = fullest ? fitting.sort((a, b) => a.cpu - b.cpu)[0] : fitting[0];
    if (node === undefined) return false;
    node.cpu -= pod.cpu;
    node.memory -= pod.memory;
    node.pods -= 1;
    return true;
  });
}

/** Fills one node after the other in every way that leaves no room for a pod more. */
function searched(pods: readonly Pods[], room: Room, nodes: number): Placing {
  const largest = (pod: Pods) => Math.max(pod.cpu / room.cpu, pod.memory / room.memory);
  const sorts = pods.toSorted((a, b) => largest(b) - largest(a));
  const failed = new Set<string>();
  let steps = 0;
  const fits = (left: readonly number[], nodes: number): boolean => {
    const rest = sorts.map((pod, sort) => ({ ...pod, count: left[sort] ?? 0 }));
    if (left.every((count) => count === 0)) return true;
    const state = `${nodes} ${left}`;
    if (failed.has(state) || exceeds(rest, room, nodes)) return false;
    // Whichever node the largest pod is on may as well be this one.
    const first = left.findIndex((count) => count > 0);
    const isDone = fillings(rest, room, first, (taken) => {
      if (++steps > MOST_STEPS) return false;
      return fits(
        left.map((count, sort) => count - (taken[sort] ?? 0)),
        nodes - 1,
      );
    });
    if (!isDone) failed.add(state);
    return isDone;
  };
  const isPossible = fits(
    sorts.map(({ count }) => count),
    nodes,
  );
  return isPossible ? 'placed' : steps > MOST_STEPS ? 'unknown' : 'impossible';
}

/**
 * Every way to fill a node, the fullest of large pods first, with at least one of the sort `first`.
 *
 * @param isGood told how many of each sort are taken; the first good one ends it
 */
function fillings(
  pods: readonly Pods[],
  room: Room,
  first: number,
  isGood: (taken: readonly number[]) => boolean,
): boolean {
  const taken = pods.map(() => 0);
  const fill = (sort: number, left: Room): boolean => {
    const pod = pods[sort];
    if (pod === undefined) return isFull(pods, taken, left) && isGood(taken);
    const most = Math.min(pod.count, left.pods, Math.floor(left.cpu / pod.cpu), Math.floor(left.memory / pod.memory));
    for (let count = most; count >= (sort === first ? 1 : 0); count--) {
      taken[sort] = count;
      if (
        fill(sort + 1, {
          cpu: left.cpu - count * pod.cpu,
          memory: left.memory - count * pod.memory,
          pods: left.pods - count,
        })
      )
        return true;
    }
    taken[sort] = 0;
    return false;
  };
  return fill(first, room);
}

/** Whether no pod more finds room: a node that has some is no better than the same one with another pod. */
function isFull(pods: readonly Pods[], taken: readonly number[], { cpu, memory, pods: places }: Room): boolean {
  return pods.every((pod, sort) => taken[sort] === pod.count || pod.cpu > cpu || pod.memory > memory || places === 0);
}
