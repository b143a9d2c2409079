import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyPatch } from '../../lib/print/merge.ts';

test('the examples of RFC 7386 hold', () => {
  const examples: [unknown, unknown, unknown][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  for (const [target, patch, expected] of examples) assert.deepEqual(applyPatch(target, patch), expected);
});

test('a patch is merged where it belongs, through missing objects and into lists', () => {
  assert.deepEqual(applyPatch({ a: { b: 1 } }, { c: 2 }, ['a']), { a: { b: 1, c: 2 } });
  assert.deepEqual(applyPatch({}, { c: 2 }, ['a', 'b']), { a: { b: { c: 2 } } });
  assert.deepEqual(applyPatch({ a: [{ b: 1 }, { b: 2 }] }, { b: null, c: 3 }, ['a', 1]), { a: [{ b: 1 }, { c: 3 }] });
});

test('a patch beside a list or through a scalar is a fault', () => {
  assert.throws(() => applyPatch({ a: [1] }, {}, ['a', 1]), /a document has no 1 to patch/);
  assert.throws(() => applyPatch({ a: 'b' }, {}, ['a', 'b']), /a document has no "b" to patch/);
  assert.throws(() => applyPatch({ a: {} }, {}, ['a', 0]), /a document has no 0 to patch/);
});

test('__proto__ is a key like any other', () => {
  const patch = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}');
  for (const at of [[], ['a'], ['__proto__'], ['constructor', 'prototype']]) {
    const result = applyPatch({}, patch, at);
    assert.equal(
      JSON.stringify(result),
      at.reduceRight((inner, step) => `{"${step}":${inner}}`, JSON.stringify(patch)),
    );
    assert.equal(Object.getPrototypeOf(result), Object.prototype);
  }
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
});

test('keys that every object seems to have are missing until they are set', () => {
  assert.deepEqual(applyPatch({}, { toString: { a: 1 } }), { toString: { a: 1 } });
  assert.deepEqual(applyPatch({}, { a: 1 }, ['toString']), { toString: { a: 1 } });
});

test('merging a patch twice is merging it once, and changes no argument', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (target, patch) => {
      const before = JSON.stringify([target, patch]);
      const once = applyPatch(target, patch);
      assert.deepEqual(applyPatch(once, patch), once);
      assert.equal(JSON.stringify([target, patch]), before);
    }),
  );
});
