import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearest } from '../../lib/finding/nearest.ts';

test('a mistyped name finds the name that was meant', () => {
  assert.deepEqual(nearest('automatd', ['automated', 'retry', 'syncOptions']), ['automated']);
  assert.deepEqual(nearest('etljob', ['default', 'etljobs']), ['etljobs']);
});

test('swapped neighbours and another case are small mistakes', () => {
  assert.deepEqual(nearest('stagign', ['staging', 'prod']), ['staging']);
  assert.deepEqual(nearest('repoUrl', ['path', 'repoURL']), ['repoURL']);
});

test('a name that begins with what was written is suggested, after nearer ones', () => {
  assert.deepEqual(nearest('replica', ['replicaCount', 'replicas']), ['replicas', 'replicaCount']);
});

test('a name that is nothing like it is not suggested', () => {
  assert.deepEqual(nearest('postgres', ['shop', 'worker', '']), []);
  assert.deepEqual(nearest('a', ['b']), []);
  assert.deepEqual(nearest('', ['b', 'longer']), []);
});

test('equally near names keep their order, and at most four are given', () => {
  assert.deepEqual(nearest('pool', ['pool5', 'pool1', 'pool4', 'pool2', 'pool3']), [
    'pool5',
    'pool1',
    'pool4',
    'pool2',
  ]);
});

test('a beginning that most names share says nothing', () => {
  const services = ['ani-core', 'ani-app', 'ani-websocket', 'ani-worker', 'ani-etl', 'ani-migrate', 'cache'];
  assert.deepEqual(nearest('ani-api', services), []);
  assert.deepEqual(nearest('ani-mail', services), []);
  assert.deepEqual(nearest('ani-apps', services), ['ani-app']);
  assert.deepEqual(nearest('ani-ap', services), ['ani-app']);
  assert.deepEqual(nearest('ani-pap', services), ['ani-app']);
  assert.deepEqual(nearest('ani-wroker', services), ['ani-worker']);
  assert.deepEqual(nearest('Ani-Worker', services), ['ani-worker']);
  assert.deepEqual(nearest('ani-web', services), ['ani-websocket']);
  assert.deepEqual(nearest('ani-wbsocket', services), ['ani-websocket']);
  // mistyped itself, or not there, it is a part of the name like others
  assert.deepEqual(nearest('anni-worker', services), ['ani-worker']);
  assert.deepEqual(nearest('cach', services), ['cache']);
});

test('a beginning that few names share is a part of them', () => {
  assert.deepEqual(nearest('shop-api', ['shop-app', 'cache', 'queue', 'worker']), ['shop-app']);
  assert.deepEqual(nearest('shop-api', ['shop-app']), ['shop-app']);
});

test('names that are properties of every object are names like others', () => {
  assert.deepEqual(nearest('constructr', ['constructor', '__proto__']), ['constructor']);
});

test('one mistake in a name of four or more characters is always found', () => {
  const name = fc.stringMatching(/^[a-z]{4,20}$/);
  fc.assert(
    fc.property(name, fc.nat(), (written, n) => {
      const place = n % written.length;
      const meant = `${written.slice(0, place)}0${written.slice(place + 1)}`;
      assert.deepEqual(nearest(written, [meant, '!!!!!!!!!!']), [meant]);
    }),
  );
});

test('very long names are compared with nothing', () => {
  const start = performance.now();
  assert.deepEqual(nearest('x'.repeat(100_000), ['y'.repeat(100_000)]), []);
  assert.ok(performance.now() - start < 100);
});
