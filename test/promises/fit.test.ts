// What the model calls schedulable can be placed: pods on their pools with what Kubernetes reserves taken off, at the largest size that
// autoscaling may reach, and in production with one node lost.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Output } from '../../lib/pipeline.ts';
import { acme } from '../acme.ts';
import { compiled } from '../platforms/compiled.ts';
import { holds } from '../platforms/holds.ts';
import { asTypeScript } from '../platforms/text.ts';

/** Platforms near the edge: few nodes, and services that nearly fill them. */
const crowded = fc
  .record({
    nodes: fc.integer({ min: 1, max: 6 }),
    batch: fc.integer({ min: 1, max: 4 }),
    size: fc.constantFrom('Standard_D2s_v5', 'Standard_D4s_v5', 'Standard_F4s_v2', 'Standard_E4s_v5'),
    maxPods: fc.constantFrom(30, 60, 110),
    services: fc.array(
      fc.record({
        cpu: fc.constantFrom('10m', '0.1', '400m', '800m', '1', '1500m', '1.2', '3'),
        memory: fc.constantFrom('16Mi', '512Mi', '1Gi', '2500Mi', '3G', '4.5Gi', '6Gi'),
        fewest: fc.integer({ min: 2, max: 4 }),
        more: fc.integer({ min: 0, max: 12 }),
        scales: fc.boolean(),
        onBatch: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ nodes, batch, size, maxPods, services }) => {
    const platform = acme();
    delete platform.environments.green;
    const blue = platform.environments.blue as NonNullable<typeof platform.environments.blue>;
    delete blue.databases;
    const { cluster } = blue;
    cluster.nodePools = {
      main: { size, nodes, maxPods },
      batch: { size, nodes: { min: 0, max: batch }, maxPods, dedicated: true },
    };
    platform.services = Object.fromEntries(
      services.map(({ cpu, memory, fewest, more, scales, onBatch }, index) => [
        `s${index}`,
        {
          image: 'shop',
          resources: { requests: { cpu, memory } },
          ...(onBatch && { pool: 'batch' }),
          ...(scales ? { autoscaling: { minReplicas: fewest, maxReplicas: fewest + more } } : { replicaCount: fewest }),
        },
      ]),
    ) as unknown as typeof platform.services;
    return platform;
  });

test('where nothing is said against it, every pod finds a node', async (t) => {
  let placed = 0;
  let refused = 0;
  await holds(
    crowded,
    async (platform) => {
      const { outputs, findings } = await compiled(platform);
      // A pod that is larger than a node is an error, and then there are no documents.
      assert.ok(outputs || findings.some(({ code }) => code === 'services/fits_pool'));
      if (!outputs) return;
      const said = new Set(
        findings.flatMap(({ code, path }) => (code.startsWith('capacity/') ? [`${code} ${path?.[4]}`] : [])),
      );
      const { pools, pods } = clusterOf(outputs);
      for (const [name, pool] of pools) {
        const here = pods.filter((pod) => pod.pool === name);
        if (here.length === 0) continue;
        const isOvercommitted = said.has(`capacity/pool_overcommit ${name}`);
        if (isOvercommitted) refused++;
        else {
          placed++;
          assert.ok(
            canBePlaced(
              here.flatMap((pod) => times(pod, pod.most)),
              pool,
              pool.nodes,
            ),
            `${name}, at its largest`,
          );
        }
        if (!said.has(`capacity/node_loss ${name}`))
          assert.ok(
            canBePlaced(
              here.flatMap((pod) => times(pod, pod.fewest)),
              pool,
              pool.nodes - 1,
            ),
            `${name}, with a node lost`,
          );
      }
    },
    { runs: 40, shown: asTypeScript },
  );
  t.diagnostic(`${placed} pools filled, ${refused} called too small`);
  assert.ok(placed > 5 && refused > 5);
});

type Pod = Readonly<{ pool: string; cpu: number; memory: number; fewest: number; most: number }>;
type Pool = Readonly<{ nodes: number; cpu: number; memory: number; pods: number }>;

/** What Kubernetes would read: nodes from what Terraform is given, pods from what Helm is. */
function clusterOf(outputs: readonly Output[]): { pools: Map<string, Pool>; pods: Pod[] } {
  const text = outputs.find(({ path }) => path.endsWith('/blue/cluster/inputs.generated.json'))?.text ?? '';
  const { default_agent_pool, agent_pools } = JSON.parse(text).inputs;
  const pools = new Map(
    [default_agent_pool, ...Object.values<Record<string, never>>(agent_pools)].map((pool): [string, Pool] => [
      pool.name,
      { nodes: pool.max_count ?? pool.count_of, ...roomOf(pool.vm_size, pool.max_pods) },
    ]),
  );
  const pods = outputs
    .filter(({ kind }) => kind === 'values')
    .map(({ text }) => parse(text))
    .map(({ scheduling, resources, replicaCount, autoscaling }) => ({
      pool: scheduling.nodeSelector.agentpool,
      cpu: cores(resources.requests.cpu),
      memory: mebibytes(resources.requests.memory),
      fewest: replicaCount ?? autoscaling.minReplicas,
      most: replicaCount ?? autoscaling.maxReplicas,
    }));
  return { pools, pods };
}

const MACHINES: Readonly<Record<string, readonly [cores: number, gib: number]>> = {
  Standard_D2s_v5: [2, 8],
  Standard_D4s_v5: [4, 16],
  Standard_F4s_v2: [4, 8],
  Standard_E4s_v5: [4, 32],
};

/** Cores and GiB of a machine, and the share of both that Azure keeps. @see Microsoft, "Resource reservations in AKS" */
function roomOf(size: string, maxPods: number): Omit<Pool, 'nodes'> {
  const [machine, gib] = MACHINES[size] as readonly [number, number];
  const kept = Math.min(20 * maxPods + 50, gib * 256) + 100;
  return {
    // AKS' own pods, by an estimate: 300m and 500 MiB, ten of them
    cpu: machine - (machine === 2 ? 0.1 : 0.14) - 0.3,
    memory: gib * 1024 * 0.96 - kept - 500,
    pods: maxPods - 10,
  };
}

function cores(text: string): number {
  return text.endsWith('m') ? Number(text.slice(0, -1)) / 1000 : Number(text);
}

function mebibytes(text: string): number {
  const [, number, unit = ''] = /^([\d.]+)(\w*)$/.exec(text) ?? [];
  return Number(number) * ({ Mi: 1, Gi: 1024, G: 1e9 / 2 ** 20 }[unit] ?? Number.NaN);
}

function times(pod: Pod, count: number): Pod[] {
  return Array.from({ length: count }, () => pod);
}

/** Whether somebody who looks for the fullest node with room, in one of several orders, finds a place for each. */
function canBePlaced(pods: readonly Pod[], pool: Pool, count: number): boolean {
  const orders: ((a: Pod, b: Pod) => number)[] = [
    (a, b) => Math.max(b.cpu / pool.cpu, b.memory / pool.memory) - Math.max(a.cpu / pool.cpu, a.memory / pool.memory),
    (a, b) => b.cpu / pool.cpu + b.memory / pool.memory - (a.cpu / pool.cpu + a.memory / pool.memory),
    (a, b) => b.memory - a.memory,
    (a, b) => b.cpu - a.cpu,
  ];
  return orders.some((order) => [true, false].some((fullest) => isPlaced(pods.toSorted(order), pool, count, fullest)));
}

/** Fractions of a millicore and of a byte are no reason. */
const ROUNDING = 1e-6;

function isPlaced(pods: readonly Pod[], pool: Pool, count: number, fullest: boolean): boolean {
  const nodes = Array.from({ length: count }, () => ({ cpu: pool.cpu, memory: pool.memory, pods: pool.pods }));
  return pods.every((pod) => {
    const fitting = nodes.filter(
      (node) => node.cpu + ROUNDING >= pod.cpu && node.memory + ROUNDING >= pod.memory && node.pods > 0,
    );
    const node = fullest ? fitting.sort((a, b) => a.cpu - b.cpu)[0] : fitting[0];
    if (node === undefined) return false;
    node.cpu -= pod.cpu;
    node.memory -= pod.memory;
    node.pods -= 1;
    return true;
  });
}
