import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LanguageServer } from './language-server.ts';

const cases = fileURLToPath(new URL('cases/', import.meta.url));
const server = await LanguageServer.start(cases);
after(() => server.stop());

/** A configuration that somebody is writing: `HERE` is where the cursor stands. */
function configuration(service: string): string {
  return `import { definePlatform } from '../../../lib/index.ts';
import { blue, green, rest } from './base.ts';

const size = 'Standard_D4s_v5';
export default definePlatform({
  ...rest,
  environments: {
    blue: {
      ...blue,
      cluster: { ...blue.cluster, nodePools: { main: { size, nodes: 3 } }, systemPool: 'main', defaultPool: 'main' },
      databases: { orders: blue.database },
    },
    green: {
      ...green,
      cluster: {
        ...green.cluster,
        nodePools: { main: { size, nodes: 3 }, batch: { size, nodes: { min: 0, max: 5 } } },
        systemPool: 'main',
        defaultPool: 'main',
      },
    },
  },
  sources: { shop: { images: { shop: {}, jobs: {} } } },
  secrets: { SESSION_KEY: 'signs sessions', TOKEN: 'calls others' },
  presets: { web: { ports: { http: 8080 } }, plain: {} },
  services: {
    cart: { image: 'shop' },
    shop: { ${service} },
  },
});
`;
}

const offers: readonly (readonly [what: string, service: string, names: readonly string[]])[] = [
  ['images', "image: 'HERE'", ['jobs', 'shop']],
  ['presets', "preset: 'HERE'", ['plain', 'web']],
  ['the pools of any environment', "pool: 'HERE'", ['batch', 'main']],
  ['the pools of this environment', "in: { blue: { pool: 'HERE' } }", ['main']],
  ['environments', "image: 'shop', in: { HERE }", ['blue', 'green']],
  ['databases', "envs: { A: { database: 'HERE', get: 'host' } }", ['orders']],
  ['what is known of a database', "envs: { A: { database: 'orders', get: 'HERE' } }", ['host', 'name', 'port', 'user']],
  ['services', "envs: { A: { service: 'HERE', get: 'url' } }", ['cart', 'shop']],
  ['services that a job comes before', "kind: 'releaseJob', before: 'HERE'", ['cart', 'shop']],
  ['secrets', "envs: { A: { secret: 'HERE' } }", ['SESSION_KEY', 'TOKEN']],
];

for (const [what, service, names] of offers)
  test(`an editor offers ${what}, and nothing else`, async () => {
    const text = configuration(service);
    const offset = text.indexOf('HERE');
    const offered = await server.complete(`${cases}/typed.ts`, text.replace('HERE', ''), offset);
    assert.deepEqual(offered, names);
  });

test('an editor offers what can be said of a service', async () => {
  const text = configuration('HERE');
  const offered = await server.complete(`${cases}/typed.ts`, text.replace('HERE', ''), text.indexOf('HERE'));
  for (const name of ['autoscaling', 'before', 'envs', 'hosts', 'image', 'in', 'probes', 'volumes'])
    assert.ok(offered.includes(name), name);
});
