import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { validate } from '../../lib/config/validate.ts';
import type { Finding } from '../../lib/finding/finding.ts';
import type { Json } from '../../lib/json.ts';
import { acme } from '../acme.ts';

type Change = (configuration: ReturnType<typeof acme>) => void;

/** What validation says of the small configuration after a change. */
function findingsAfter(change: (configuration: never) => void): Finding[] {
  const configuration = acme();
  change(configuration as never);
  return validate(configuration as unknown as Json, () => undefined).findings;
}

/** The words of findings without the rest: what, what was expected, what to do. */
function words({ code, message, expected, help }: Finding): string {
  return [code, message, ...(expected ? [`expected: ${expected}`] : []), ...(help ? [`help: ${help}`] : [])].join('\n');
}

test('a valid configuration has no finding and comes back as it was written', () => {
  const configuration = acme() as unknown as Json;
  assert.deepEqual(
    validate(configuration, () => undefined),
    { value: configuration, findings: [] },
  );
});

test('an image of two sources is told beside a wrong value that holds its name', () => {
  const findings = findingsAfter((({ sources, registry }) => {
    Object.assign(sources, { other: { images: { shop: {} } } });
    Object.assign(registry, { tags: ['shop'], location: { shop: 1 } });
  }) satisfies Change as never);
  assert.deepEqual(findings.map(({ code }) => code).sort(), ['config/duplicate', 'config/value', 'config/value']);
});

const cases: readonly (readonly [string, (configuration: never) => void, string])[] = [
  [
    'a number in quotes',
    (({ services }) => Object.assign(services.shop ?? {}, { replicaCount: '2' })) satisfies Change as never,
    'config/value\n`replicaCount` of service `shop` is the text "2"\nexpected: a whole number from 0 to 100\nhelp: write it without quotes: 2',
  ],
  [
    'a key that is nearly right',
    (({ services }) => Object.assign(services.shop ?? {}, { replicas: 2 })) satisfies Change as never,
    'config/unknown-key\nservice `shop` has no `replicas`\nexpected: `replicaCount`\nhelp: did you mean `replicaCount`?',
  ],
  [
    'a value that is missing',
    (({ environments }) => Reflect.deleteProperty(environments.blue ?? {}, 'domain')) satisfies Change as never,
    'config/missing\n`domain` of environment `blue` is missing\nexpected: a host name such as `example.org`, in lower case, at most 253 characters\nhelp: add `domain` to environment `blue`',
  ],
  [
    'a misspelt key of something that is needed: one finding, not two',
    (({ environments }) => {
      const blue = environments.blue as Record<string, unknown>;
      blue.domian = blue.domain;
      delete blue.domain;
    }) satisfies Change as never,
    'config/unknown-key\nenvironment `blue` has no `domian`\nexpected: `domain`\nhelp: did you mean `domain`?',
  ],
  [
    'a name that Kubernetes refuses',
    (({ services }) => Object.assign(services, { Bad_Name: { image: 'shop' } })) satisfies Change as never,
    'config/name\nthe text "Bad_Name" cannot be a name in `services`\nexpected: a service name: lower case letters, digits and `-`, beginning with a letter, ending with a letter or digit, at most 52 characters\nhelp: write `bad-name`',
  ],
  [
    'a fact that databases do not have',
    (({ services }) =>
      Object.assign(services.shop?.envs ?? {}, { A: { database: 'orders', get: 'hots' } })) satisfies Change as never,
    'config/value\n`envs.A.get` of service `shop` is the text "hots"\nexpected: "host", "port", "name" or "user"\nhelp: write `host`',
  ],
  [
    'a schedule with seconds',
    (({ services }) =>
      Object.assign(services.cart ?? {}, { schedule: { cron: '0 30 2 * * *' } })) satisfies Change as never,
    'config/value\n`schedule.cron` of service `cart` is the text "0 30 2 * * *"\nexpected: a schedule of five fields such as "30 2 * * *": minute, hour, day of month, month, day of week',
  ],
  [
    'an image that no source builds',
    (({ services }) => Object.assign(services.shop ?? {}, { image: 'shopp' })) satisfies Change as never,
    'config/unknown-image\n`image` of service `shop` names the image `shopp`, which does not exist\nexpected: `shop`\nhelp: did you mean `shop`? Else add `shopp` to sources.<repository>.images',
  ],
  [
    'a pool of the other environment',
    (({ services }) =>
      Object.assign(services.shop ?? {}, { in: { blue: { pool: 'batch' } } })) satisfies Change as never,
    'config/unknown-pool\n`pool` of service `shop` in `blue` names the node pool `batch`, which `blue` does not have\nexpected: `main`\nhelp: add `batch` to environments.blue.cluster.nodePools',
  ],
  [
    'an environment that does not exist',
    (({ services }) => Object.assign(services.shop ?? {}, { in: { gren: {} } })) satisfies Change as never,
    'config/unknown-environment\n`in` of service `shop` names the environment `gren`, which does not exist\nexpected: `green`\nhelp: did you mean `green`? Else add `gren` to environments',
  ],
  [
    'an offset that no clock has',
    (({ environments }) =>
      Object.assign(environments.blue?.cluster ?? {}, {
        maintenance: { day: 'Sunday', hour: 2, utcOffset: '+14:30' },
      })) satisfies Change as never,
    'config/value\n`cluster.maintenance.utcOffset` of environment `blue` is the text "+14:30"\nexpected: an offset from UTC such as "+00:00" or "-03:30", from "-12:00" to "+14:00"',
  ],
  [
    'an hour that no day has',
    (({ environments }) =>
      Object.assign(environments.blue?.cluster ?? {}, {
        maintenance: { day: 'Sunday', hour: 24 },
      })) satisfies Change as never,
    'config/value\n`cluster.maintenance.hour` of environment `blue` is the number 24\nexpected: a whole number from 0 to 23',
  ],
  [
    'memory in megabytes',
    (({ services }) =>
      Object.assign(services.shop ?? {}, { resources: { requests: { memory: '500Mb' } } })) satisfies Change as never,
    'config/value\n`resources.requests.memory` of service `shop` is the text "500Mb"\nexpected: memory such as "256Mi" or "2Gi"\nhelp: write `500Mi`',
  ],
  [
    'an image built twice',
    (({ sources }) => Object.assign(sources, { other: { images: { shop: {} } } })) satisfies Change as never,
    'config/duplicate\nimage `shop` stands in `sources.other.images` and in `sources.shop.images`\nexpected: one image of each name',
  ],
];

