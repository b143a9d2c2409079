import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isObject } from '../../lib/json.ts';
import { fixedImage, image } from '../../lib/kinds/image/kind.ts';
import { values } from '../../lib/kinds/values/kind.ts';
import type { Model, Service } from '../../lib/model/model.ts';
import { print } from '../../lib/print/print.ts';
import { render } from '../../lib/render/render.ts';
import { exampleModel, exampleModelWithReleaseJob } from '../example.ts';
import { consult, planted, testWith, type Verdict } from './ledger.ts';
import { expanded, type Manifest, podTemplateOf as podTemplate } from './meaning.ts';
import { conform, manifestsIn as manifests } from './platforms.ts';

/** Helm values. */
type Values = Manifest;

const test = testWith('helm3', 'helm4');

const folder = mkdtempSync(join(tmpdir(), 'chart-'));
after(() => rmSync(folder, { recursive: true }));
const chart = join(folder, 'service');
cpSync(fileURLToPath(new URL('../../lib/chart', import.meta.url)), chart, { recursive: true });

/** What Helm may use of this machine: nothing but its own temporary folders. */
const environment = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder };

const run = (name: string, args: readonly string[]): Verdict => consult(name, args, { documents: 1, environment });

let files = 0;
/** Writes values as the compiler does: each job that comes before the service, and the image, into its own file. */
function valuesArgs({ image: picture, releaseJobs = {}, ...rest }: Values): string[] {
  const [plan] = values.list(exampleModel());
  assert.ok(plan);
  const jobs = Object.entries(releaseJobs).map(([name, job]) => ({ releaseJobs: { [name]: job } }));
  return [rest, ...jobs, ...(picture === undefined ? [] : [{ image: picture }])].flatMap((document) => {
    const file = join(folder, `values-${++files}.yaml`);
    writeFileSync(file, print({ kind: values, plan }, document, ['a test']));
    return ['-f', file];
  });
}

/** Helm's arguments to render as Argo CD does. */
function templateArgs(document: Values): string[] {
  const flags = ['--namespace', 'shop', '--kube-version', '1.36.0', '--include-crds'];
  return ['template', String(document.name), chart, ...flags, ...valuesArgs(document)];
}

const known = new Map<string, string>();

/** What Helm renders. The same values need not be rendered again: that they give the same bytes has its own test. */
function rendered(document: Values): string {
  const key = JSON.stringify(document);
  const text = known.get(key) ?? renderedAnew(document);
  known.set(key, text);
  return text;
}

/** Renders with both majors of Helm, which must agree byte by byte, and so must each with itself. */
function renderedAnew(document: Values, { times = 1 } = {}): string {
  const args = templateArgs(document);
  const texts = ['helm3', 'helm4'].flatMap((name) =>
    Array.from({ length: times }, () => {
      const { code, out, error } = run(name, args);
      assert.equal(code, 0, `${name}: ${error}`);
      return out;
    }),
  );
  assert.equal(new Set(texts).size, 1, 'the same values rendered differently');
  return texts[0] ?? '';
}

function objects(document: Values): Manifest[] {
  return manifests(rendered(document));
}

function only(all: readonly Manifest[], kind: string): Manifest {
  const found = all.filter((manifest) => manifest.kind === kind);
  assert.equal(found.length, 1, `${found.length} of kind ${kind}`);
  return found[0] as Manifest;
}

function pod(all: readonly Manifest[]): Manifest {
  const [template] = all.flatMap((manifest) => podTemplate(manifest) ?? []);
  assert.ok(template);
  return template;
}

/** All values of a model's services, image included, by path of the values file. */
async function valuesOf(model: Model): Promise<Record<string, Values>> {
  const planned = [values, image, fixedImage].flatMap((kind) => kind.list(model).map((plan) => ({ kind, plan })));
  const documents = await render(model, planned);
  const merged: Record<string, Values> = {};
  planned.forEach(({ plan }, index) => {
    const service = plan.path.replace(/\/[^/]*$/, '');
    merged[service] = { ...merged[service], ...(documents[index] as Values) };
  });
  return merged;
}

/** The values of a service of `blue`, some of it changed. */
async function one(name: 'shop' | 'migrate', changed: Partial<Service> = {}): Promise<Values> {
  const model = exampleModel();
  const service = model.services[name];
  assert.ok(service?.environments.blue);
  const environments = { blue: { ...service.environments.blue, ...changed } };
  const [document] = Object.values(await valuesOf({ ...model, services: { [name]: { name, environments } } }));
  assert.ok(document);
  return document;
}

