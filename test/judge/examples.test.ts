import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Json, JsonObject } from '../../lib/json.ts';
import { lock, policiesFolder } from '../../lib/judge/lock.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { compiled } from '../platforms/compiled.ts';
import { put } from '../platforms/mutations.ts';
import { faultless } from './faultless.ts';

/**
 * `policies/<category>/<rule>/examples.json`: what a person may write into the platform of `faultless.ts` (RFC 7386: `null` takes away),
 * once so that the rule has something to say, and once so that it has not. `nulls`: paths where a person writes `null`, which takes away
 * a default, and which a patch cannot say.
 */
type Examples = Readonly<{
  /** of a rule on changes: what was there before */
  before?: Json;
  fails: Json;
  passes: Json;
  nulls?: Readonly<Record<'fails' | 'passes', readonly string[]>>;
}>;

const { rules } = lock.parse(JSON.parse(readFileSync(new URL('policies.lock.json', policiesFolder), 'utf8')));

test('the platform that examples are written into is without a fault', async () => {
  assert.deepEqual(await codesOf({}), []);
});

test('only rules on what no configuration can say have no examples: they hold our own template', () => {
  const without = rules.filter(({ id }) => !existsSync(new URL(`${id}/examples.json`, policiesFolder)));
  assert.deepEqual(
    without.filter(({ kinds }) => kinds?.join() !== 'workflow').map(({ id }) => id),
    [],
  );
});

for (const { id } of rules) {
  const file = new URL(`${id}/examples.json`, policiesFolder);
  if (!existsSync(file)) continue;
  const { before, fails, passes, nulls } = JSON.parse(readFileSync(file, 'utf8')) as Examples;
  test(`the examples of ${id}: what fails is found once, what passes is not`, async () => {
    const base = before === undefined ? undefined : (await compiled(applyPatch(faultless(), before))).model;
    assert.deepEqual(await codesOf(fails, nulls?.fails, base), [id]);
    assert.deepEqual(await codesOf(passes, nulls?.passes, base), []);
  });
}

async function codesOf(patch: Json, nulls: readonly string[] = [], base?: object): Promise<string[]> {
  const platform = structuredClone(applyPatch(faultless(), patch));
  for (const path of nulls) put(platform, path.split('.'), null);
  const { findings } = await compiled(platform, { base: base as JsonObject | undefined });
  return findings.map(({ code }) => code);
}
