import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { validate } from '../../lib/config/validate.ts';
import type { Path } from '../../lib/finding/finding.ts';
import { hasErrors } from '../../lib/finding/finding.ts';
import type { Json } from '../../lib/json.ts';
import { type Compilation, compileConfiguration, type Output } from '../../lib/pipeline.ts';
import { type Config, sound } from './platform.ts';

/** What is code to one of the readers, as one text for each set of signs that fields allow. */
const payloads = {
  'of all readers':
    '${{ github.token }} {{ .Release.Name }} ${file("/etc/passwd")} %{ for } `id` $(id) \'"; id # <<: *a\n- &a {a: *a}\n---\n...',
  'of all but Terraform': '/{{ tpl .Values.a . }} `id` $(id) \'"; id # <<: *a !!js/function',
};

/** A platform in which every field that takes a text has one. */
function rich(): Config {
  const config = sound();
  Object.assign(config, { delivery: { pathsIgnore: ['a'], writeSecret: 'a', runner: 'a' } });
  Object.assign(config.environments.green, {
    displayName: 'a',
    tags: { a: 'a' },
    extraManifests: { a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'a' } } },
    extraInputs: { cluster: { node_resource_group: 'a' } },
  });
  config.registry.tags = { a: 'a' };
  config.sources.shop.images.shop = { context: 'a', dockerfile: 'a', target: 'a' };
  Object.assign(config.services.shop, {
    command: ['a'],
    args: ['a'],
    ingress: { annotations: { a: 'a' } },
    probes: { readiness: { command: ['a'] }, liveness: { http: '/a' } },
    volumes: { a: { kind: 'config', mountPath: '/a', files: { a: 'a' } } },
    extraHelmValues: { podAnnotations: { a: 'a' }, hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }] },
    extraManifests: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' }, data: { b: 'b' } }],
  });
  config.services.shop.envs.JOINED = { join: ['a', { environment: 'name' }] };
  return config;
}

function* textsIn(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value === 'string') yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value))
    yield* textsIn(item, [...path, Array.isArray(value) ? Number(key) : key]);
}

function replaced(value: Config, [step, ...rest]: Path, by: string): Config {
  if (step === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[step] = replaced(copy[step], rest, by);
  return copy;
}

const accepts = (config: Config) => !hasErrors(validate(config as Json, () => undefined).findings);

function compiled(config: Config): ReturnType<typeof compileConfiguration> {
  return compileConfiguration(config as Json, { file: 'platform.config.ts', locate: () => undefined });
}

/** Puts a payload wherever the vocabulary takes one, and takes it away again where a later stage finds it. */
async function attacked(payload: string): Promise<{ outputs: readonly Output[]; taken: string[]; found: string[] }> {
  const original = rich();
  let places = [...textsIn(original)].filter((path) => accepts(replaced(original, path, payload)));
  const found: string[] = [];
  for (let attempt = 0; attempt < 6; attempt++) {
    const config = places.reduce((changed, path) => replaced(changed, path, payload), original);
    const { outputs, findings } = await compiled(config);
    if (outputs) return { outputs, taken: places.map((path) => path.join('.')), found };
    const wrong = findings.filter(({ severity }) => severity === 'error').map(({ path = [] }) => path.join('.'));
    const refused = places.filter((path) =>
      wrong.some((one) => path.join('.') === one || (one !== '' && path.join('.').startsWith(`${one}.`))),
    );
    assert.ok(refused.length > 0, JSON.stringify(findings));
    found.push(...refused.map((path) => path.join('.')));
    places = places.filter((path) => !refused.includes(path));
  }
  throw new Error('findings without end');
}

function* textsOf(value: unknown, path = ''): Generator<[path: string, text: string]> {
  if (typeof value === 'string') yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (!Array.isArray(value)) yield [`${path}.${key}`, key];
    yield* textsOf(item, `${path}.${key}`);
  }
}

for (const [signs, payload] of Object.entries(payloads))
  test(`GitHub Actions CVE-2023-49291, CVE-2025-54416: texts that are code ${signs} arrive as data, or end in a finding`, async () => {
    const { outputs, taken, found } = await attacked(payload);
    assert.ok(taken.includes('services.shop.envs.MODE') && taken.includes('services.shop.args.0'), taken.join(' '));
    if (/[$%]\{/.test(payload)) assert.ok(found.includes('environments.green.extraInputs.cluster.node_resource_group'));

    // Kubernetes replaces `$(NAME)` in what it starts, so the chart is told to escape it: there and nowhere else.
    const escaped = payload.replaceAll('$(', '$$$$(');
    const asData = new Set([
      payload,
      escaped,
      `${payload}blue`,
      `${payload}green`,
      `${escaped}blue`,
      `${escaped}green`,
    ]);
    let arrived = 0;
    for (const { path, text } of outputs) {
      if (path === 'model.json' || path === 'manifest.json') continue;
      const isWorkflow = path.includes('/.github/workflows/');
      const isYaml = /\.yaml$/.test(path) && !path.includes('/charts/');
      const isJson = /\.json$/.test(path) && !path.includes('/charts/');
      if (!isYaml && !isJson) {
        assert.ok(!text.includes(payload), path);
        continue;
      }
      for (const [at, one] of textsOf(isYaml ? parse(text, { version: '1.1' }) : JSON.parse(text))) {
        if (!one.includes(payload.slice(0, 12))) continue;
        // A sentence of a description may go around it.
        assert.ok(asData.has(one.replace(/^(services|what makes the applications) of /, '')), `${path} ${at}: ${one}`);
        arrived++;
        // Patterns of paths are the one free text in a workflow, and nothing is evaluated there.
        if (isWorkflow) assert.match(at, /^\.on\.push\.paths-ignore\./);
        if (isJson) assert.doesNotMatch(one, /[$%]\{/, path);
      }
    }
    assert.ok(arrived > 3, String(arrived));
  });

test('GitHub Actions CVE-2025-54416: scripts of the workflows are the same whatever the configuration says', async () => {
  const scripts = ({ outputs = [] }: Pick<Compilation, 'outputs'>) =>
    outputs
      .filter(({ path }) => path.includes('/.github/workflows/'))
      .map(({ text }) => parse(text).jobs.images.steps.flatMap(({ run }: { run?: string }) => run ?? []));
  const [plain, other] = [await compiled(sound()), await compiled(rich())];
  assert.ok(scripts(plain).flat().length > 0);
  assert.deepEqual(scripts(plain), scripts(other));
  for (const script of scripts(plain).flat()) assert.ok(!String(script).includes('${{'));
});

test('Helm: no template of the chart evaluates a value as a template, or reads a file or the cluster', () => {
  const folder = new URL('../../lib/chart/templates/', import.meta.url);
  for (const name of readdirSync(folder)) {
    const code = [...readFileSync(new URL(name, folder), 'utf8').matchAll(/\{\{(?!-? *\/\*)[\s\S]*?\}\}/g)].join('\n');
    assert.doesNotMatch(
      code,
      /(^|[\s(|{-])(tpl|lookup|getHostByName|env|expandenv|now|rand\w*|gen\w*)[\s)]|\.Files/,
      name,
    );
  }
});
