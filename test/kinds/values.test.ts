import assert from 'node:assert/strict';
import test from 'node:test';
import { Ajv } from 'ajv';
import { values } from '../../lib/kinds/values/kind.ts';
import type { Model, Service } from '../../lib/model/model.ts';
import { render, valueAt } from '../../lib/render/render.ts';
import { exampleModel, exampleModelWithReleaseJob } from '../example.ts';

type Values = Record<string, unknown>;

async function documents(model: Model): Promise<Record<string, Values>> {
  const plans = values.list(model);
  const rendered = await render(
    model,
    plans.map((plan) => ({ kind: values, plan })),
  );
  return Object.fromEntries(plans.map(({ path }, index) => [path, rendered[index] as Values]));
}

/** The values of `blue`'s shop, with some of the service changed. */
async function shop(changed: Partial<Service> = {}): Promise<Values> {
  const model = exampleModel();
  const { shop } = model.services;
  assert.ok(shop?.environments.blue);
  const environments = { blue: { ...shop.environments.blue, ...changed } };
  const [document] = Object.values(await documents({ ...model, services: { shop: { ...shop, environments } } }));
  assert.ok(document);
  return document;
}

const valid = (() => {
  const [plan] = values.list(exampleModel());
  assert.ok(plan && values.schema);
  return new Ajv({ strict: true, allErrors: true }).compile(values.schema(plan));
})();

test('each service has values in each environment that it is in', async () => {
  assert.deepEqual(Object.keys(await documents(exampleModel())).sort(), [
    'blue/migrate/values.yaml',
    'blue/shop/values.yaml',
    'green/cleanup/values.yaml',
    'green/shop/values.yaml',
  ]);
});

test('the values of a deployment say all that the chart needs but its image', async () => {
  const probe = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 };
  assert.deepEqual(await shop(), {
    name: 'shop',
    partOf: 'acme',
    kind: 'deployment',
    autoscaling: { minReplicas: 2, maxReplicas: 6, cpuPercent: 70 },
    disruptionBudget: { maxUnavailable: 1 },
    envs: { DATABASE_HOST: 'acme-blue-orders.postgres.database.azure.com', FEATURE: 'on', MODE: '0777' },
    secretEnvs: { COOKIE_KEY: 'SESSION_KEY' },
    sealedSecrets: {},
    secretName: 'shop',
    args: ['serve', '--verbose'],
    ports: { http: { port: 8080, protocol: 'TCP' }, metrics: { port: 9090, protocol: 'TCP' } },
    ingress: {
      className: 'nginx',
      issuer: 'self-signed',
      tlsSecret: 'shop-tls',
      hosts: [{ host: 'acme.example', paths: [{ path: '/', pathType: 'Prefix', port: 'http' }] }],
    },
    probes: {
      startup: { http: { path: '/health', port: 'http' }, ...probe },
      readiness: { http: { path: '/ready', port: 'http' }, ...probe },
      liveness: { http: { path: '/health', port: 'http' }, ...probe },
    },
    resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    volumes: {
      keys: { mountPath: '/etc/keys', readOnly: true, secret: { files: { session: 'SESSION_KEY' } } },
      settings: { mountPath: '/etc/shop', readOnly: true, config: { files: { 'shop.conf': 'a = {{ b }}\n' } } },
      tmp: { mountPath: '/tmp', readOnly: false, ephemeral: { size: '64Mi', inMemory: false } },
    },
    scheduling: {
      nodeSelector: { agentpool: 'main' },
      spread: [
        { topologyKey: 'topology.kubernetes.io/zone', hard: false },
        { topologyKey: 'kubernetes.io/hostname', hard: false },
      ],
    },
    shutdown: { gracePeriodSeconds: 30, preStopSeconds: 5 },
    security: {
      runAsNonRoot: true,
      runAsUser: 10001,
      readOnlyRootFilesystem: true,
      capabilities: [],
      apiToken: false,
    },
    serviceAccount: 'shop',
    workloadIdentity: {
      clientId: '00000000-0000-0000-0000-0000000000cc',
      tenantId: '00000000-0000-0000-0000-0000000000aa',
    },
  });
});