type Change = NonNullable<Parameters<typeof exampleModelWithReleaseJob>[0]>;

/** The values of `blue`'s shop and of a job that comes before it. */
async function release(changed: Change = {}): Promise<Values> {
  const all = await valuesOf(exampleModelWithReleaseJob(changed));
  return { ...all['blue/shop'], ...all['blue/migrate'] };
}

const timing = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 };
const disk = {
  kind: 'persistent',
  name: 'data',
  mountPath: '/data',
  readOnly: false,
  size: '10Gi',
  storageClass: 'managed-csi',
  accessMode: 'ReadWriteOnce',
} as const;

const ciphertext = `AgB${'x'.repeat(717)}`;

/** What a job can have. */
const laden: Partial<Service> = {
  command: ['node', 'migrate.js'],
  envs: [{ name: 'MODE', value: '0777' }],
  sealedSecrets: [{ name: 'SESSION_KEY', ciphertext }],
  volumes: [
    disk,
    { ...disk, name: 'shared', mountPath: '/shared', accessMode: 'ReadWriteMany' },
    { kind: 'config', name: 'settings', mountPath: '/etc/shop', readOnly: true, files: { 'a.conf': 'a = {{ b }}\n' } },
    { kind: 'secret', name: 'keys', mountPath: '/etc/keys', readOnly: true, files: { key: 'SESSION_KEY' } },
  ],
  workloadIdentity: {
    clientId: '00000000-0000-0000-0000-0000000000dd',
    tenantId: '00000000-0000-0000-0000-0000000000aa',
  },
  extraManifests: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'notes' }, data: { on: '{{ x }}' } }],
};

