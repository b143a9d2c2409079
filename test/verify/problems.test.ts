import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../lib/json.ts';
import { problemsOf } from '../../lib/verify/problems.ts';

const port: JsonObject = { type: 'integer', minimum: 1 };
const closed = (properties: JsonObject, required: string[] = []): JsonObject => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

test('a value that fits has no problems', () => {
  assert.deepEqual(problemsOf({ port: 1 }, closed({ port }, ['port'])), []);
});

test('all problems of a value are told, each at its place', () => {
  const schema = closed({ port, 'a/b~c': port, list: { type: 'array', items: port } }, ['name', 'port'].slice(1));
  assert.deepEqual(problemsOf({ prot: 1, 'a/b~c': 0, list: [1, '2'] }, schema), [
    { kind: 'missing-field', path: ['port'] },
    { kind: 'unknown-field', path: ['prot'], known: ['port', 'a/b~c', 'list'] },
    { kind: 'value', path: ['a/b~c'], expected: 'a number of at least 1' },
    { kind: 'type', path: ['list', 1], expected: 'a whole number' },
  ]);
});

test('alternatives of other types are one problem', () => {
  const schema = closed({ value: { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^[0-9]+%$' }] } });
  assert.deepEqual(problemsOf({ value: [] }, schema), [
    { kind: 'type', path: ['value'], expected: 'a whole number or a text' },
  ]);
});

test('alternatives that are words are one problem', () => {
  const schema = closed({ value: { oneOf: [{ const: 'a' }, { enum: ['b', 1] }] } });
  assert.deepEqual(problemsOf({ value: 'c' }, schema), [
    { kind: 'value', path: ['value'], expected: '`"a"` or `"b"` or `1`' },
  ]);
});

test('of objects that may be this or that, the nearest one is meant', () => {
  const http = closed({ kind: { const: 'http' }, path: { type: 'string' }, port }, ['kind', 'path', 'port']);
  const tcp = closed({ kind: { const: 'tcp' }, port }, ['kind', 'port']);
  const schema: JsonObject = {
    ...closed({ check: { anyOf: [{ type: 'null' }, { $ref: '#/definitions/tcp' }, { $ref: '#/definitions/http' }] } }),
    definitions: { http, tcp },
  };
  assert.deepEqual(problemsOf({ check: { kind: 'http', path: '/', prot: 1 } }, schema), [
    { kind: 'missing-field', path: ['check', 'port'] },
    { kind: 'unknown-field', path: ['check', 'prot'], known: ['kind', 'path', 'port'] },
  ]);
});

test('alternatives within alternatives are one problem', () => {
  const inner: JsonObject = { anyOf: [{ type: 'string' }, { type: 'boolean' }] };
  const schema = closed({ a: { anyOf: [{ type: 'number' }, { type: 'array', items: inner }] } });
  assert.deepEqual(problemsOf({ a: ['b', null] }, schema), [
    { kind: 'type', path: ['a', 1], expected: 'a text or `true` or `false`' },
  ]);
});

test('one of two fields that is missing is one problem', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: { a: true, b: true },
    anyOf: [{ required: ['a'] }, { required: ['b'] }],
  };
  assert.deepEqual(problemsOf({}, schema), [{ kind: 'value', path: [], expected: 'an object with `a` or `b`' }]);
});

test('a mixture of two forms is one problem', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: { a: true, b: true },
    oneOf: [{ required: ['a'] }, { required: ['b'] }],
  };
  assert.deepEqual(problemsOf({ a: 1, b: 1 }, schema), [
    { kind: 'value', path: [], expected: 'one of several forms, and not a mixture of them' },
  ]);
});

test('what is wrong beside an alternative is told as well', () => {
  const schema = closed({ a: { anyOf: [port, { type: 'null' }] }, b: port });
  assert.deepEqual(problemsOf({ a: 'x', b: 'y' }, schema), [
    { kind: 'type', path: ['a'], expected: 'a whole number or `null`' },
    { kind: 'type', path: ['b'], expected: 'a whole number' },
  ]);
});

test('a condition is no problem of its own', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: { uses: { type: 'string' }, run: { type: 'string' } },
    if: { required: ['uses'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { run: false } },
    else: { required: ['run'] },
  };
  assert.deepEqual(problemsOf({}, schema), [{ kind: 'missing-field', path: ['run'] }]);
  assert.deepEqual(problemsOf({ uses: 'a', run: 'b' }, schema), [
    { kind: 'value', path: ['run'], expected: 'nothing' },
  ]);
});

test('a name that may not be one is a problem, once', () => {
  const schema: JsonObject = {
    type: 'object',
    propertyNames: { type: 'string', pattern: '^[A-Z]+$', minLength: 2 },
    additionalProperties: { type: 'string' },
  };
  assert.deepEqual(problemsOf({ a: 'x', B: 'y', CC: 'z' }, schema), [
    { kind: 'field-name', path: ['a'], expected: 'a name that matches `^[A-Z]+$`' },
    { kind: 'field-name', path: ['B'], expected: 'a name that matches `^[A-Z]+$`' },
  ]);
});

test('a pattern with a description is described', () => {
  const text: JsonObject = { type: 'string', pattern: '^a$', description: 'the letter a' };
  assert.deepEqual(problemsOf({ a: 'b' }, closed({ a: text })), [
    { kind: 'value', path: ['a'], expected: 'the letter a' },
  ]);
});

test('names that every object seems to have are neither there nor known', () => {
  const schema = closed({ a: port }, []);
  const value: unknown = JSON.parse('{"__proto__": 1, "constructor": 2}');
  assert.deepEqual(
    problemsOf(value, schema).map(({ kind, path }) => ({ kind, path })),
    [
      { kind: 'unknown-field', path: ['__proto__'] },
      { kind: 'unknown-field', path: ['constructor'] },
    ],
  );
  const wanting = closed({ toString: true }, ['toString']);
  assert.deepEqual(problemsOf({}, wanting), [{ kind: 'missing-field', path: ['toString'] }]);
});

test('two schemas of one id do not become one', () => {
  const schema = (type: string): JsonObject => ({ $id: 'https://example.org/a', type });
  assert.deepEqual(problemsOf('a', schema('string')), []);
  assert.deepEqual(problemsOf('a', schema('number')), [{ kind: 'type', path: [], expected: 'a number' }]);
});

test('a schema that is no good is a fault', () => {
  assert.throws(() => problemsOf({}, { type: 'object', aditionalProperties: false }), /unknown keyword/);
  assert.throws(() => problemsOf({}, { type: 'objekt' }), /type must be/);
});

test('a schema reaches nothing but itself', () => {
  for (const $ref of ['https://example.org/a.json', 'file:///dev/zero', '/dev/zero']) {
    assert.throws(() => problemsOf({}, { $ref }), /can't resolve reference/);
  }
  assert.throws(
    () =>
      problemsOf({ a: '(a+)+$' }, { type: 'object', properties: { b: { type: 'string', pattern: { $data: '1/a' } } } }),
    /pattern must be string/,
  );
});

test('ten thousand problems are found quickly', () => {
  const schema: JsonObject = { type: 'array', items: { anyOf: [{ type: 'string' }, port] } };
  const start = performance.now();
  assert.equal(
    problemsOf(
      Array.from({ length: 2_000 }, () => null),
      schema,
    ).length,
    2_000,
  );
  assert.equal(
    problemsOf(
      Array.from({ length: 20_000 }, () => null),
      { type: 'array', items: port },
    ).length,
    20_000,
  );
  assert.ok(performance.now() - start < 20_000);
});
