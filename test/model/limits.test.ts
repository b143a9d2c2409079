import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlatformInput } from '../../lib/config/schema.ts';
import type { Finding } from '../../lib/finding/finding.ts';
import { normalise } from '../../lib/model/normalise.ts';
import { acme } from '../acme.ts';

/** What is just within a limit, and just outside of it. */

type Loose = Record<string, unknown>;
type Configuration = Record<
  'blue' | 'green',
  { network: Loose; cluster: Loose & { nodePools: Record<string, Loose> } }
>;

function found(change: (environments: Configuration, services: Record<string, Loose>) => void): Finding[] {
  const platform = acme();
  change(platform.environments as unknown as Configuration, platform.services as unknown as Record<string, Loose>);
  return normalise(platform as unknown as PlatformInput, () => undefined).findings;
}

const systemPool = (pool: Loose) =>
  found(({ green }) => void Object.assign(green.cluster.nodePools.main as Loose, pool));
const network = (ranges: Loose) => found(({ green }) => void Object.assign(green.network, ranges));
const said = (findings: readonly Finding[]) =>
  findings.map(({ message, expected, help }) => ({ message, ...(expected && { expected }), ...(help && { help }) }));

test('a system pool may begin with one node, and take thirty pods on it', () => {
  for (const pool of [{ nodes: 1 }, { nodes: { min: 1, max: 1 } }, { maxPods: 30 }])
    assert.deepEqual(systemPool(pool), []);
  const expected = 'at least one node, at least 30 pods a node, and room for pods that tolerate nothing';
  for (const [pool, what] of [
    [{ nodes: 0 }, 'may have no node'],
    [{ nodes: { min: 0, max: 3 } }, 'may have no node'],
    [{ maxPods: 29 }, 'takes 29 pods a node'],
    [{ maxPods: 29, nodes: 1 }, 'takes 29 pods a node'],
    [{ dedicated: true }, 'is dedicated'],
  ] as const)
    assert.deepEqual(
      said(systemPool(pool)).filter((one) => one.expected === expected),
      [{ message: `the node pool \`main\` is the system pool, and ${what}`, expected }],
    );
});

test('a pool may scale from a number to itself, and not downwards', () => {
  assert.deepEqual(systemPool({ nodes: { min: 3, max: 3 } }), []);
  assert.deepEqual(said(systemPool({ nodes: { min: 3, max: 2 } })), [
    { message: 'the node pool `main` scales from 3 to 2 nodes', expected: '`min` not above `max`' },
  ]);
});

test('a range of services has a prefix from /13 to /28', () => {
  for (const serviceRange of ['10.248.0.0/13', '10.250.0.0/28']) assert.deepEqual(network({ serviceRange }), []);
  for (const prefix of [12, 29])
    assert.deepEqual(said(network({ serviceRange: `10.240.0.0/${prefix}` })), [
      {
        message: `\`serviceRange\` 10.240.0.0/${prefix} has a prefix of /${prefix}`,
        expected: 'a range from /13 to /28',
      },
    ]);
});

test('ranges may touch, and not overlap', () => {
  // 10.10.0.0 to 10.10.3.255, and right behind it; 10.64.0.0 to 10.64.255.255, and right behind it
  assert.deepEqual(network({ databaseSubnet: '10.10.4.0/24', serviceRange: '10.65.0.0/20' }), []);
  assert.deepEqual(network({ podRange: '10.11.0.0/16' }), []);
  for (const [ranges, message] of [
    [{ databaseSubnet: '10.10.3.0/24' }, '`databaseSubnet` 10.10.3.0/24 overlaps `nodeSubnet` 10.10.0.0/22'],
    [{ serviceRange: '10.64.240.0/20' }, '`serviceRange` 10.64.240.0/20 overlaps `podRange` 10.64.0.0/16'],
    [{ serviceRange: '10.10.240.0/20' }, '`serviceRange` 10.10.240.0/20 overlaps `addressSpace` 10.10.0.0/16'],
    [{ podRange: '10.10.128.0/17' }, '`podRange` 10.10.128.0/17 overlaps `addressSpace` 10.10.0.0/16'],
  ] as const)
    assert.deepEqual(said(network(ranges)), [{ message, expected: 'ranges apart from each other' }]);
});

test('subnets lie inside of the address space, from its first address to its last', () => {
  assert.deepEqual(network({ nodeSubnet: '10.10.252.0/22', databaseSubnet: '10.10.0.0/24' }), []);
  for (const nodeSubnet of ['10.9.252.0/22', '10.11.0.0/22'])
    assert.deepEqual(said(network({ nodeSubnet })), [
      {
        message: `\`nodeSubnet\` ${nodeSubnet} lies outside of the address space 10.10.0.0/16`,
        expected: 'a range inside of 10.10.0.0/16',
      },
    ]);
});

test('databases want a subnet of their own', () => {
  assert.deepEqual(said(network({ databaseSubnet: undefined })), [
    {
      message: 'the environment has databases, and its network has no `databaseSubnet`',
      expected: 'a subnet of the address space for the databases alone',
      help: 'add `databaseSubnet`',
    },
  ]);
});

test('each node has an address and a range of pods, and one more has during an upgrade', () => {
  // 3 nodes of `main`, 5 of `batch`, and one more
  assert.deepEqual(network({ nodeSubnet: '10.10.0.0/28', podRange: '10.64.0.0/20' }), []);
  const nodes = (count: number) =>
    found(({ green }) => {
      Object.assign(green.network, { nodeSubnet: '10.10.0.0/28', podRange: '10.64.0.0/20' });
      Object.assign(green.cluster.nodePools.main as Loose, { nodes: count });
    });
  assert.deepEqual(nodes(5), []); // 16 addresses, of which Azure keeps 5
  assert.deepEqual(said(nodes(6)), [
    {
      message: '`nodeSubnet` 10.10.0.0/28 has addresses for 11 nodes, and the pools may have 12 at once',
      expected: 'a larger range: an address for each node and for one more during an upgrade, and 5 that Azure keeps',
    },
  ]);
});
