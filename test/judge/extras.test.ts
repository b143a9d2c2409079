import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import type { JsonObject } from '../../lib/json.ts';
import { judge } from '../../lib/judge/judge.ts';
import { values } from '../../lib/kinds/values/kind.ts';
import { render } from '../../lib/render/render.ts';
import { exampleModel, exampleModelWithReleaseJob } from '../example.ts';

type Property = Readonly<{ description?: string; $ref?: string; properties?: Record<string, Property> }>;

const schema = JSON.parse(
  readFileSync(new URL('../../lib/chart/values.schema.json', import.meta.url), 'utf8'),
) as Readonly<{ properties: Record<string, Property>; definitions: Record<string, Property> }>;
const { remedy } = JSON.parse(
  readFileSync(new URL('../../policies/policies.lock.json', import.meta.url), 'utf8'),
).rules.find(({ id }: { id: string }) => id === 'services/overridden_value');

/** What the chart's schema says to be for extra Helm values only, sorted. */
const extras = [
  ...namesOf(schema.properties),
  ...namesOf(schema.properties.autoscaling?.properties ?? {}).map((name) => `autoscaling.${name}`),
].sort();

function namesOf(properties: Record<string, Property>): string[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const { description } = property.$ref ? (schema.definitions[property.$ref.slice(14)] ?? {}) : property;
    return description?.endsWith('; extra Helm values only') ? [name] : [];
  });
}

/** What rules find in extra values of `blue`'s shop: paths inside of them. */
async function refused(extraHelmValues: JsonObject): Promise<string[]> {
  const model = exampleModel();
  const shop = model.services.shop?.environments.blue;
  assert.ok(shop);
  const services = { shop: { name: 'shop', environments: { blue: { ...shop, extraHelmValues } } } };
  const findings = await judge({ ...model, services });
  return findings
    .filter(({ code }) => code === 'services/overridden_value')
    .map(({ subject }) => subject.slice(5).join('.'))
    .sort();
}

test("extra Helm values may be what the chart's schema calls so, and nothing else of the chart", async () => {
  const keys = Object.keys(schema.properties);
  const inside = Object.keys(schema.properties.autoscaling?.properties ?? {});
  assert.deepEqual(await refused(Object.fromEntries(keys.map((key) => [key, 'x']))), without(keys));
  assert.deepEqual(
    await refused({ autoscaling: Object.fromEntries(inside.map((key) => [key, 1])) }),
    without(inside.map((key) => `autoscaling.${key}`)),
  );
});

test('the remedy names them all', () => {
  assert.deepEqual(
    remedy
      .split('are for ')[1]
      .split(/, | and /)
      .sort(),
    extras,
  );
});

test('the compiler writes every value of the chart that is no extra, and no extra', async () => {
  const written = new Set<string>();
  for (const model of [exampleModel(), exampleModelWithReleaseJob()]) {
    const plans = values.list(model);
    for (const document of await render(
      model,
      plans.map((plan) => ({ kind: values, plan })),
    ))
      for (const [key, value] of Object.entries(document as JsonObject)) {
        written.add(key);
        if (key === 'autoscaling') for (const inside of Object.keys(value as object)) written.add(`${key}.${inside}`);
      }
  }
  for (const extra of extras) assert.ok(!written.has(extra), extra);
  // What only some services have, the example has not.
  const unwritten = without(Object.keys(schema.properties)).filter((key) => !written.has(key));
  assert.deepEqual(unwritten, ['command', 'extraManifests', 'image']);
});

/** Those that are no extras, sorted. */
function without(names: readonly string[]): string[] {
  return names.filter((name) => !extras.includes(name)).sort();
}
