// `npm run mutants` tells apart what a test notices, what it does not, what it does not reach and what never ends.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Mutant } from '../../scripts/mutants/instrument.ts';
import { report, scoreOf, type Tried } from '../../scripts/mutants/report.ts';
import { reachOf, tryMutant } from '../../scripts/mutants/trial.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A test of code with four mutants in it, as Stryker's instrumenter would write them. */
const TESTED = `
import assert from 'node:assert/strict';
import { test } from 'node:test';
const stryker = (globalThis as any).__stryker__ ??= { mutantCoverage: { static: {} } };
const isActive = (id: string) => {
  stryker.mutantCoverage.static[id] = 1;
  return process.env.__STRYKER_ACTIVE_MUTANT__ === id;
};
function sum(a: number, b: number) {
  while (isActive('endless'));
  return isActive('killed') ? a - b : isActive('survives') ? a + b + 0 : a + b;
}
const unreached = () => isActive('unreached');
test('a sum', () => assert.equal(sum(1, 2), 3));
`;

test('what a test reaches and what it notices', async (t) => {
  const folder = folderWith(t, TESTED);
  const reach = await reachOf(folder, 'sum.test.ts');
  assert.deepEqual([...reach.mutants].sort(), ['endless', 'killed', 'survives']);
  const ending = (id: string) => tryMutant(folder, { ...reach, seconds: 0.2 }, id, 3);
  assert.deepEqual(await Promise.all(['killed', 'survives', 'endless'].map(ending)), ['red', 'green', 'late']);
});

test('a test that is red anyway is no judge', async (t) => {
  const folder = folderWith(t, TESTED.replace(', 3)', ', 4)'));
  await assert.rejects(reachOf(folder, 'sum.test.ts'), /sum\.test\.ts is red without any mutant/);
});

test('the table counts by folder, and names what is left', () => {
  const mutant = (id: string, file: string): Mutant => ({
    ...{ id, file, line: Number(id), column: 2, mutator: 'EqualityOperator' },
    ...{ original: 'a <\n  b', replacement: 'a <= b' },
  });
  const all = [
    mutant('1', 'lib/a/x.ts'),
    mutant('2', 'lib/a/deep/y.ts'),
    mutant('3', 'lib/b/z.ts'),
    mutant('4', 'lib/b/z.ts'),
  ];
  const [first, second, third] = all as [Mutant, Mutant, Mutant];
  const tried: Tried[] = [
    { mutant: first, verdict: 'killed', by: 'test/a.test.ts' },
    { mutant: second, verdict: 'survived' },
    { mutant: third, verdict: 'late', by: 'test/a.test.ts' },
  ];
  assert.equal(scoreOf(tried).toFixed(1), '66.7');
  assert.equal(
    report(tried, all),
    `lib/a/deep/y.ts:2:2 survived: a < b → a <= b

folder  mutants  tried  killed  endless  survived  unreached    score
lib/a         2      2       1        0         1          0   50.0 %
lib/b         2      1       0        1         0          0  100.0 %
all           4      3       1        1         1          0   66.7 %
`,
  );
});

function folderWith(t: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  t.after(() => rmSync(folder, { recursive: true }));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const path of ['test/seed.ts', 'scripts/mutants/reached.mjs', 'package.json']) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  writeFileSync(join(folder, 'sum.test.ts'), text);
  return folder;
}