test('jobs have limits, a scheduled one its schedule as well, and neither has replicas', async () => {
  const all = await documents(exampleModel());
  const job = { backoffLimit: 2, deadlineSeconds: 3600 };
  assert.deepEqual(
    keysOf(all['blue/migrate/values.yaml'], ['kind', 'job', 'schedule', 'replicaCount', 'ports', 'probes']),
    {
      kind: 'releaseJob',
      job: { ...job, backoffLimit: 0 },
    },
  );
  assert.deepEqual(keysOf(all['green/cleanup/values.yaml'], ['kind', 'job', 'schedule', 'replicaCount']), {
    kind: 'scheduledJob',
    job,
    schedule: {
      cron: '30 2 * * *',
      timeZone: 'Europe/Berlin',
      concurrency: 'Forbid',
      startingDeadlineSeconds: 300,
      successfulHistory: 3,
      failedHistory: 3,
      suspended: false,
    },
  });
});

const jobPlan = values.list(exampleModelWithReleaseJob()).find(({ path }) => path === 'blue/migrate/values.yaml');
assert.ok(jobPlan && values.schema);
const validJob = new Ajv({ strict: true, allErrors: true }).compile(values.schema(jobPlan));

test('a job that comes before a service has a file of its own, with all but what the service says, as a part of it', async () => {
  const alone = (await documents(exampleModel()))['blue/migrate/values.yaml'];
  const part = (await documents(exampleModelWithReleaseJob()))['blue/migrate/values.yaml'];
  assert.ok(alone && part);
  const { name, partOf, kind, ...rest } = alone;
  assert.deepEqual([name, partOf, kind], ['migrate', 'acme', 'releaseJob']);
  assert.deepEqual(part, { releaseJobs: { migrate: rest } });
  assert.ok(validJob(part), JSON.stringify(validJob.errors));
  assert.ok(!valid(part), 'as values of a service');
  assert.ok(!valid({ ...(await shop()), ...(part as Values) }), 'in the file of the service');
});

for (const [what, wrong] of [
  ['an image', { image: { repository: 'a/b', tag: 'c' } }],
  ['replicas', { replicaCount: 1 }],
  ['a name', { name: 'other' }],
  ['a port', { ports: { http: { port: 80, protocol: 'TCP' } } }],
  ['a variable that is no text', { envs: { A: 1 } }],
  ['no limits of its run', { job: undefined }],
] as const)
  test(`the schema refuses ${what} of a job that comes before a service`, async () => {
    const part = (await documents(exampleModelWithReleaseJob()))['blue/migrate/values.yaml'];
    const { releaseJobs } = part as { releaseJobs: { migrate: Values } };
    const changed: unknown = JSON.parse(
      JSON.stringify({ releaseJobs: { migrate: { ...releaseJobs.migrate, ...wrong } } }),
    );
    assert.ok(!validJob(changed));
    assert.ok(!validJob({ releaseJobs, replicaCount: 1 }), 'beside it');
  });

test('extraHelmValues of a job that comes before a service are merged over its values, where they are', () => {
  assert.deepEqual(jobPlan.patchAt, ['releaseJobs', 'migrate']);
});

test('an identity whose id nobody has written yet is left out: half of it would be none', async () => {
  const workloadIdentity = { clientId: null, tenantId: '00000000-0000-0000-0000-0000000000aa' };
  const document = await shop({ workloadIdentity });
  assert.ok(!Object.hasOwn(document, 'workloadIdentity'));
  assert.equal(document.serviceAccount, 'shop');
  assert.ok(valid(document), JSON.stringify(valid.errors));
});