/** Between them, the services of the example and these use all that the chart can do. */
async function everything(): Promise<Record<string, Values>> {
  const withJob = await release({ migrate: laden });
  const { migrate } = withJob.releaseJobs;
  return {
    ...(await valuesOf(exampleModel())),
    withJob,
    withJobs: {
      ...withJob,
      releaseJobs: {
        migrate,
        seed: {
          ...{ ...migrate, serviceAccount: 'seed', secretName: 'seed', extraManifests: [] },
          ...{
            podAnnotations: { 'example.org/z': 'on' },
            podLabels: { team: 'shop' },
            imagePullSecrets: ['elsewhere'],
          },
          ...{ hostAliases: [{ ip: '10.0.0.1', hostnames: ['legacy.example'] }], priorityClassName: 'important' },
        },
      },
    },
    widest: {
      ...(await one('shop', {
        command: ['/bin/shop'],
        ports: [
          { name: 'http', port: 8080, protocol: 'TCP' },
          { name: 'dns', port: 5353, protocol: 'UDP' },
        ],
        sealedSecrets: [{ name: 'SESSION_KEY', ciphertext }],
        autoscaling: { minReplicas: 2, maxReplicas: 500, cpuPercent: 70, memoryPercent: 80 },
        resources: { requests: { cpu: '0.5', memory: '1.5Gi' }, limits: { cpu: '2', memory: '2Gi' } },
        probes: {
          startup: { check: { kind: 'command', command: ['shop', 'ready'] }, ...timing },
          readiness: { check: { kind: 'tcp', port: 'http' }, ...timing },
          liveness: { check: { kind: 'http', path: '/health?a=b', port: 'http' }, ...timing },
        },
        ingress: {
          ...{ className: 'nginx', issuer: 'self-signed', tlsSecret: 'shop-tls' },
          annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '10m' },
          hosts: ['acme.example', 'www.acme.example'].map((host) => ({
            host,
            paths: [
              { path: '/', pathType: 'Prefix', port: 'http' },
              { path: '/exact', pathType: 'Exact', port: 'http' },
            ],
          })),
        },
        scheduling: {
          pool: 'batch',
          nodeSelector: { agentpool: 'batch', 'kubernetes.io/arch': 'amd64' },
          tolerations: [
            { key: 'dedicated', operator: 'Equal', value: 'batch', effect: 'NoSchedule' },
            { key: 'spot', operator: 'Exists', value: null, effect: null },
          ],
          spread: [{ topologyKey: 'topology.kubernetes.io/zone', hard: true }],
        },
        disruptionBudget: { maxUnavailable: '25%' },
        shutdown: { gracePeriodSeconds: 86_400, preStopSeconds: 3600 },
        volumes: [
          disk,
          { ...disk, name: 'shared', mountPath: '/shared', accessMode: 'ReadWriteMany' },
          { kind: 'ephemeral', name: 'cache', mountPath: '/cache', readOnly: false, size: '1Gi', inMemory: true },
          { kind: 'config', name: 'settings', mountPath: '/etc/shop', readOnly: true, files: { a: 'b', 'c.d': '' } },
          { kind: 'secret', name: 'keys', mountPath: '/etc/keys', readOnly: true, files: { key: 'SESSION_KEY' } },
        ],
        extraManifests: [
          { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' }, data: { template: '{{ .Values.name }}' } },
        ],
      })),
      podAnnotations: { 'example.org/scrape': 'true', 'example.org/z': 'on' },
      podLabels: { team: 'shop' },
      serviceAnnotations: { 'example.org/internal': 'true' },
      imagePullSecrets: ['elsewhere'],
      hostAliases: [{ ip: '10.0.0.1', hostnames: ['legacy.example'] }],
      dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
      priorityClassName: 'important',
      minReadySeconds: 5,
    },
    quick: {
      ...(await one('shop')),
      autoscaling: {
        ...{ minReplicas: 1, maxReplicas: 3, cpuPercent: 50 },
        behavior: {
          scaleDown: { stabilizationWindowSeconds: 3600, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
        },
      },
      rollout: { maxSurge: 1, maxUnavailable: '50%' },
    },
    bare: await one('shop', {
      ...{ args: null, ports: [], envs: [], sealedSecrets: [], secretEnvs: [], ingress: null, volumes: [] },
      ...{ probes: { startup: null, readiness: null, liveness: null }, workloadIdentity: null, disruptionBudget: null },
      ...{ autoscaling: null, replicaCount: 0, shutdown: { gracePeriodSeconds: 30, preStopSeconds: 0 } },
      scheduling: { pool: 'main', nodeSelector: {}, tolerations: [], spread: [] },
    }),
  };
}

test('every service renders, twice and with both majors of Helm alike, and lints', async () => {
  for (const [name, document] of Object.entries(await everything())) {
    assert.ok(manifests(renderedAnew(document, { times: 2 })).length >= 2, name);
    for (const helm of ['helm3', 'helm4']) {
      const { code, out, error } = run(helm, ['lint', '--strict', '--quiet', chart, ...valuesArgs(document)]);
      assert.equal(code, 0, `${helm}, ${name}: ${out}${error}`);
    }
  }
});

testWith(
  'helm3',
  'helm4',
  'kubeconform',
)('Kubernetes knows every field of every object', async () => {
  const all = Object.entries(await everything());
  conform(
    join(folder, 'manifests'),
    all.map(([name, document]) => ({ name, version: '1.36', text: rendered(document) })),
  );
});

test('pods satisfy Pod Security restricted', async () => {
  let seen = 0;
  for (const document of Object.values(await everything())) {
    for (const { spec } of objects(document).flatMap((manifest) => podTemplate(manifest) ?? [])) {
      seen++;
      assert.deepEqual(lessThanRestricted(spec), []);
    }
  }
  assert.ok(seen > 5);
});

test('a service that asks for less than restricted gets it, and the check of this test sees it', async () => {
  const security = {
    runAsNonRoot: false,
    runAsUser: 0,
    readOnlyRootFilesystem: false,
    capabilities: ['SYS_TIME'],
    apiToken: true,
  };
  const { spec } = pod(objects(await one('shop', { security })));
  assert.deepEqual(lessThanRestricted(spec), ['runAsNonRoot', 'runAsUser', 'capabilities SYS_TIME']);
  assert.equal(spec.automountServiceAccountToken, true);
  assert.equal(spec.containers[0].securityContext.readOnlyRootFilesystem, false);
});

test('texts arrive as they are, whatever they look like', async () => {
  const texts = [
    ...[
      'on',
      'off',
      'yes',
      'n',
      'null',
      '~',
      '',
      '=',
      '<<',
      '0777',
      '0o17',
      '0x1F',
      '1e3',
      '1_000',
      '.inf',
      '12:30:45',
    ],
    ...['2001-01-01', '9007199254740993', '-0', '+1', '1.10', 'true', 'True'],
    ...[
      '{{ .Values.name }}',
      '{{',
      '}}',
      '{{- fail "x" }}',
      '$(V0)',
      '$$(V0)',
      '$$$(V0)',
      '$(V0',
      '$$',
      'a$',
      '$V0',
      '%d %s',
      '`x`',
    ],
    ...[
      '"',
      "'",
      '\\',
      '\\n',
      'a\nb',
      'a\n',
      '\na',
      '  a\n b',
      'a \n',
      '\t',
      '\r\n',
      'a\r',
      ' a',
      'a ',
      '- a',
      '# a',
      'a # b',
    ],
    ...['a: b', '{', '[', '&a', '*a', '!a', '|', '>', '@a', '%a', '---', '...', '--- a\n...\n', '<a & b>'],
    ...[
      'ä',
      '日本',
      '😀',
      '\u0085',
      '\u00a0',
      '\u2028',
      '\u2029',
      '\ufeff',
      '\u0001',
      '\u007f',
      '\u200e',
      'x'.repeat(5000),
    ],
  ];
  const named = texts.map((value, index) => ({ name: `V${index}`, value }));
  const annotations = Object.fromEntries(named.map(({ name, value }) => [`example.org/${name}`, value]));
  const content = Object.fromEntries(named.map(({ name, value }) => [name, value]));
  const document = await one('shop', {
    envs: named,
    args: texts,
    command: texts,
    probes: { startup: { check: { kind: 'command', command: texts }, ...timing }, readiness: null, liveness: null },
    volumes: [{ kind: 'config', name: 'texts', mountPath: '/texts', readOnly: true, files: content }],
    ingress: {
      ...{ className: 'nginx', issuer: 'self-signed', tlsSecret: 'shop-tls', annotations },
      hosts: [{ host: 'acme.example', paths: [{ path: '/', pathType: 'Prefix', port: 'http' }] }],
    },
    extraManifests: ['more', 'even-more'].map((name) => ({
      ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
      data: content,
    })),
  });
  const all = objects({ ...document, podAnnotations: annotations, serviceAnnotations: annotations });
  const { metadata, spec } = pod(all);
  const [container] = spec.containers;
  assert.deepEqual(
    container.env
      .filter(({ name }: Manifest) => /^V[0-9]/.test(name))
      .sort((a: Manifest, b: Manifest) => order(a.name) - order(b.name))
      .map(({ name, value }: Manifest) => ({ name, value: expanded(value) })),
    named,
  );
  assert.deepEqual(container.args.map(expanded), texts);
  assert.deepEqual(container.command.map(expanded), texts);
  assert.deepEqual(container.startupProbe.exec.command.map(expanded), texts);
  for (const { data } of all.filter(({ kind }) => kind === 'ConfigMap')) assert.deepEqual(data, content);
  assert.equal(all.filter(({ kind }) => kind === 'ConfigMap').length, 3);
  for (const found of [metadata, only(all, 'Ingress').metadata, only(all, 'Service').metadata]) {
    for (const [key, value] of Object.entries(annotations)) assert.equal(found.annotations[key], value, key);
  }
});

test('variables, files and services may be named like words of YAML', async () => {
  const names = ['on', 'y', 'NO', 'null', 'true', 'e1', '_'];
  const document = await one('shop', {
    ...{ name: 'on', secretName: 'y', serviceAccount: 'null' },
    envs: names.map((name) => ({ name, value: 'x' })),
    volumes: [
      {
        kind: 'config',
        name: 'off',
        mountPath: '/a',
        readOnly: true,
        files: { on: 'a', '1e3': 'b', '0777': 'c', '.a': 'd' },
      },
    ],
  });
  const all = objects(document);
  assert.equal(only(all, 'Deployment').metadata.name, 'on');
  assert.equal(only(all, 'ServiceAccount').metadata.name, 'null');
  assert.deepEqual(only(all, 'ConfigMap').data, { on: 'a', '1e3': 'b', '0777': 'c', '.a': 'd' });
  assert.equal(only(all, 'ConfigMap').metadata.name, 'on.off');
  const variables = pod(all).spec.containers[0].env.map(({ name }: Manifest) => name);
  assert.deepEqual(new Set(variables), new Set([...names, 'COOKIE_KEY']));
});

test('whole numbers stay whole numbers above a million', async () => {
  const large = 1_234_567;
  const document = await one('migrate', {
    job: { backoffLimit: 2, deadlineSeconds: large },
    shutdown: { gracePeriodSeconds: large, preStopSeconds: large - 1 },
    security: {
      runAsNonRoot: true,
      runAsUser: 2_147_483_647,
      readOnlyRootFilesystem: true,
      capabilities: [],
      apiToken: false,
    },
    extraManifests: [{ apiVersion: 'example.org/v1', kind: 'Number', metadata: { name: 'number' }, spec: { large } }],
  });
  const all = objects(document);
  const job = only(all, 'Job');
  assert.equal(job.spec.activeDeadlineSeconds, large);
  assert.equal(job.spec.template.spec.terminationGracePeriodSeconds, large);
  assert.equal(job.spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds, large - 1);
  assert.equal(job.spec.template.spec.securityContext.runAsUser, 2_147_483_647);
  assert.equal(only(all, 'Number').spec.large, large);
});

test('selectors have the two labels that never change, and select the pods', async () => {
  const selector = { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'shop' };
  const all = objects(await one('shop'));
  assert.deepEqual(only(all, 'Deployment').spec.selector.matchLabels, selector);
  assert.deepEqual(only(all, 'Service').spec.selector, selector);
  assert.deepEqual(only(all, 'PodDisruptionBudget').spec.selector.matchLabels, selector);
  const { metadata, spec } = pod(all);
  assert.deepEqual(metadata.labels, {
    ...selector,
    'app.kubernetes.io/part-of': 'acme',
    'azure.workload.identity/use': 'true',
  });
  for (const { labelSelector } of spec.topologySpreadConstraints) assert.deepEqual(labelSelector.matchLabels, selector);
  for (const { metadata } of all) {
    assert.deepEqual(metadata.labels, {
      ...selector,
      'app.kubernetes.io/part-of': 'acme',
      'app.kubernetes.io/managed-by': 'Helm',
      'helm.sh/chart': 'service-1.0.0',
    });
    assert.equal(metadata.namespace, 'shop');
  }
});

test('either the configuration or the autoscaler says how many replicas there are', async () => {
  const scaled = objects(await one('shop'));
  assert.ok(!Object.hasOwn(only(scaled, 'Deployment').spec, 'replicas'));
  assert.deepEqual(only(scaled, 'HorizontalPodAutoscaler').spec.scaleTargetRef, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'shop',
  });
  const fixed = objects(await one('shop', { autoscaling: null, replicaCount: 0 }));
  assert.equal(only(fixed, 'Deployment').spec.replicas, 0);
  assert.ok(fixed.every(({ kind }) => kind !== 'HorizontalPodAutoscaler'));
});