for (const [name, change, expected] of cases)
  test(`${name} is one finding`, () => {
    assert.deepEqual(findingsAfter(change).map(words), [expected]);
  });

test('a wrong shape hides no wrong name, and what is named wrongly is no second mistake where it is used', () => {
  const codes = (change: Change) =>
    findingsAfter(change as never).map(({ code, path }) => `${code} ${path?.join('.')}`);
  assert.deepEqual(
    codes(({ services }) => {
      Object.assign(services.shop ?? {}, { replicas: 2, image: 'shopp' });
      Object.assign(services.cart ?? {}, { replicaCount: '2', pool: 'mian' });
    }).sort(),
    [
      'config/unknown-image services.shop.image',
      'config/unknown-key services.shop.replicas',
      'config/unknown-pool services.cart.pool',
      'config/value services.cart.replicaCount',
    ],
  );
  assert.deepEqual(
    codes(({ services }) => Object.assign(services, { Cart: services.cart, cart: undefined })).filter((code) =>
      code.startsWith('config/unknown'),
    ),
    [],
  );
});

test('the oldest Kubernetes is the one that the chart asks for', () => {
  const chart = readFileSync(new URL('../../lib/chart/Chart.yaml', import.meta.url), 'utf8');
  const [, oldest] = /^kubeVersion: ">=1\.(\d+)\.0-0"$/m.exec(chart) ?? [];
  const accepts = (minor: number) =>
    findingsAfter((({ environments }) =>
      Object.assign(environments.green?.cluster ?? {}, { kubernetesVersion: `1.${minor}` })) satisfies Change as never)
      .length === 0;
  assert.deepEqual([Number(oldest) - 1, Number(oldest), Number(oldest) + 15].map(accepts), [false, true, true]);
});

test('names that DNS and Azure would refuse are refused', () => {
  const refused = (change: Change) => findingsAfter(change as never).map(({ code, path }) => [code, path?.at(-1)]);
  const host = 'a'.repeat(64);
  assert.deepEqual(
    refused(({ services }) => Object.assign(services.shop ?? {}, { hosts: { [`x.${host}`]: {} } })),
    [['config/name', `x.${host}`]],
  );
  assert.deepEqual(
    refused(({ services }) => Object.assign(services.shop ?? {}, { hosts: { [host.slice(1)]: {} } })),
    [],
  );
  for (const [name, isRefused] of [
    ['v', true],
    ['_v', true],
    ['v-', true],
    ['v'.repeat(65), true],
    ['v_', false],
    ['1.v', false],
  ] as const)
    assert.deepEqual(
      refused(({ environments }) => Object.assign(environments.green?.network ?? {}, { name })),
      isRefused ? [['config/value', 'name']] : [],
      name,
    );
});

test('all that is wrong is told at once', () => {
  const findings = findingsAfter((({ services, environments }) => {
    Object.assign(services.shop ?? {}, { replicaCount: -1, pool: 3 });
    Object.assign(services.cart ?? {}, { ports: { http: 0 } });
    Object.assign(environments.blue ?? {}, { branch: 'a..b' });
  }) satisfies Change as never);
  assert.deepEqual(findings.map(({ path }) => path?.join('.')).sort(), [
    'environments.blue.branch',
    'services.cart.ports.http',
    'services.shop.pool',
    'services.shop.replicaCount',
  ]);
});

test('whatever stands there instead of a configuration, it is a finding', () => {
  for (const value of [null, 1, 'x', [], {}] satisfies Json[])
    assert.ok(validate(value, () => undefined).findings.length > 0, JSON.stringify(value));
});