test('a sealed variable is expected from the start, and has a ciphertext once it is sealed', async () => {
  const sealedSecrets = [
    { name: 'A', ciphertext: 'AgAB' },
    { name: 'B', ciphertext: null },
  ];
  const secretEnvs = [
    { name: 'A', secret: 'A' },
    { name: 'OTHER', secret: 'B' },
  ];
  assert.deepEqual(keysOf(await shop({ sealedSecrets, secretEnvs }), ['secretEnvs', 'sealedSecrets']), {
    secretEnvs: { A: 'A', OTHER: 'B' },
    sealedSecrets: { A: 'AgAB' },
  });
});

test('a sealed value that is mounted as a file is no variable', async () => {
  const document = await shop({ sealedSecrets: [{ name: 'A', ciphertext: 'AgAB' }], secretEnvs: [] });
  assert.deepEqual(document.sealedSecrets, { A: 'AgAB' });
  assert.ok(!Object.hasOwn(document, 'secretEnvs'));
});

test('a service without anything optional says so by leaving it out, but always shows its variables and secrets', async () => {
  const bare = await shop({
    ...{ args: null, ports: [], envs: [], sealedSecrets: [], secretEnvs: [], ingress: null, volumes: [] },
    ...{ probes: { startup: null, readiness: null, liveness: null }, workloadIdentity: null, disruptionBudget: null },
    ...{ autoscaling: null, replicaCount: 2 },
  });
  assert.deepEqual(Object.keys(bare).sort(), [
    'envs',
    'kind',
    'name',
    'partOf',
    'replicaCount',
    'resources',
    'scheduling',
    'sealedSecrets',
    'secretName',
    'security',
    'serviceAccount',
    'shutdown',
  ]);
  assert.ok(valid(bare), JSON.stringify(valid.errors));
});

test('a check and a volume stand under the name of their sort', async () => {
  const timing = { initialDelaySeconds: 1, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 4 };
  const document = await shop({
    probes: {
      startup: { check: { kind: 'command', command: ['ready'] }, ...timing },
      readiness: { check: { kind: 'tcp', port: 'http' }, ...timing },
      liveness: null,
    },
    volumes: [
      {
        ...{ kind: 'persistent', name: 'data', mountPath: '/data', readOnly: false },
        ...{ size: '1Gi', storageClass: 'managed-csi', accessMode: 'ReadWriteOnce' },
      },
    ],
  });
  assert.deepEqual(keysOf(document, ['probes', 'volumes']), {
    probes: {
      startup: { command: { command: ['ready'] }, ...timing },
      readiness: { tcp: { port: 'http' }, ...timing },
    },
    volumes: {
      data: {
        mountPath: '/data',
        readOnly: false,
        persistent: { size: '1Gi', storageClass: 'managed-csi', accessMode: 'ReadWriteOnce' },
      },
    },
  });
  assert.ok(valid(document), JSON.stringify(valid.errors));
});

test('all values of the example satisfy the schema', async () => {
  for (const [path, document] of Object.entries(await documents(exampleModel()))) {
    assert.ok(valid(document), `${path}: ${JSON.stringify(valid.errors)}`);
  }
});

test('what a person adds by extraHelmValues is judged like the rest', async () => {
  const document = await shop();
  const good = {
    podAnnotations: { 'example.org/scrape': 'true' },
    podLabels: { team: 'shop' },
    serviceAnnotations: { 'example.org/internal': 'true' },
    priorityClassName: 'important',
    imagePullSecrets: ['elsewhere'],
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['legacy.example'] }],
    dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
    rollout: { maxSurge: 1, maxUnavailable: '25%' },
    minReadySeconds: 10,
    revisionHistoryLimit: 5,
    autoscaling: {
      minReplicas: 1,
      maxReplicas: 2,
      cpuPercent: 50,
      behavior: { scaleDown: { selectPolicy: 'Disabled' } },
    },
  };
  assert.ok(valid({ ...document, ...good }), JSON.stringify(valid.errors));
});

