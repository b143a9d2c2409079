import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { jsonSchemas } from '../../scripts/judges/json-schema.ts';

const boat = { apiVersion: 'acme.example/v1', kind: 'Boat', metadata: { name: 'ferry' } };

/** A definition of boats with one served version. */
function definition(openAPIV3Schema: unknown, more: readonly unknown[] = []): unknown {
  const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }, ...more];
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: { group: 'acme.example', names: { kind: 'Boat' }, scope: 'Namespaced', versions },
  };
}

/** Whether a boat is taken by the schema made of a definition. */
function judgeOf(openAPIV3Schema: unknown): (document: unknown) => boolean {
  const [file] = jsonSchemas(definition(openAPIV3Schema));
  assert.ok(file);
  const judge = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(file.schema);
  return (document) => judge(document) === true;
}

const string = { type: 'string' };

for (const { what, schema, takes, refuses } of [
  {
    what: 'an object with properties is closed',
    schema: { type: 'object', properties: { name: string } },
    takes: [{}, { name: 'a' }],
    refuses: [{ nmae: 'a' }, { name: 1 }, [], null],
  },
  {
    what: 'an object without properties is closed: the API server would drop all of it',
    schema: { type: 'object' },
    takes: [{}],
    refuses: [{ a: 1 }],
  },
  {
    what: 'an object that preserves unknown fields is open, and its known ones are typed',
    schema: { type: 'object', properties: { name: string }, 'x-kubernetes-preserve-unknown-fields': true },
    takes: [{ other: [1] }, { name: 'a', other: {} }],
    refuses: [{ name: 1 }, 'a'],
  },
  {
    what: 'an object below one that preserves unknown fields is closed again',
    schema: {
      type: 'object',
      properties: { inner: { type: 'object', properties: { name: string } } },
      'x-kubernetes-preserve-unknown-fields': true,
    },
    takes: [{ other: { any: 1 }, inner: { name: 'a' } }],
    refuses: [{ inner: { nmae: 'a' } }],
  },
  {
    what: 'a value without a type that preserves unknown fields is anything',
    schema: { 'x-kubernetes-preserve-unknown-fields': true },
    takes: [{ a: 1 }, [1], 'a', 1, null],
    refuses: [],
  },
  {
    what: 'a map takes any key and types its values',
    schema: { type: 'object', additionalProperties: { type: 'object', properties: { name: string } } },
    takes: [{}, { a: { name: 'b' }, b: {} }],
    refuses: [{ a: 'b' }, { a: { nmae: 'b' } }],
  },
  {
    what: 'an integer or a string is both, with what else is asked of the string',
    schema: {
      anyOf: [{ type: 'integer' }, { type: 'string' }],
      pattern: '^[0-9]+%$',
      'x-kubernetes-int-or-string': true,
    },
    takes: [1, '50%'],
    refuses: [1.5, true, null, {}, '50'],
  },
  {
    what: 'an integer or a string without the words for other readers is both as well',
    schema: { 'x-kubernetes-int-or-string': true },
    takes: [1, 'a'],
    refuses: [1.5, null],
  },
  {
    what: 'a nullable value is null too',
    schema: { type: 'object', nullable: true, properties: { name: string }, required: ['name'] },
    takes: [null, { name: 'a' }],
    refuses: [{}, { name: null }, { name: 'a', other: 1 }, 'a'],
  },
  {
    what: 'a nullable integer or string is null too',
    schema: { nullable: true, 'x-kubernetes-int-or-string': true },
    takes: [null, 1, 'a'],
    refuses: [true],
  },
  {
    what: 'a nullable enumeration takes null only where it names it, as Kubernetes does',
    schema: { type: 'string', nullable: true, enum: ['a'] },
    takes: ['a'],
    refuses: [null, 'b'],
  },
  {
    what: 'objects in lists of objects are closed',
    schema: { type: 'array', items: { type: 'object', properties: { at: { type: 'array', items: string } } } },
    takes: [[], [{ at: ['a'] }, {}]],
    refuses: [[{ ta: [] }], [{ at: [1] }], [{ at: 'a' }], {}],
  },
  {
    what: 'alternatives ask for a part and do not close the whole',
    schema: {
      type: 'object',
      properties: { a: string, b: string },
      oneOf: [{ type: 'object', properties: { a: { enum: ['x'] } }, required: ['a'] }, { required: ['b'] }],
    },
    takes: [{ a: 'x' }, { b: 'y' }, { a: 'z', b: 'y' }],
    refuses: [{}, { a: 'z' }, { a: 'x', b: 'y' }, { b: 'y', c: 'z' }],
  },
  {
    what: 'what must not be is not closed either',
    schema: { type: 'object', properties: { a: string, b: string }, not: { type: 'object', required: ['b'] } },
    takes: [{}, { a: 'x' }],
    refuses: [{ b: 'x' }],
  },
  {
    what: 'bounds and lengths stay, words and formats go',
    schema: { type: 'integer', minimum: 1, maximum: 3, format: 'int64', description: 'decks', default: 1 },
    takes: [1, 3],
    refuses: [0, 4, '1'],
  },
]) {
  test(what, () => {
    const judge = judgeOf({ type: 'object', properties: { spec: schema }, required: ['spec'] });
    for (const spec of takes) assert.ok(judge({ ...boat, spec }), `refused: ${JSON.stringify(spec)}`);
    for (const spec of refuses) assert.ok(!judge({ ...boat, spec }), `taken: ${JSON.stringify(spec)}`);
    assert.ok(!judge(boat), 'taken without spec');
  });
}

