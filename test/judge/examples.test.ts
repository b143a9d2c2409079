import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Json } from '../../lib/json.ts';
import { lock, policiesFolder } from '../../lib/judge/lock.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { compiled } from '../platforms/compiled.ts';
import { faultless } from './faultless.ts';

/**
 * `policies/<category>/<rule>/examples.json`: what a person may write into the platform of `faultless.ts` (RFC 7386: `null` takes away),
 * once so that the rule has something to say, and once so that it has not.
 */
type Examples = Readonly<{ fails: Json; passes: Json }>;

const { rules } = lock.parse(JSON.parse(readFileSync(new URL('policies.lock.json', policiesFolder), 'utf8')));

test('the platform that examples are written into is without a fault', async () => {
  assert.deepEqual(await codesOf({}), []);
});

for (const { id } of rules) {
  const file = new URL(`${id}/examples.json`, policiesFolder);
  if (!existsSync(file)) continue;
  const { fails, passes } = JSON.parse(readFileSync(file, 'utf8')) as Examples;
  test(`the examples of ${id}: what fails is found once, what passes is not`, async () => {
    assert.deepEqual(await codesOf(fails), [id]);
    assert.deepEqual(await codesOf(passes), []);
  });
}

async function codesOf(patch: Json): Promise<string[]> {
  const { findings } = await compiled(applyPatch(faultless(), patch));
  return findings.map(({ code }) => code);
}
