import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from '../../lib/model/difference.ts';

const cases: readonly (readonly [string, unknown, unknown, readonly (readonly [string, unknown, unknown])[]])[] = [
  ['the same', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
  ['a value', { a: { b: 1 }, c: 2 }, { a: { b: 3 }, c: 2 }, [['a.b', 1, 3]]],
  [
    'a key more and a key less',
    { a: 1 },
    { b: 1 },
    [
      ['a', 1, undefined],
      ['b', undefined, 1],
    ],
  ],
  ['another sort of value', { a: [1] }, { a: { 0: 1 } }, [['a', [1], { 0: 1 }]]],
  ['a list in another order', { a: ['x', 'y'] }, { a: ['y', 'x'] }, [['a', ['x', 'y'], ['y', 'x']]]],
  ['a list that grows', { a: ['x'] }, { a: ['x', 'y'] }, [['a.y', undefined, 'y']]],
  [
    'a named item in front of others, and one that changes',
    {
      envs: [
        { name: 'B', value: '1' },
        { name: 'C', value: '2' },
      ],
    },
    {
      envs: [
        { name: 'A', value: '0' },
        { name: 'B', value: '1' },
        { name: 'C', value: '3' },
      ],
    },
    [
      ['envs.C.value', '2', '3'],
      ['envs.A', undefined, { name: 'A', value: '0' }],
    ],
  ],
  [
    'a named item that goes',
    { envs: [{ name: 'B' }, { name: 'C' }] },
    { envs: [{ name: 'C' }] },
    [['envs.B', { name: 'B' }, undefined]],
  ],
  [
    'names that are no names',
    { a: [{ name: 'x' }, { name: 'x' }] },
    { a: [{ name: 'x' }, { name: 'y' }] },
    [['a.1.name', 'x', 'y']],
  ],
];

for (const [name, before, after, expected] of cases)
  test(`${name}: each difference once, by the names that people know`, () => {
    assert.deepEqual(
      differences(before, after).map(({ called, before: was, after: is }) => [called.join('.'), was, is]),
      expected,
    );
  });

test('the path leads to the value in the model after', () => {
  const [found] = differences(
    { envs: [{ name: 'C', value: '2' }] },
    { envs: [{ name: 'A' }, { name: 'C', value: '3' }] },
  );
  assert.deepEqual(found?.path, ['envs', 1, 'value']);
});
