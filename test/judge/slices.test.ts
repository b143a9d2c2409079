import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lock, type ModelScope, policiesFolder } from '../../lib/judge/lock.ts';
import { slices } from '../../lib/judge/slices.ts';
import type { Model } from '../../lib/model/model.ts';
import { exampleModel } from '../example.ts';

/** The environments and services of each slice; a service with the environments it has there. */
function seen(scope: ModelScope, size = 200) {
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
  for (const scope of ['platform', 'service'] as const)
    assert.deepEqual(
      [...slices(empty, scope, 2)].map(({ services }) => services),
      [{}],
    );
});

test('a slice of services is not larger because there are more services than it has', () => {
  const sizes = [2, 400].map((count) => {
    const [first] = slices(modelOf(count), 'service', 2);
    return JSON.stringify(first).length;
  });
  assert.equal(sizes[0], sizes[1]);
});

/** The example with so many services instead, in all lists that know them. */
function modelOf(count: number): Model {
  const model = exampleModel();
  const { blue } = model.environments;
  const [[, shop], [, source], [push], [update], [identity]] = [
    Object.entries(model.services).at(-1) ?? [],
    Object.entries(model.sources)[0] ?? [],
    model.registry.pushedBy,
    blue?.delivery.updates ?? [],
    blue?.identities ?? [],
  ];
  assert.ok(blue && shop && source && push && update && identity);
  const names = Array.from({ length: count }, (_, index) => `shop-${String(index).padStart(3, '0')}`);
  const each = <Value>(value: Value) => names.map(() => value);
  return {
    ...model,
    registry: { ...model.registry, pushedBy: each(push) },
    sources: Object.fromEntries(names.map((name) => [name, source])),
    services: Object.fromEntries(names.map((name) => [name, shop])),
    environments: {
      blue: {
        ...blue,
        services: names,
        identities: each(identity),
        delivery: { ...blue.delivery, updates: each(update) },
      },
    },
  };
}

test('no rule of a service reads the lists that its slice has not, nor any library', () => {
  // In quotes it is a field of somebody else's.
  const lists = /(?<!")\b(sources|pushedBy|updates|identities)\b|(?<!\binput)\.services\b/;
  const { rules } = lock.parse(JSON.parse(readFileSync(new URL('policies.lock.json', policiesFolder), 'utf8')));
  const folders = rules.filter(({ scope }) => scope === 'service').map(({ id }) => id);
  const files = readdirSync(policiesFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.rego') && !path.endsWith('_test.rego'))
    .filter((path) => path.startsWith('lib/') || folders.some((folder) => path.startsWith(`${folder}/`)));
  assert.ok(files.length > folders.length);
  for (const file of files) {
    const code = readFileSync(new URL(file, policiesFolder), 'utf8').replaceAll(/^\s*#.*$|^package .*$/gm, '');
    assert.doesNotMatch(code, lists, file);
  }
});
