import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Model } from '../../lib/model/model.ts';
import { type Compilation, compile } from '../../lib/pipeline.ts';
import { kinds } from '../../lib/targets/targets.ts';
import { customResourceSchemas, judge, schemas } from '../../scripts/judges/find.ts';
import { run } from '../../scripts/judges/run.ts';
import { judgeInfrastructure } from './infrastructure.ts';
import { judgeWorkflows } from './workflows.ts';

/**
 * Every document of every platform in this repository, as its consumer's own program takes it. The tests of single kinds show
 * that the judges find faults; this one shows that the platforms have none, and that no kind is left unjudged.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const entries = ['platform.config.ts', 'test/organisations/ferry/platform.config.ts'];
const platforms = await Promise.all(
  entries.map(async (entry) => ({ entry, compiled: await compile({ root, entry }) })),
);
const temporary = mkdtempSync(join(tmpdir(), 'platforms-'));
after(() => rmSync(temporary, { recursive: true }));

/** Of Argo CD's Application what Helm is called with. */
type Application = Readonly<{
  spec: Readonly<{
    source: Readonly<{ path: string; helm: Readonly<{ releaseName: string; valueFiles: readonly string[] }> }>;
    destination: Readonly<{ namespace: string }>;
  }>;
}>;

/** Kinds by who reads them. */
const readers = {
  helm: ['chart', 'values', 'image', 'fixed-image'],
  'argo cd': [
    'application',
    'extra-manifest',
    'extra-manifests-application',
    'image-updater',
    'namespace',
    'root-application',
    'root-project',
    'services-project',
  ],
  github: ['workflow'],
  terragrunt: ['terragrunt', 'terragrunt-facts', 'unit-inputs'],
} as const;

test('every kind has a reader among those below', () => {
  const known: readonly string[] = Object.values(readers).flat();
  assert.deepEqual(
    kinds.map(({ name }) => name).filter((name) => !known.includes(name)),
    [],
  );
});

for (const { entry, compiled } of platforms) describe(entry, () => judgePlatform(compiled));

function judgePlatform({ model, outputs, findings }: Compilation): void {
  assert.ok(model && outputs, JSON.stringify(findings));
  const folder = mkdtempSync(join(temporary, 'out-'));
  for (const { path, text } of outputs) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const read = (reader: keyof typeof readers) =>
    outputs.filter(({ kind }) => (readers[reader] as readonly string[]).includes(kind));

  test('helm lints what each Application names, and Kubernetes knows every field of what it renders', () => {
    const applications = outputs.filter(({ kind }) => kind === 'application');
    assert.ok(applications.length > 0);
    const used: string[] = [];
    for (const { text, environment } of applications) {
      const { spec } = parse(text) as Application;
      const { path, helm } = spec.source;
      const files = helm.valueFiles.map((file) => `${model.gitops.name}${file}`);
      used.push(...files);
      const chart = join(folder, model.gitops.name, path);
      const values = files.flatMap((file) => ['-f', join(folder, file)]);
      const { kubernetesVersion } = environmentOf(model, environment).cluster;
      const flags = ['--namespace', spec.destination.namespace, '--kube-version', `${kubernetesVersion}.0`];
      for (const name of ['helm3', 'helm4']) {
        run(judge(name), ['lint', '--strict', '--quiet', chart, ...values]);
        conform(run(judge(name), ['template', helm.releaseName, chart, ...flags, ...values]), kubernetesVersion);
      }
    }
    const written = outputs.filter(({ kind }) => ['values', 'image', 'fixed-image'].includes(kind));
    assert.deepEqual(used.sort(), written.map(({ path }) => path).sort(), 'each values document has one reader');
  });

  test('Kubernetes and Argo CD know every field of what Argo CD is given', () => {
    const documents = read('argo cd');
    assert.ok(documents.length > 0);
    for (const { text, environment } of documents)
      conform(text, environmentOf(model, environment).cluster.kubernetesVersion);
  });

  test('actionlint, zizmor and GitHub’s schema find nothing in the workflows', () => {
    assert.equal(judgeWorkflows(folder), read('github').length);
  });

  test('terragrunt and terraform plan every unit, and every input arrives', () => {
    const units = judgeInfrastructure(join(folder, model.infrastructure.name));
    const inputs = read('terragrunt').filter(({ path }) => path.endsWith('/inputs.generated.json'));
    assert.equal(units.length, inputs.length);
  });
}

function environmentOf(model: Model, name: string | undefined): Model['environments'][string] {
  const environment = model.environments[name ?? ''];
  assert.ok(environment, `no environment ${name}`);
  return environment;
}

/** Has kubeconform judge manifests, none of which it may skip. */
function conform(manifests: string, version: string): void {
  const native = `${schemas(version)}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
  const custom = `${customResourceSchemas()}/{{ .ResourceKind }}-{{ .Group }}-{{ .ResourceAPIVersion }}.json`;
  const flags = ['-strict', '-summary', '-kubernetes-version', `${version}.0`];
  const locations = ['-schema-location', native, '-schema-location', custom];
  const { status, stdout, stderr } = spawnSync(judge('kubeconform'), [...flags, ...locations], {
    input: manifests,
    encoding: 'utf8',
  });
  assert.equal(status, 0, `${stdout}${stderr}\n${manifests}`);
  assert.match(stdout, /Invalid: 0, Errors: 0, Skipped: 0/);
}
