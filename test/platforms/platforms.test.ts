import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { compiled } from './compiled.ts';
import { holdsFor } from './holds.ts';
import { connected, platforms, platformsOf, scales } from './platforms.ts';
import { asTypeScript } from './text.ts';
import { reached, vocabulary } from './vocabulary.ts';

const SAMPLE = 40;
const sample = fc.sample(platforms, SAMPLE);

test('of generated platforms, 95 in 100 are accepted', async (t) => {
  const refused = [];
  for (const platform of sample) {
    const { outputs, findings } = await compiled(platform);
    if (!outputs) refused.push(findings.find(({ severity }) => severity === 'error')?.message);
  }
  t.diagnostic(`${SAMPLE - refused.length} of ${SAMPLE} accepted`);
  assert.ok(refused.length <= SAMPLE * 0.05, `refused: ${refused.join('; ')}`);
});

test('generated platforms have small and large ones among them', (t) => {
  const sizes = fc.sample(platforms, 1000).map(({ environments, services }) => ({
    environments: Object.keys(environments).length,
    services: Object.keys(services).length,
  }));
  const most = (key: 'environments' | 'services') => Math.max(...sizes.map((size) => size[key]));
  const fewest = (key: 'environments' | 'services') => Math.min(...sizes.map((size) => size[key]));
  t.diagnostic(
    `${fewest('environments')} to ${most('environments')} environments, ${fewest('services')} to ${most('services')} services`,
  );
  assert.equal(fewest('environments'), 1);
  assert.equal(most('environments'), 5);
  assert.equal(fewest('services'), 0);
  assert.ok(most('services') > 50);
});

test('generated platforms say everything that can be said, and leave out everything that can be left out', (t) => {
  const all = vocabulary();
  const seen = new Set<string>();
  const seed = Number(fc.readConfigureGlobal()?.seed);
  let drawn = 0;
  // What is rare takes some more in one run than in another; never so many.
  for (let turn = 0; drawn < 12_000 && all.some((part) => !seen.has(part)); turn++)
    for (const [arbitrary, numRuns] of [
      [platformsOf(scales.talkative), 500],
      [platformsOf(scales.small), 150],
      [connected, 50],
    ] as const) {
      const sample = fc.sample(arbitrary, { numRuns, seed: seed + turn });
      for (const part of reached(sample)) seen.add(part);
      drawn += numRuns;
    }
  t.diagnostic(`${seen.size} of ${all.length} parts of the vocabulary reached by ${drawn} platforms`);
  assert.deepEqual(
    all.filter((part) => !seen.has(part)),
    [],
  );
});

test('what fails is told as a small platform that can be pasted into a file', async () => {
  const failure = await holdsFor(
    platformsOf(scales.medium),
    ({ services }) => Object.values(services).every(({ ports }) => !ports || Object.keys(ports).length < 2),
    { runs: 300 },
  ).then(
    () => assert.fail('a service with two ports should have been drawn'),
    (error: Error) => error.message,
  );
  const [, source = ''] = failure.split(/\n\n(?=import)/);
  assert.match(failure, /SEED=\d+ REPLAY=[\d:]+/);
  assert.ok(source.split('\n').length < 60, source);
  assert.equal(source.match(/ports: /g)?.length, 1, source);
});

test('a platform as TypeScript means the same value', () => {
  for (const platform of sample.slice(0, 20)) {
    const body = asTypeScript(platform).replace(/^import .*\n\nexport default definePlatform/, '');
    assert.equal(JSON.stringify(runInNewContext(body)), JSON.stringify(platform));
  }
});
