import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nodesNeeded } from '../../lib/model/packing.ts';

const room = { cpuMillicores: 1000, bytes: 1000, pods: 20 };
const pods = (cpuMillicores: number, bytes: number, count: number) => ({ cpuMillicores, bytes, count });

test('nothing needs no node', () => {
  assert.equal(nodesNeeded([], room), 0);
  assert.equal(nodesNeeded([pods(100, 100, 0)], room), 0);
});

test('what is more than half a node needs a node each, however much the sums leave', () => {
  assert.equal(nodesNeeded([pods(600, 1, 3)], room), 3);
  assert.equal(nodesNeeded([pods(1, 600, 3)], room), 3);
});

test('smaller pods fill what larger ones leave', () => {
  assert.equal(nodesNeeded([pods(400, 1, 2), pods(600, 1, 2)], room), 2);
  assert.equal(nodesNeeded([pods(400, 1, 3), pods(600, 1, 2)], room), 3);
});

test('a node takes so many pods and no more, however small they are', () => {
  assert.equal(nodesNeeded([pods(1, 1, 20)], room), 1);
  assert.equal(nodesNeeded([pods(1, 1, 21)], room), 2);
  assert.equal(nodesNeeded([pods(0, 0, 41)], room), 3);
});

test('a pod that no node has room for is left out', () => {
  assert.equal(nodesNeeded([pods(1001, 1, 5), pods(1, 1001, 5), pods(500, 1, 2)], room), 1);
});

test('it is never less than the sums ask for, nor more than a node for each pod', () => {
  const some = fc.array(
    fc.record({
      cpuMillicores: fc.integer({ min: 0, max: 1000 }),
      bytes: fc.integer({ min: 0, max: 1000 }),
      count: fc.integer({ min: 0, max: 9 }),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(some, (all) => {
      const needed = nodesNeeded(all, room);
      const sum = (key: 'cpuMillicores' | 'bytes') => all.reduce((total, pod) => total + pod[key] * pod.count, 0);
      const count = all.reduce((total, pod) => total + pod.count, 0);
      assert.ok(needed >= Math.ceil(Math.max(sum('cpuMillicores') / 1000, sum('bytes') / 1000, count / 20)));
      assert.ok(needed <= count);
    }),
  );
});

test('a pod as large as a node has a node of its own', () => {
  assert.equal(nodesNeeded([pods(1000, 1, 2), pods(1, 1000, 1)], room), 3);
  assert.equal(nodesNeeded([pods(1, 1, 1)], { ...room, pods: 0 }), 0);
});
