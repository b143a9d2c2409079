import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { faults } from './faults.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('every deliberate fault can be made: what it replaces stands in its file once', () => {
  const wrong = faults.filter(({ file, from, to, caughtBy }) => {
    const count = readFileSync(`${root}/${file}`, 'utf8').split(from).length - 1;
    return count !== 1 || from === to || !existsSync(`${root}/${caughtBy}`);
  });
  assert.deepEqual(
    wrong.map(({ name }) => name),
    [],
  );
  assert.equal(new Set(faults.map(({ name }) => name)).size, faults.length);
});

test('there are faults for each promise that is a property, and for the corpus', () => {
  const caughtBy = new Set(faults.map((fault) => fault.caughtBy.split('/')[2]?.replace('.test.ts', '')));
  for (const promise of [
    'determinism',
    'isolation',
    'nothing-lost',
    'nothing-invented',
    'tags',
    'references',
    'fit',
    'totality',
    'writing',
    'conformance',
  ])
    assert.ok(caughtBy.has(promise), promise);
  assert.ok(faults.length >= 30, `${faults.length}`);
});
