import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { isObject } from '../../lib/json.ts';

const folder = new URL('../../lib/chart/', import.meta.url);
const schema = JSON.parse(readFileSync(new URL('values.schema.json', folder), 'utf8')) as Record<string, unknown>;
const defaults = parse(readFileSync(new URL('values.yaml', folder), 'utf8')) as Record<string, unknown>;

test('the schema is draft-07, which ajv and both majors of Helm read alike, and compiles in strict mode', () => {
  assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
  new Ajv({ strict: true }).compile(schema);
});

test('every object of the schema refuses keys it does not know, except Kubernetes objects of others', () => {
  const open = [...nodes(schema)].filter(({ node }) => node.type === 'object' && node.additionalProperties !== false);
  assert.deepEqual(
    open.map(({ path }) => path),
    ['definitions.extraManifests.items', 'definitions.extraManifests.items.properties.metadata'],
  );
});

test('patterns are anchored, and Go reads them: no lookaround, no reference back', () => {
  const patterns = [...nodes(schema)].flatMap(({ node, path }) => [
    ...(typeof node.pattern === 'string' ? [{ path, pattern: node.pattern }] : []),
    ...Object.keys(isObject(node.patternProperties) ? node.patternProperties : {}).map((pattern) => ({
      path,
      pattern,
    })),
  ]);
  assert.ok(patterns.length > 30);
  for (const { path, pattern } of patterns) {
    assert.doesNotMatch(pattern, /\(\?|\\[1-9]/, path);
    // What paths begin with, what names of files may not begin with, and what a name of a port must have somewhere.
    if (!['^/', '^\\.(\\.|$)', '[a-z]'].includes(pattern)) assert.match(pattern, /^\^.*\$$/, path);
  }
});

test('schemas refer to nothing outside of this file', () => {
  for (const { node, path } of nodes(schema)) {
    if (typeof node.$ref === 'string') assert.match(node.$ref, /^#\/definitions\//, path);
  }
});

test('every value of the chart is described', () => {
  const { properties, definitions } = schema as Record<string, Record<string, { description?: string; $ref?: string }>>;
  for (const [key, value] of Object.entries(properties ?? {})) {
    const { description } =
      value.$ref === undefined ? value : (definitions?.[value.$ref.replace('#/definitions/', '')] ?? {});
    assert.ok(description, key);
  }
});

test('a job that comes before a service has what its pods can have, each as the service has it, and nothing twice', () => {
  const { properties, definitions } = schema as Record<string, Record<string, Record<string, object>>>;
  const job = definitions?.releaseJob?.properties ?? {};
  for (const [key, value] of Object.entries(job)) assert.deepEqual(value, properties?.[key], key);
  const service = Object.keys(properties ?? {}).filter((key) => !Object.hasOwn(job, key));
  assert.deepEqual(service.sort(), [
    ...['autoscaling', 'disruptionBudget', 'image', 'ingress', 'kind', 'minReadySeconds', 'name', 'partOf', 'ports'],
    ...['probes', 'releaseJobs', 'replicaCount', 'revisionHistoryLimit', 'rollout', 'schedule', 'serviceAnnotations'],
  ]);
});

test("the chart's defaults are values that the schema knows and takes", () => {
  const { required, allOf, ...rest } = schema;
  assert.ok(required && allOf);
  const partial = new Ajv({ strict: true }).compile(rest);
  assert.ok(partial(defaults), JSON.stringify(partial.errors));
});

/** Every object of a JSON value, with its path. */
function* nodes(node: unknown, path = ''): Generator<{ node: Record<string, unknown>; path: string }> {
  if (Array.isArray(node)) for (const [index, item] of node.entries()) yield* nodes(item, `${path}.${index}`);
  if (!isObject(node)) return;
  yield { node, path };
  for (const [key, value] of Object.entries(node)) yield* nodes(value, path === '' ? key : `${path}.${key}`);
}