test('a pod waits for a secret that has not been sealed, instead of running without', async () => {
  const reference = { secretKeyRef: { name: 'shop', key: 'SESSION_KEY' } };
  for (const ciphertext of [null, 'AgAB']) {
    const all = objects(await one('shop', { sealedSecrets: [{ name: 'SESSION_KEY', ciphertext }] }));
    const variables = pod(all).spec.containers[0].env.filter(({ valueFrom }: Manifest) => valueFrom);
    assert.deepEqual(variables, [{ name: 'COOKIE_KEY', valueFrom: reference }]);
    const sealed = all.filter(({ kind }) => kind === 'SealedSecret');
    assert.equal(sealed.length, ciphertext === null ? 0 : 1);
    if (ciphertext !== null) assert.deepEqual(sealed[0]?.spec.encryptedData, { SESSION_KEY: ciphertext });
  }
});

test('pods restart when a mounted file or a ciphertext changes, and for nothing else of these', async () => {
  const files = (content: string) => [
    { kind: 'config', name: 'settings', mountPath: '/etc/shop', readOnly: true, files: { a: content } } as const,
  ];
  const sealed = (ciphertext: string) => [{ name: 'SESSION_KEY', ciphertext }];
  const template = async (changed: Partial<Service>) => JSON.stringify(pod(objects(await one('shop', changed))));
  const before = await template({ volumes: files('a'), sealedSecrets: sealed('AgAA') });
  assert.notEqual(await template({ volumes: files('b'), sealedSecrets: sealed('AgAA') }), before);
  assert.notEqual(await template({ volumes: files('a'), sealedSecrets: sealed('AgAB') }), before);
  const budget = { maxUnavailable: 2 };
  assert.equal(
    await template({ volumes: files('a'), sealedSecrets: sealed('AgAA'), disruptionBudget: budget }),
    before,
  );
});