describe('a whole object', () => {
  // As controller-gen writes it: metadata is an object of which the definition says nothing.
  const status = { type: 'object', properties: { afloat: { type: 'boolean' } } };
  const judge = judgeOf({
    type: 'object',
    properties: { apiVersion: string, kind: string, metadata: { type: 'object' }, status },
  });

  for (const [what, document] of Object.entries({
    'has metadata': boat,
    'has labels and finalizers': {
      ...boat,
      metadata: { name: 'a.b', namespace: 'n', labels: { a: 'b' }, finalizers: ['c'] },
    },
    'has a generated name': { ...boat, metadata: { generateName: 'ferry-' } },
    'has a status, as the definition says': { ...boat, status: { afloat: true } },
  }))
    test(`is taken when it ${what}`, () => assert.ok(judge(document)));

  for (const [what, document] of Object.entries({
    'is of another kind': { ...boat, kind: 'boat' },
    'is of another version': { ...boat, apiVersion: 'acme.example/v2' },
    'has no name': { ...boat, metadata: {} },
    'has no metadata': { apiVersion: boat.apiVersion, kind: boat.kind },
    'has a name that Kubernetes does not take': { ...boat, metadata: { name: 'Ferry' } },
    'has unknown metadata': { ...boat, metadata: { name: 'ferry', label: {} } },
    'has a label that is no string': { ...boat, metadata: { name: 'ferry', labels: { a: true } } },
    'has a field beside spec': { ...boat, sepc: {} },
    'has an unknown status': { ...boat, status: { aflaot: true } },
  }))
    test(`is refused when it ${what}`, () => assert.ok(!judge(document)));
});

test('each served version is a file, named as kubeconform looks for it', () => {
  const schema = { openAPIV3Schema: { type: 'object' } };
  const more = [
    { name: 'v2', served: true, schema },
    { name: 'v0', served: false, schema },
  ];
  const names = jsonSchemas(definition({ type: 'object' }, more)).map(({ name }) => name);
  assert.deepEqual(names, ['boat-acme.example-v1.json', 'boat-acme.example-v2.json']);
});

test('a keyword of unknown meaning is an error that says where', () => {
  const schema = { type: 'object', properties: { spec: { type: 'object', 'x-kubernetes-embedded-resource': true } } };
  assert.throws(() => jsonSchemas(definition(schema)), {
    message: 'unknown keyword at Boat v1.properties.spec.x-kubernetes-embedded-resource',
  });
});
