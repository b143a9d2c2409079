import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allocatable, ownPods } from '../../lib/model/capacity.ts';

/** @see Microsoft, "Sizes for virtual machines in Azure" and "Resource reservations in AKS" */
const left: Readonly<Record<string, readonly [cpuMillicores: number, memoryMib: number]>> = {
  Standard_B2ms: [1600, 6614],
  Standard_B4ms: [3560, 14478],
  Standard_D2s_v5: [1600, 6614],
  Standard_D2as_v5: [1600, 6614],
  Standard_D2ds_v5: [1600, 6614],
  Standard_D4s_v5: [3560, 14478],
  Standard_D4as_v5: [3560, 14478],
  Standard_D4ds_v5: [3560, 14478],
  Standard_D8s_v5: [7520, 30207],
  Standard_D8as_v5: [7520, 30207],
  Standard_D8ds_v5: [7520, 30207],
  Standard_D16s_v5: [15440, 61664],
  Standard_D16ds_v5: [15440, 61664],
  Standard_E4s_v5: [3560, 30207],
  Standard_E8ds_v5: [7520, 61664],
  Standard_F4s_v2: [3560, 6614],
  Standard_F8s_v2: [7520, 14478],
};

for (const [size, [cpuMillicores, memoryMib]] of Object.entries(left))
  test(`what a node of ${size} has left for 30 pods`, () =>
    assert.deepEqual(allocatable(size, 30), { cpuMillicores, memoryMib }));

test('more pods leave less memory, and at least three quarters of it less what evicts', () => {
  assert.equal(allocatable('Standard_D4s_v5', 110)?.memoryMib, 12878);
  assert.equal(allocatable('Standard_D2s_v5', 250)?.memoryMib, 5216);
});

test('nothing is known of other sizes, nor of names that every object has', () => {
  for (const size of ['Standard_D4s_v9', 'constructor', '']) assert.equal(allocatable(size, 30), undefined);
});

test('a node runs some pods of its own', () => {
  assert.deepEqual([10, 19, 20, 30, 250].map(ownPods), [5, 9, 10, 10, 10]);
});