test('what pods need is applied in a wave before them; volume claims, which wait for pods, are not', async () => {
  const all = objects((await everything()).widest ?? {});
  const wave = ({ metadata }: Manifest) => metadata.annotations?.['argocd.argoproj.io/sync-wave'];
  const early = all.filter((manifest) => wave(manifest) === '-2').map(({ kind }) => kind);
  assert.deepEqual(early.sort(), ['ConfigMap', 'SealedSecret', 'ServiceAccount']);
  const rest = all.filter((manifest) => !early.includes(manifest.kind));
  for (const manifest of rest) assert.equal(wave(manifest), undefined, manifest.kind);
  for (const { metadata } of all.filter(({ kind }) => kind === 'PersistentVolumeClaim')) {
    assert.equal(metadata.annotations['argocd.argoproj.io/sync-options'], 'Prune=false,Delete=false');
  }
});

test('a release goes in waves: what pods need, then its jobs with the disks that wait for them, then the service', async () => {
  const all = objects(await release({ shop: { ...laden, extraManifests: [] }, migrate: laden }));
  const waves: Record<string, string[]> = {};
  for (const { kind, metadata } of all) {
    const wave = metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? '0';
    waves[wave] = [...(waves[wave] ?? []), `${kind} ${metadata.name.replace(/-[0-9a-f]{10}$/, '')}`];
  }
  assert.deepEqual(Object.fromEntries(Object.entries(waves).map(([wave, names]) => [wave, names.sort()])), {
    '-2': [
      ...['ConfigMap migrate.settings', 'ConfigMap shop.settings', 'SealedSecret migrate', 'SealedSecret shop'],
      ...['ServiceAccount migrate', 'ServiceAccount shop'],
    ],
    '-1': ['Job migrate', 'PersistentVolumeClaim migrate.data', 'PersistentVolumeClaim migrate.shared'],
    '0': [
      ...['ConfigMap notes', 'Deployment shop', 'HorizontalPodAutoscaler shop', 'Ingress shop'],
      ...['PersistentVolumeClaim shop.data', 'PersistentVolumeClaim shop.shared', 'PodDisruptionBudget shop'],
      'Service shop',
    ],
  });
});

