import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { merge } from '../../lib/model/layers.ts';

const layersOf = (...values: unknown[]) =>
  values.map((value, index) => ({
    value,
    origin: (path: readonly (string | number)[]) => ({ from: 'configuration' as const, path: [index, ...path] }),
  }));

test('objects are merged key by key, and the later layer has the last word', () => {
  const { value } = merge(layersOf({ a: { x: 1, y: 1 }, b: 1 }, { a: { y: 2 } }));
  assert.deepEqual(value, { a: { x: 1, y: 2 }, b: 1 });
});

test('a list replaces a list', () => {
  assert.deepEqual(merge(layersOf({ args: ['a', 'b'] }, { args: ['c'] })).value, { args: ['c'] });
});

test('null takes away what an earlier layer said', () => {
  assert.deepEqual(merge(layersOf({ a: { x: 1, y: 1 }, b: 1 }, { a: { x: null }, b: null })).value, { a: { y: 1 } });
});

test('in extra Helm values, null that takes nothing away stays, for a rule to see', () => {
  const extra = (...values: unknown[]) =>
    merge(layersOf(...values.map((extraHelmValues) => ({ extraHelmValues })))).value;
  assert.deepEqual(extra({ podLabels: { a: 'x', b: 'y' }, rollout: {} }, { podLabels: { a: null }, rollout: null }), {
    extraHelmValues: { podLabels: { b: 'y' } },
  });
  assert.deepEqual(extra({ probes: null }, { podLabels: { a: null } }), {
    extraHelmValues: { probes: null, podLabels: { a: null } },
  });
  assert.deepEqual(extra({ podLabels: { a: 'x' } }, null), {});
});

test('null gives back the weakest layer where that must say something', () => {
  const keeps = ([group, key]: readonly (string | number)[]) => group === 'limits' && key !== 'user';
  const weakest = { limits: { grace: 30, user: 1 }, other: 1 };
  const said = (...values: object[]) => merge(layersOf(weakest, ...values), keeps).value;
  assert.deepEqual(said({ limits: { grace: 60, wait: 5 } }, { limits: null, other: null }), {
    limits: { grace: 30, user: 1 },
  });
  assert.deepEqual(said({ limits: { grace: 60 } }, { limits: { grace: null, user: null } }), {
    limits: { grace: 30 },
    other: 1,
  });
  assert.deepEqual(said({ limits: null }, { limits: { wait: 5 } }), {
    limits: { grace: 30, user: 1, wait: 5 },
    other: 1,
  });
});

test('a variable is of one piece: what it came from before leaves nothing behind', () => {
  const { value } = merge(
    layersOf({ envs: { A: { database: 'x', get: 'host' } } }, { envs: { A: { service: 'y', get: 'url' } } }),
  );
  assert.deepEqual(value, { envs: { A: { service: 'y', get: 'url' } } });
});

test('what is of one piece leaves nothing behind, and what stands around it is merged', () => {
  const pieces = [['image'], ['disruptionBudget'], ['workloadIdentity']];
  for (const part of ['envs', 'ports', 'probes', 'volumes']) pieces.push([part, 'name'], [part, 'x']);
  const inside = ([first = '', ...rest]: readonly string[], value: unknown): object => ({
    [first]: rest.length > 0 ? inside(rest, value) : value,
  });
  for (const piece of pieces) {
    const merged = merge(layersOf(inside(piece, { before: 1 }), inside(piece, { after: 2 }))).value;
    assert.deepEqual(merged, inside(piece, { after: 2 }), piece.join('.'));
  }
  for (const whole of [['ports'], ['resources'], ['image', 'x', 'y'], ['security', 'image'], ['envs', 'x', 'y', 'z']]) {
    const merged = merge(layersOf(inside([...whole, 'before'], 1), inside([...whole, 'after'], 2))).value;
    const isInPiece = pieces.some((piece) => piece.every((step, index) => step === whole[index]));
    assert.deepEqual(merged, inside(whole, isInPiece ? { after: 2 } : { after: 2, before: 1 }), whole.join('.'));
  }
});

test('each value comes from the layer that said it last', () => {
  const settings = merge(layersOf({ a: { x: 1, y: 1 } }, { a: { y: 2 } }));
  assert.deepEqual(settings.originOf(['a', 'x']), { from: 'configuration', path: [0, 'a', 'x'] });
  assert.deepEqual(settings.originOf(['a', 'y']), { from: 'configuration', path: [1, 'a', 'y'] });
});

test('what null takes away is from whoever said null', () => {
  const { originOf } = merge(layersOf({ a: { x: 1 } }, { a: { x: 2 } }, { a: null }));
  assert.deepEqual(originOf(['a', 'x']), { from: 'configuration', path: [2, 'a'] });
});

test('what nobody said comes from what is nearest around it', () => {
  const settings = merge(layersOf({ a: { x: 1 } }, {}));
  assert.deepEqual(settings.originOf(['a', 'z']), { from: 'configuration', path: [0, 'a'] });
  assert.deepEqual(settings.originOf(['b']), { from: 'configuration', path: [1] });
});

const plain = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.array(fc.integer()), tie('object')),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'envs', 'image'), tie('value'), { maxKeys: 4 }),
})).object;

test('merging twice with the same layer is merging once', () => {
  fc.assert(
    fc.property(plain, plain, (one, two) => {
      assert.deepEqual(merge(layersOf(one, two, two)).value, merge(layersOf(one, two)).value);
    }),
  );
});

test('an empty layer changes nothing', () => {
  fc.assert(
    fc.property(plain, (one) => {
      assert.deepEqual(merge(layersOf(one, {})).value, merge(layersOf(one)).value);
      assert.deepEqual(merge(layersOf({}, one)).value, merge(layersOf(one)).value);
    }),
  );
});
