import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scope } from '../../lib/judge/lock.ts';
import { slices } from '../../lib/judge/slices.ts';
import { exampleModel } from '../example.ts';

/** The environments and services of each slice; a service with the environments it has there. */
function seen(scope: Scope, size = 200) {
  return [...slices(exampleModel(), scope, size)].map(({ environments, services }) => [
    Object.keys(environments),
    Object.values(services).map(({ name, environments }) => [name, ...Object.keys(environments)].join(' ')),
  ]);
}

test('a rule of the platform is given every environment and no service', () => {
  assert.deepEqual(seen('platform'), [[['blue', 'green'], []]]);
});

test('a rule of an environment is given one environment with its services', () => {
  assert.deepEqual(seen('environment'), [
    [['blue'], ['migrate blue', 'shop blue']],
    [['green'], ['cleanup green', 'shop green']],
  ]);
});

test('a rule of a service is given every environment with some services', () => {
  assert.deepEqual(seen('service', 2), [
    [
      ['blue', 'green'],
      ['cleanup green', 'migrate blue'],
    ],
    [['blue', 'green'], ['shop blue green']],
  ]);
});

test('a platform without services still has a slice', () => {
  const empty = { ...exampleModel(), services: {} };
  assert.deepEqual([...slices(empty, 'service', 2)], [empty]);
});