test('a job that comes before a service has the objects that it has by itself, and the image of the service', async () => {
  const bare = { args: null, envs: [], sealedSecrets: [], secretEnvs: [], volumes: [] };
  for (const [job, count] of [
    [laden, 7],
    [bare, 2],
  ] as const) {
    const together = await release({ shop: { ...laden, extraManifests: [] }, migrate: job });
    const alone = { ...(await one('migrate', job)), image: together.image };
    const found = ofJob(objects(together));
    assert.equal(found.length, count);
    assert.deepEqual(found, ofJob(objects(alone)));
  }
});

/** The objects of the job `migrate` as texts. The release that it is part of is a label of its pods, and so in the digest. */
function ofJob(all: readonly Manifest[]): string[] {
  return all
    .filter(({ metadata }) => metadata.name === 'notes' || metadata.labels['app.kubernetes.io/name'] === 'migrate')
    .map((manifest) =>
      JSON.stringify(manifest)
        .replaceAll(/"app.kubernetes.io\/instance":"[a-z]+"/g, '"app.kubernetes.io/instance":"…"')
        .replace(/"migrate-[0-9a-f]{10}"/, '"migrate-…"'),
    )
    .sort();
}

test('the service sends nothing to the pods of its job', async () => {
  const all = objects(await release({ migrate: laden }));
  const job = podTemplate(only(all, 'Job'))?.metadata.labels;
  assert.equal(job['app.kubernetes.io/instance'], 'shop');
  assert.notEqual(job['app.kubernetes.io/name'], only(all, 'Service').spec.selector['app.kubernetes.io/name']);
});

test('a new image of the service is a new run of its job, another number of replicas is none', async () => {
  const name = async (shop: Partial<Service>) => only(objects(await release({ shop })), 'Job').metadata.name as string;
  const before = await name({});
  const image = { name: 'shop', repository: 'acmeregistry.azurecr.io/shop', tag: 'main-7-live', updated: true };
  assert.notEqual(await name({ image }), before);
  assert.equal(await name({ autoscaling: null, replicaCount: 3, envs: [] }), before);
});

test('a drained node is no failure of a scheduled job, and may be one of a release job; neither makes way for a smaller cluster', async () => {
  const all = await valuesOf(exampleModel());
  const cron = only(objects(all['green/cleanup'] ?? {}), 'CronJob').spec.jobTemplate.spec;
  const job = only(objects(all['blue/migrate'] ?? {}), 'Job').spec;
  assert.deepEqual(cron.podFailurePolicy, {
    rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
  });
  assert.equal(cron.template.spec.restartPolicy, 'Never');
  assert.ok(!Object.hasOwn(job, 'podFailurePolicy'));
  const evict = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
  for (const { template } of [cron, job]) assert.equal(template.metadata.annotations[evict], 'false');
  assert.ok(!Object.hasOwn(pod(objects(await one('shop'))).metadata.annotations, evict));
  const podAnnotations = { [evict]: 'true' };
  const willing = only(objects({ ...all['blue/migrate'], podAnnotations }), 'Job').spec.template.metadata.annotations;
  assert.equal(willing[evict], 'true');
});

