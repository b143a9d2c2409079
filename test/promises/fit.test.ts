// What the model calls schedulable can be placed: pods on their pools with what Kubernetes reserves taken off, at the largest size that
// autoscaling may reach, and in production with one node lost. And what it calls too large is too large.
//
// Rules count the pods of deployments together: these are there at the same time, for as long as the platform runs. They count no
// pods of jobs, which come and go, and wait where there is no room: of a job, scheduled or of a release, they ask only that its pod fits
// on a node of its pool with nothing else on it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../lib/finding/finding.ts';
import { nodesNeeded } from '../../lib/model/packing.ts';
import { compiled } from '../platforms/compiled.ts';
import { holds } from '../platforms/holds.ts';
import { asTypeScript } from '../platforms/text.ts';
import { clusterOf, crowded, type Group, heaps, largePodsOf, type Pool } from './crowd.ts';
import { nodesFor, type Placing, type Pods, placing } from './placing.ts';

test('rules call too large what finds no node, and nothing else', async (t) => {
  const seen = { fits: 0, tooLarge: 0, cried: 0, unsure: 0, jobs: 0, largePods: 0 };
  await holds(
    crowded,
    async (platform) => {
      const { outputs, findings } = await compiled(platform);
      const large = largePodsOf(platform);
      assert.deepEqual(saidOfPods(findings), large, 'pods that are larger than a node');
      assert.equal(outputs === undefined, large.length > 0);
      seen.largePods += large.length;
      if (!outputs) return;
      const { pools, groups } = clusterOf(outputs);
      const said = new Set(findings.map(({ code, path }) => `${code} ${path?.[4]}`));
      for (const [name, pool] of pools) {
        const here = groups.filter((group) => group.pool === name);
        seen.jobs += jobsThatFit(here, pool);
        for (const { isSaid, found } of judgements(here, pool, name, said)) {
          if (!isSaid) assert.equal(found, 'placed', `${name} of ${pool.nodes} nodes, of which nothing is said`);
          seen.fits += Number(!isSaid && here.some(({ isJob }) => !isJob));
          seen.tooLarge += Number(isSaid);
          seen.cried += Number(isSaid && found === 'placed');
          seen.unsure += Number(found === 'unknown');
        }
      }
    },
    { runs: 34, shown: asTypeScript },
  );
  t.diagnostic(
    `pools: ${seen.fits} filled, ${seen.tooLarge} called too small, ${seen.cried} of them without need and ${seen.unsure} perhaps; ${seen.jobs} jobs; ${seen.largePods} pods larger than a node`,
  );
  // What a rule counts is enough and may be more than it takes: of 1,141 such findings so near the edge, 14 were for nothing.
  assert.ok(seen.cried <= 2 + seen.tooLarge / 20, `${seen.cried} of ${seen.tooLarge} pools have room for everything`);
  assert.ok(Math.min(seen.fits, seen.tooLarge, seen.jobs) > 5 && seen.largePods > 0);
});

/**
 * Of 4,000 heaps of up to eight sorts of pods, the model counted more nodes than it takes for 4 %, mostly one more: it places the largest
 * first, in four ways, and searches no further.
 */
const MOST_COUNTED_HIGH = 0.08;

test('the nodes that pods are said to need are enough, and seldom more than it takes', async (t) => {
  const seen = { heaps: 0, high: 0, worst: 0 };
  await holds(
    heaps,
    ({ room, pods }) => {
      const said = nodesNeeded(
        pods.map(({ cpu, memory, count }) => ({ cpuMillicores: cpu, bytes: memory, count })),
        { cpuMillicores: room.cpu, bytes: room.memory, pods: room.pods },
      );
      const { nodes, isFewest } = nodesFor(pods, room);
      assert.equal(placing(pods, room, said), 'placed', `on ${said} nodes`);
      assert.ok(
        said <= Math.max(nodes + 1, nodes * 1.5),
        `${said} nodes are said to be needed, and ${nodes} are enough`,
      );
      assert.ok(said >= nodes || !isFewest);
      seen.heaps++;
      seen.high += Number(said > nodes);
      seen.worst = Math.max(seen.worst, said / nodes);
    },
    { runs: 200 },
  );
  t.diagnostic(
    `${seen.high} of ${seen.heaps} are counted too high, by ${Math.round(seen.worst * 100 - 100)} % at most`,
  );
  assert.ok(seen.high <= seen.heaps * MOST_COUNTED_HIGH);
});

test('the placer finds what there is, and knows when there is nothing', () => {
  const room = { cpu: 1000, memory: 1000, pods: 20 };
  const pods = (cpu: number, memory: number, count: number) => ({ cpu, memory, count });
  // Two of 40 % on a node leave 20 %: only one of 40 % and two of 30 % fill one.
  assert.equal(placing([pods(400, 1, 2), pods(300, 1, 4)], room, 2), 'placed');
  // 90 % of two nodes is asked for, and no two of these are on one.
  assert.equal(placing([pods(600, 1, 3)], room, 2), 'impossible');
  assert.equal(placing([pods(600, 1, 1), pods(1, 600, 1)], room, 1), 'placed');
  assert.equal(placing([pods(1, 1, 21)], room, 1), 'impossible');
  assert.equal(placing([pods(1001, 1, 1)], room, 9), 'impossible');
  assert.equal(placing([pods(1, 1, 1)], room, 0), 'impossible');
  assert.deepEqual(nodesFor([pods(400, 1, 2), pods(300, 1, 4)], room), { nodes: 2, isFewest: true });
});

function saidOfPods(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ code }) => code === 'services/fits_pool')
    .map(({ path = [] }) => `${path[1]} ${path.at(-1)}`)
    .sort();
}

/** @returns how many jobs there are, each of which runs on a node with nothing else on it */
function jobsThatFit(groups: readonly Group[], { nodes, room }: Pool): number {
  const jobs = groups.filter(({ isJob }) => isJob);
  for (const job of jobs) assert.equal(placing([times(job, 1)], room, Math.min(nodes, 1)), 'placed', 'a job');
  return jobs.length;
}

/** What rules say of the deployments on a pool, and what is found of them. */
function judgements(
  groups: readonly Group[],
  { nodes, room, taints }: Pool,
  name: string,
  said: ReadonlySet<string>,
): { isSaid: boolean; found: Placing }[] {
  for (const { tolerates } of groups) assert.deepEqual(without(taints, tolerates), [], `taints of ${name}`);
  const deployments = groups.filter(({ isJob }) => !isJob);
  const judged = (code: string, extent: 'most' | 'fewest', left: number) => ({
    isSaid: said.has(`${code} ${name}`),
    found: placing(
      deployments.map((one) => times(one, one[extent])),
      room,
      left,
    ),
  });
  return [judged('capacity/pool_overcommit', 'most', nodes), judged('capacity/node_loss', 'fewest', nodes - 1)];
}

function times({ cpu, memory }: Group, count: number): Pods {
  return { cpu, memory, count };
}

function without(all: readonly string[], some: readonly string[]): string[] {
  return all.filter((one) => !some.includes(one));
}