for (const { what, wrong, at } of [
  { what: 'a number of replicas in quotes', wrong: { autoscaling: undefined, replicaCount: '2' }, at: '/replicaCount' },
  { what: 'replicas beside autoscaling', wrong: { replicaCount: 2 }, at: '' },
  { what: 'neither replicas nor autoscaling', wrong: { autoscaling: undefined }, at: '' },
  { what: 'autoscaling by nothing', wrong: { autoscaling: { minReplicas: 1, maxReplicas: 2 } }, at: '/autoscaling' },
  { what: 'a key that the chart does not know', wrong: { replicas: 2 }, at: '' },
  { what: 'a nested key that the chart does not know', wrong: { shutdown: { grace: 1 } }, at: '/shutdown' },
  { what: 'an image, which has its own file', wrong: { image: { repository: 'a/b', tag: 'c' } }, at: '' },
  { what: 'a variable that is no text', wrong: { envs: { A: 1 } }, at: '/envs/A' },
  { what: 'a name that is no variable', wrong: { envs: { 'A-B': '1' } }, at: '/envs' },
  { what: 'a ciphertext that is none', wrong: { sealedSecrets: { A: 'plain text!' } }, at: '/sealedSecrets/A' },
  { what: 'a port that is none', wrong: { ports: { http: { port: 65536, protocol: 'TCP' } } }, at: '/ports/http/port' },
  { what: 'a port whose name has no letter', wrong: { ports: { '80': { port: 80, protocol: 'TCP' } } }, at: '/ports' },
  {
    what: 'a budget that lets no node be drained',
    wrong: { disruptionBudget: { maxUnavailable: 0 } },
    at: '/disruptionBudget/maxUnavailable',
  },
  {
    what: 'memory in thousandths of a byte',
    wrong: { resources: { requests: { cpu: '1', memory: '400m' }, limits: { memory: '1Gi' } } },
    at: '/resources/requests/memory',
  },
  { what: 'a deployment with a schedule', wrong: { job: { backoffLimit: 1, deadlineSeconds: 1 } }, at: '/job' },
  { what: 'a release job with a host', wrong: { kind: 'releaseJob' }, at: '/ingress' },
  {
    what: 'a volume of two sorts',
    wrong: {
      volumes: {
        a: {
          mountPath: '/a',
          readOnly: false,
          config: { files: { a: '' } },
          ephemeral: { size: '1Mi', inMemory: false },
        },
      },
    },
    at: '/volumes/a',
  },
  {
    what: 'a volume of secrets that shows all of them',
    wrong: { volumes: { a: { mountPath: '/a', readOnly: false, secret: { files: {} } } } },
    at: '/volumes/a/secret/files',
  },
  { what: 'a label that selectors use', wrong: { podLabels: { 'app.kubernetes.io/name': 'other' } }, at: '/podLabels' },
  {
    what: 'a rollout that can go neither forward nor back',
    wrong: { rollout: { maxSurge: 0, maxUnavailable: '0%' } },
    at: '/rollout',
  },
]) {
  test(`the schema refuses ${what}`, async () => {
    // As JSON, where what is undefined is absent.
    const document: unknown = JSON.parse(JSON.stringify({ ...(await shop()), ...wrong }));
    assert.ok(!valid(document));
    assert.ok(
      valid.errors?.some(({ instancePath }) => instancePath === at),
      JSON.stringify(valid.errors),
    );
  });
}

test('extraHelmValues of the service are merged over its values', () => {
  const model = exampleModel();
  for (const { patch, patchAt } of values.list(model)) {
    assert.ok(patch);
    assert.deepEqual(valueAt(model, patch), {});
    assert.equal(patchAt, undefined);
  }
});

/** Those of the keys that an object has, with their values. */
function keysOf(object: Values | undefined, keys: readonly string[]): Values {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([key]) => keys.includes(key)));
}