test('a release job is a new Job for each image, setting and secret, and the same one otherwise', async () => {
  const name = async (changed: Partial<Service>) =>
    only(objects(await one('migrate', changed)), 'Job').metadata.name as string;
  const before = await name({});
  assert.match(before, /^migrate-[0-9a-f]{10}$/);
  const image = {
    name: 'shop-jobs',
    repository: 'acmeregistry.azurecr.io/shop-jobs',
    tag: 'main-7-live',
    updated: true,
  };
  const changes: Partial<Service>[] = [
    { image },
    { envs: [{ name: 'A', value: 'b' }] },
    { sealedSecrets: [{ name: 'SESSION_KEY', ciphertext: 'AgAB' }] },
  ];
  const names = await Promise.all(changes.map(name));
  assert.equal(new Set([before, ...names]).size, 4);
  assert.equal(
    await name({ extraManifests: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' } }] }),
    before,
  );
});

test("a release job of the longest name is still within a Job's 63 characters", async () => {
  const { metadata } = only(objects(await one('migrate', { name: 'm'.repeat(52) })), 'Job');
  assert.equal(metadata.name.length, 63);
});

test('a disk of one node is let go before the new pod asks for it, and belongs to the group of the pod', async () => {
  const single = objects(await one('shop', { volumes: [disk] }));
  assert.deepEqual(only(single, 'Deployment').spec.strategy, { type: 'Recreate' });
  assert.equal(pod(single).spec.securityContext.fsGroup, 10001);
  const shared = objects(await one('shop', { volumes: [{ ...disk, accessMode: 'ReadWriteMany' }] }));
  assert.deepEqual(only(shared, 'Deployment').spec.strategy, {
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 },
  });
  assert.equal(pod(shared).spec.volumes[0].persistentVolumeClaim.claimName, 'shop.data');
});

test('workload identity needs annotations on the account and a label on the pod', async () => {
  const all = objects(await one('shop'));
  assert.deepEqual(only(all, 'ServiceAccount').metadata.annotations, {
    'argocd.argoproj.io/sync-wave': '-2',
    'azure.workload.identity/client-id': '00000000-0000-0000-0000-0000000000cc',
    'azure.workload.identity/tenant-id': '00000000-0000-0000-0000-0000000000aa',
  });
  const workloadIdentity = { clientId: null, tenantId: '00000000-0000-0000-0000-0000000000aa' };
  for (const without of [null, workloadIdentity]) {
    const less = objects(await one('shop', { workloadIdentity: without }));
    assert.ok(!Object.hasOwn(pod(less).metadata.labels, 'azure.workload.identity/use'));
    assert.deepEqual(only(less, 'ServiceAccount').metadata.annotations, { 'argocd.argoproj.io/sync-wave': '-2' });
  }
});

for (const { what, wrong, says } of [
  {
    what: 'a number of replicas in quotes',
    wrong: { replicaCount: '2', autoscaling: null },
    says: /got string, want integer/,
  },
  {
    what: 'an unknown key, nested',
    wrong: { shutdown: { gracePeriodSeconds: 1, preStopSeconds: 0, grace: 1 } },
    says: /additional properties 'grace' not allowed/,
  },
  { what: 'replicas and autoscaling', wrong: { replicaCount: 2 }, says: /oneOf/ },
  { what: 'no image', wrong: { image: null }, says: /image/ },
  { what: 'a variable that YAML reads as a boolean', wrong: { envs: { A: true } }, says: /got boolean, want string/ },
  {
    what: 'a probe of a port that is not there',
    wrong: { ports: { web: { port: 80, protocol: 'TCP' } }, ingress: null },
    says: /probes\.\w+: there is no port "http"/,
  },
  {
    what: 'a path to a port that is not there',
    wrong: { ports: { web: { port: 80, protocol: 'TCP' } }, probes: null },
    says: /ingress: acme\.example\/ leads to port "http", which does not exist/,
  },
  {
    what: 'a variable that is plain and secret',
    wrong: { envs: { COOKIE_KEY: 'x' } },
    says: /COOKIE_KEY is in envs and in secretEnvs/,
  },
  {
    what: 'a pod that is killed before it is told to end',
    wrong: { shutdown: { gracePeriodSeconds: 30, preStopSeconds: 30 } },
    says: /preStopSeconds 30 leaves nothing of gracePeriodSeconds 30/,
  },
  {
    what: 'more replicas at least than at most',
    wrong: { autoscaling: { minReplicas: 3, maxReplicas: 2, cpuPercent: 50 } },
    says: /minReplicas 3 is above maxReplicas 2/,
  },
]) {
  test(`both majors of Helm refuse ${what}`, async () => {
    // RFC 7386, as the compiler merges extra values: null takes away.
    const document = Object.fromEntries(
      Object.entries({ ...(await one('shop')), ...wrong }).filter(([, value]) => value !== null),
    );
    for (const helm of ['helm3', 'helm4']) {
      const { code, error } = planted(() => run(helm, templateArgs(document)));
      assert.notEqual(code, 0, helm);
      assert.match(error, says, helm);
    }
  });
}

for (const { what, wrong, says } of [
  { what: 'an unknown key', wrong: { command: 'x', comand: [] }, says: /additional properties 'comand' not allowed/ },
  { what: 'an image of its own', wrong: { image: { repository: 'a/b', tag: 'c' } }, says: /'image' not allowed/ },
  { what: 'a variable that YAML reads as a boolean', wrong: { envs: { A: true } }, says: /got boolean, want string/ },
  {
    what: 'a variable that is plain and secret',
    wrong: { envs: { COOKIE_KEY: 'x' } },
    says: /COOKIE_KEY is in envs and/,
  },
  { what: 'no limits of its run', wrong: { job: null }, says: /missing property 'job'/ },
]) {
  test(`both majors of Helm refuse a job before a service with ${what}`, async () => {
    const document = await release();
    const { migrate } = document.releaseJobs;
    const changed = Object.fromEntries(Object.entries({ ...migrate, ...wrong }).filter(([, value]) => value !== null));
    for (const helm of ['helm3', 'helm4']) {
      const args = templateArgs({ ...document, releaseJobs: { migrate: changed } });
      const { code, error } = planted(() => run(helm, args));
      assert.notEqual(code, 0, helm);
      assert.match(error, says, helm);
    }
  });
}

test('both majors of Helm refuse a job before a job, and one called like the service', async () => {
  const { releaseJobs } = await release();
  const cases = [
    [{ ...(await one('migrate')), releaseJobs }, /releaseJobs/],
    [
      { ...(await one('shop')), releaseJobs: { shop: releaseJobs.migrate } },
      /a job cannot be called "shop" like the service/,
    ],
  ] as const;
  for (const [document, says] of cases)
    for (const helm of ['helm3', 'helm4']) {
      const { code, error } = planted(() => run(helm, templateArgs(document)));
      assert.notEqual(code, 0, helm);
      assert.match(error, says, helm);
    }
});

/**
 * What a pod may not have under Pod Security restricted.
 *
 * @see kubernetes.io, "Pod Security Standards"
 */
function lessThanRestricted(spec: Manifest): string[] {
  const found: string[] = [];
  const { securityContext = {}, containers = [], initContainers = [], volumes = [] } = spec;
  for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) if (spec[key]) found.push(key);
  if (securityContext.runAsNonRoot !== true) found.push('runAsNonRoot');
  if (securityContext.runAsUser === 0) found.push('runAsUser');
  if (securityContext.seccompProfile?.type !== 'RuntimeDefault') found.push('seccompProfile');
  const sources = [
    'configMap',
    'csi',
    'downwardAPI',
    'emptyDir',
    'ephemeral',
    'persistentVolumeClaim',
    'projected',
    'secret',
  ];
  for (const volume of volumes) {
    for (const key of Object.keys(volume)) if (key !== 'name' && !sources.includes(key)) found.push(`volume ${key}`);
  }
  for (const container of [...initContainers, ...containers]) {
    const context = isObject(container.securityContext) ? (container.securityContext as Manifest) : {};
    if (context.allowPrivilegeEscalation !== false) found.push('allowPrivilegeEscalation');
    if (context.privileged) found.push('privileged');
    if (!context.capabilities?.drop?.includes('ALL')) found.push('capabilities');
    for (const added of context.capabilities?.add ?? [])
      if (added !== 'NET_BIND_SERVICE') found.push(`capabilities ${added}`);
    for (const port of container.ports ?? []) if (port.hostPort) found.push('hostPort');
  }
  return found;
}

function order(name: string): number {
  return Number(name.slice(1));
}
