import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isAlias, isMap, parse, parseAllDocuments, visit } from 'yaml';
import { compile } from '../../lib/pipeline.ts';
import { withRepository } from '../load/repository.ts';
import { type Config, sound, soundWorkspace, sourceOf } from './platform.ts';

test('Kubernetes CVE-2019-11253: what the configuration uses again and again is printed again, never as an alias', async () => {
  // One object in many places, as spreads and constants make it.
  const source = `
    const shared = { data: { a: 'b' } };
    const manifest = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...shared });
    const config = ${JSON.stringify(sound())} as any;
    config.services.cart.extraManifests = ['a', 'b', 'c'].map(manifest);
    config.services.shop.extraManifests = ['d', 'e'].map(manifest);
    export default config;
  `;
  await withRepository({ 'platform.config.ts': source }, async (root) => {
    const { outputs, findings } = await compile({ root, entry: 'platform.config.ts' });
    assert.ok(outputs, JSON.stringify(findings));
    let maps = 0;
    for (const { path, text } of outputs.filter(({ path }) => path.endsWith('.yaml') && !path.includes('/charts/')))
      for (const document of parseAllDocuments(text, { version: '1.1' })) {
        if (!('contents' in document)) continue;
        visit(document, (_, node) => {
          assert.ok(!isAlias(node), path);
          assert.ok(!(typeof node === 'object' && node !== null && 'anchor' in node && node.anchor), path);
          assert.ok(!(typeof node === 'object' && node !== null && 'tag' in node && node.tag), path);
          if (isMap(node)) maps++;
        });
      }
    assert.ok(maps > 100);
  });
});

test('js-yaml CVE-2025-64718: a key `<<` is a key for readers that merge, too', async () => {
  const config = sound();
  const data = { '<<': 'a', '=': 'b', '~': 'c', null: 'd', y: 'e', '0x10': 'f', '*a': 'g', '&a': 'h', '!!str': 'i' };
  config.services.cart.extraManifests = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data }];
  await withRepository({ 'platform.config.ts': sourceOf(config) }, async (root) => {
    const { outputs = [], findings } = await compile({ root, entry: 'platform.config.ts' });
    const file = outputs.find(({ path }) => path.endsWith('green/cart/values.yaml'));
    assert.ok(file, JSON.stringify(findings));
    for (const version of ['1.1', '1.2'] as const) {
      assert.deepEqual(parse(file.text, { version, merge: true }).extraManifests[0].data, data);
    }
  });
});

/** Escape hatches go through every stage down to the printer. */
function nested(levels: number): Config {
  let value: Config = 'a';
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? { a: value } : [value];
  return value;
}

test('npm yaml CVE-2026-33532: nesting that overflows the stack of a reader ends in a finding, in each escape hatch', async (t) => {
  const hatches: Readonly<Record<string, (config: Config, value: Config) => void>> = {
    extraManifests: (config, value) => {
      config.services.cart.extraManifests = [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: value },
      ];
    },
    extraHelmValues: (config, value) => {
      config.services.cart.extraHelmValues = { podAnnotations: value };
    },
    extraInputs: (config, value) => {
      config.environments.green.extraInputs = { cluster: { node_resource_group: value } };
    },
  };
  for (const [hatch, put] of Object.entries(hatches))
    for (const levels of hatch === 'extraManifests' ? [92, 3000] : [3000]) {
      const place = soundWorkspace(t, (config) => put(config, nested(levels)));
      const { code, error } = await place.run('compile');
      // So much nesting that only some readers have it left over for what is around.
      if (levels < 100) assert.ok(code === 0 || code === 1, `${hatch}: ${error}`);
      else assert.equal(code, 1, hatch);
    }
});

test('Helm CVE-2025-55198: null where an object is expected ends in a finding or takes away, and crashes nothing', async (t) => {
  const places: (readonly string[])[] = [];
  const collect = (value: Config, path: readonly string[]) => {
    if (typeof value !== 'object' || value === null) return;
    if (path.length > 0) places.push(path);
    for (const [key, item] of Object.entries(value)) collect(item, [...path, key]);
  };
  collect(sound(), []);
  const place = soundWorkspace(t, (config) => {
    for (const path of places.filter((path) => path.length > 1 && path[0] !== 'environments')) {
      const holder = path.slice(0, -1).reduce((value, step) => value?.[step], config);
      if (typeof holder === 'object' && holder !== null) holder[path.at(-1) ?? ''] = null;
    }
    config.environments.green.cluster = null;
    config.environments.blue.databases.orders = null;
  });
  assert.ok(places.length > 20);
  assert.equal((await place.run('compile')).code, 1);
});

test('no YAML is read back: what lies in out/ is compared as bytes', () => {
  const folder = new URL('../../lib/', import.meta.url);
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  )) {
    assert.doesNotMatch(readFileSync(new URL(path, folder), 'utf8'), /from 'yaml\b/, path);
  }
});
