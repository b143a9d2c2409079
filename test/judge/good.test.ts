// A platform as it should be is never nagged: whatever its services are called, however many there are, and whichever of the good ways
// to say a thing each of them takes, no rule has anything to say.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PlatformInput } from '../../lib/config/schema.ts';
import type { Json } from '../../lib/json.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { compiled } from '../platforms/compiled.ts';
import { holds } from '../platforms/holds.ts';
import { asTypeScript } from '../platforms/text.ts';
import { faultless } from './faultless.ts';

type Service = Record<string, unknown>;

const optional = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Service> =>
  fc.record(fields, { requiredKeys: [], noNullPrototype: true });

const name = fc
  .tuple(
    fc.constantFrom('key', 'token', 'secret', 'public', 'latest', 'admin', 'mail', 'report', 'x', 'p4'),
    fc.constantFrom('', '-api', '-web', '-worker', '-1'),
  )
  .map((parts) => parts.join(''));

const resources = fc.constantFrom(
  { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '64Mi' } },
  { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
  { requests: { cpu: '0.2', memory: '512Mi' }, limits: { cpu: '1', memory: '512Mi' } },
);

/** Texts that look like what rules are after, and are not. */
const envs = optional({
  MODE: fc.constantFrom('fast', 'production', '0', 'latest'),
  PASSWORD_MIN_LENGTH: fc.constant('12'),
  TOKEN_URL: fc.constant('https://login.example.org/oauth2/token'),
  KEY_PREFIX: fc.constantFrom('cart', 'session'),
  PUBLIC_KEY_ID: fc.constant('a1B2c3D4e5F6g7H8'),
  BUILD: fc.constant('3f2504e0-4f89-41d3-9a0c-0305e82c3301'),
  PGSSLMODE: fc.constantFrom('require', 'verify-full'),
});

const volumes = optional({
  tmp: fc.constantFrom({ kind: 'ephemeral', mountPath: '/tmp', size: '1Gi' }),
  settings: fc.constant({ kind: 'config', mountPath: '/etc/app', files: { 'app.conf': 'user = app\nmode = fast\n' } }),
});

const PROBES = [
  { readiness: '/ready', liveness: '/alive' },
  { readiness: '/health', liveness: { http: '/health', failureThreshold: 6 } },
  { startup: '/health', readiness: { tcp: 'http' }, liveness: { http: '/health', periodSeconds: 20 } },
  { readiness: { command: ['true'] } },
];

const deployment = fc
  .tuple(
    optional({ resources, envs, volumes, hosts: fc.constant({}), shutdown: fc.constant({ preStopSeconds: 10 }) }),
    fc.constantFrom(...PROBES),
    fc.constantFrom({ replicaCount: 2 }, { replicaCount: 4 }, { autoscaling: { minReplicas: 2, maxReplicas: 4 } }),
  )
  .map(([rest, probes, size]): Service => ({ image: 'shop', ports: { http: 8080 }, probes, ...size, ...rest }));

const scheduled = fc
  .tuple(
    optional({ resources, envs, volumes }),
    fc.constantFrom('30 2 * * *', '0 */6 * * *', '@daily', '5 4 1 * *'),
    fc.constantFrom(600, 3600),
  )
  .map(
    ([rest, cron, deadlineSeconds]): Service => ({
      ...{ kind: 'scheduledJob', image: 'jobs', schedule: { cron }, job: { deadlineSeconds } },
      ...rest,
    }),
  );

const migration = optional({ resources, envs }).map(
  (rest): Service => ({ kind: 'releaseJob', before: 'cart', command: ['migrate'], ...rest }),
);

const pool = fc.constantFrom(
  { nodes: 9 },
  { nodes: { min: 6, max: 12 } },
  { size: 'Standard_D8s_v5', nodes: 6, zones: ['1', '2', '3'] },
);

const platform = fc
  .tuple(
    fc.dictionary(name, fc.oneof({ weight: 3, arbitrary: deployment }, scheduled, migration), {
      maxKeys: 8,
      size: 'max',
      noNullPrototype: true,
    }),
    pool,
  )
  .map(([drawn, main]) => {
    const services = Object.fromEntries(
      Object.entries(drawn).map(([key, service]) => [
        key,
        service.hosts ? { ...service, hosts: { [key]: {} } } : service,
      ]),
    );
    const cluster = { nodePools: { main } };
    return applyPatch(faultless(), {
      environments: { blue: { cluster }, green: { cluster } },
      services,
    } as unknown as Json) as PlatformInput;
  });

test('a good platform is never nagged', async () => {
  await holds(
    platform,
    async (good) => {
      const { findings } = await compiled(good);
      assert.deepEqual(
        findings.map(({ code, message }) => `${code}: ${message}`),
        [],
      );
    },
    { runs: 25, shown: asTypeScript },
  );
});
