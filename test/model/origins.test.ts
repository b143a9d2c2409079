import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { PlatformInput } from '../../lib/config/schema.ts';
import type { Path } from '../../lib/finding/finding.ts';
import { dotted } from '../../lib/finding/words.ts';
import { normalise } from '../../lib/model/normalise.ts';
import { derived, Noted, type Origin, originAt, plain, written } from '../../lib/model/origins.ts';
import { acme } from '../acme.ts';
import { base } from '../conformance/corpus.ts';

/**
 * Where each value of the model came from, as text to be read: `expected/origins-<platform>.txt`. What has no line of its own came from
 * where the nearest value around it did.
 *
 * `UPDATE_EXPECTED=1 npm test -- test/model` writes it anew; the difference is the review.
 */
function told(platform: unknown): string {
  const { value } = normalise(platform as PlatformInput, () => undefined);
  assert.ok(value);
  const { model, origins } = value;
  const lines: string[] = [];
  const visit = (part: unknown, path: Path, around: Origin | undefined): void => {
    const origin = origins(path);
    if (origin !== around) lines.push(`${dotted(path)}: ${origin ? inWords(origin) : 'nowhere'}\n`);
    if (typeof part !== 'object' || part === null) return;
    const entries = Array.isArray(part) ? part.entries() : Object.entries(part);
    for (const [key, item] of entries) visit(item, [...path, key], origin);
  };
  visit(model, [], undefined);
  return lines.join('');
}

function inWords(origin: Origin): string {
  return origin.from === 'derivation'
    ? `made of ${origin.paths.map(dotted).join(', ')}`
    : `${origin.from} ${dotted(origin.path)}`;
}

/** Says what otherwise has a default. */
function explicit(): unknown {
  const platform = acme();
  const tags = { team: 'shop' };
  Object.assign(platform.registry, {
    location: 'northeurope',
    sku: 'Premium',
    zoneRedundant: true,
    retentionDays: 7,
    tags,
  });
  Object.assign(platform.gitops, { branch: 'trunk' });
  const { blue } = platform.environments as Record<string, object>;
  Object.assign(blue as object, {
    ...{ displayName: 'Live', directory: 'live', namespace: 'shop', location: 'northeurope', tags },
    network: { ...(blue as { network: object }).network, name: 'net', privateDnsZoneId: 'zone' },
  });
  const { cluster, databases } = blue as { cluster: object; databases: Record<string, object> };
  const maintenance = { day: 'Sunday', hour: 3 };
  Object.assign(cluster, { tier: 'Free', dnsPrefix: 'acme', authorizedRanges: ['10.0.0.0/8'], maintenance });
  const login = { user: 'shop' };
  Object.assign(databases.orders as object, { backupRetentionDays: 30, geoRedundantBackup: true, login });
  return platform;
}

for (const [name, platform] of Object.entries({ acme: acme(), conformance: base, explicit: explicit() }))
  test(`each value knows where it came from: ${name}`, () => {
    const folder = fileURLToPath(new URL('expected', import.meta.url));
    const file = `${folder}/origins-${name}.txt`;
    const text = told(platform);
    if (process.env.UPDATE_EXPECTED === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
    }
    assert.equal(text, readFileSync(file, 'utf8'));
  });

test('the note that holds is the nearest one', () => {
  const draft = written(
    {
      a: { b: derived({ c: [1, null, 'text'] }, ['x'], ['y']) },
      nested: new Noted(written(1, ['in']), { from: 'default', path: ['out'] }),
    },
    ['top'],
  );
  const top = { from: 'configuration', path: ['top'] };
  const made = { from: 'derivation', paths: [['x'], ['y']] };
  const at = (...path: Path) => originAt(draft, path);
  assert.deepEqual(at(), top);
  assert.deepEqual(at('a'), top);
  assert.deepEqual(at('a', 'b'), made);
  assert.deepEqual(at('a', 'b', 'c', 0), made);
  assert.deepEqual(at('nested'), { from: 'configuration', path: ['in'] });
  // What is not there came from where it would stand.
  for (const path of [['c', 1, 'deeper'], ['c', 2, 'length'], ['c', 9], ['toString']])
    assert.deepEqual(at('a', 'b', ...path), made);
  assert.equal(originAt({ a: 1 }, ['a']), undefined);
  assert.deepEqual(plain(draft), { a: { b: { c: [1, null, 'text'] } }, nested: 1 });
});
