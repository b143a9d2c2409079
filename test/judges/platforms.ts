import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import type { Model } from '../../lib/model/model.ts';
import { type Compilation, compile, type Output } from '../../lib/pipeline.ts';
import { customResourceSchemas, schemas } from '../../scripts/judges/find.ts';
import { compiled } from '../platforms/compiled.ts';
import { platforms, platformsOf, scales } from '../platforms/platforms.ts';
import { asTypeScript } from '../platforms/text.ts';
import '../seed.ts';
import { accepted } from './ledger.ts';
import { type Manifest, type Release, releasesOf } from './meaning.ts';

/** Platforms as judges read them: compiled, and their documents written to a folder as they are delivered. */

export type Judged = Readonly<{
  /** what it is called where something is wrong with it */
  name: string;
  model: Model;
  outputs: readonly Output[];
  /** holds a folder for each repository */
  folder: string;
  /** the configuration as it can be pasted into a file, where there is no file */
  source?: string;
}>;

/** A release as Helm rendered it. */
export type Rendered = Release & Readonly<{ platform: Judged; kubernetesVersion: string; text: string }>;

/** Kinds by who reads them. */
export const readers = {
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

/** The documents of a platform that one reader reads. */
export function readBy(reader: keyof typeof readers, { outputs }: Judged): Output[] {
  return outputs.filter(({ kind }) => (readers[reader] as readonly string[]).includes(kind));
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A folder for a test file's documents. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'judged-'));
}

/** The platforms of this repository: its own, and that of an organisation that is unlike it. */
export function handwritten(folder: string): Promise<Judged[]> {
  const entries = ['platform.config.ts', 'test/organisations/ferry/platform.config.ts'];
  return Promise.all(
    entries.map(async (entry, index) =>
      written({ name: entry, folder: join(folder, `written-${index}`) }, await compile({ root, entry })),
    ),
  );
}

/** How many random platforms are judged: a few in `npm test`, more in CI and at night. */
export const JUDGED = Number(process.env.JUDGED ?? 2);

/**
 * Random platforms, the same ones for every judge: the first of a middle size, so that even a few of them have some of everything. Of those
 * drawn, some few are refused by the compiler: others are drawn for them.
 */
export async function random(folder: string, count = JUDGED): Promise<Judged[]> {
  const result: Judged[] = [];
  const medium = platformsOf(scales.medium).filter(
    ({ services, sources = {} }) => Object.keys(services).length > 5 && Object.keys(sources).length > 0,
  );
  const all = [...fc.sample(medium, 2), ...fc.sample(platforms, count + 4 + Math.ceil(count / 5))];
  for (const [index, drawn] of all.entries()) {
    if (result.length === count) break;
    const compilation = await compiled(drawn);
    if (!compilation.outputs) continue;
    const name = `random platform ${index}`;
    result.push(written({ name, folder: join(folder, `random-${index}`), source: asTypeScript(drawn) }, compilation));
  }
  assert.equal(result.length, count, 'too many of the random platforms were refused');
  return result;
}

/** Does something with a platform; what goes wrong is told with the platform, in a file to be compiled again. */
export function about<Result>({ name, source }: Judged, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (source === undefined || !(error instanceof Error)) throw error;
    const file = join(tmpdir(), `${name.replaceAll(' ', '-')}.config.ts`);
    writeFileSync(file, source);
    error.message = `${name}, written to ${file}: ${error.message}`;
    throw error;
  }
}

/** Writes what a platform compiles to. */
export function written(
  about: Pick<Judged, 'name' | 'folder' | 'source'>,
  { model, outputs, findings }: Omit<Compilation, 'files'>,
): Judged {
  assert.ok(model && outputs, `${about.name}: ${JSON.stringify(findings)}`);
  for (const { path, text } of outputs) {
    const file = join(about.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return { ...about, model, outputs };
}

/** Of Argo CD's Application what Helm is called with. */
type Application = Readonly<{
  spec: Readonly<{
    source: Readonly<{ path: string; helm: Readonly<{ releaseName: string; valueFiles: readonly string[] }> }>;
    destination: Readonly<{ namespace: string }>;
  }>;
}>;

/** Which majors of Helm render a release and which lint it, by its index: a lint tells little that rendering does not. */
export type Majors = Readonly<Record<'render' | 'lint', (index: number) => readonly ('helm3' | 'helm4')[]>>;

/** Renders each release of a platform as its Application says; where both majors of Helm do, they have to agree byte by byte. */
export function renderReleases(platform: Judged, { render, lint }: Majors): Rendered[] {
  const { model, outputs, folder } = platform;
  const applications = new Map(
    outputs
      .filter(({ kind }) => kind === 'application')
      .map(({ environment, service, text }) => [`${environment}/${service}`, parse(text) as Application]),
  );
  const used: string[] = [];
  const rendered = releasesOf(model).map((release, index): Rendered => {
    const { environment, name } = release.service;
    const key = `${environment}/${name}`;
    const { spec } = applications.get(key) ?? assert.fail(`${platform.name}: no Application of ${key}`);
    const files = spec.source.helm.valueFiles.map((file) => `${model.gitops.name}${file}`);
    used.push(...files);
    const chart = join(folder, model.gitops.name, spec.source.path);
    const values = files.flatMap((file) => ['-f', join(folder, file)]);
    const { kubernetesVersion } = environmentOf(model, environment).cluster;
    const flags = ['--namespace', spec.destination.namespace, '--kube-version', `${kubernetesVersion}.0`];
    const call = { documents: files.length };
    for (const helm of lint(index)) accepted(helm, ['lint', '--strict', '--quiet', chart, ...values], call);
    const args = ['template', spec.source.helm.releaseName, chart, ...flags, ...values];
    const [text = '', other = text] = render(index).map((helm) => accepted(helm, args, call));
    assert.equal(other, text, `${platform.name}, ${key}: both majors of Helm render alike`);
    return { ...release, platform, kubernetesVersion, text };
  });
  const toRead = outputs.filter(({ kind }) => ['values', 'image', 'fixed-image'].includes(kind));
  assert.deepEqual(used.sort(), toRead.map(({ path }) => path).sort(), 'each values document has one reader');
  assert.equal(applications.size, rendered.length, 'each Application is a release');
  return rendered;
}

/** The objects of Helm's output, those of a List one by one. */
export function manifestsIn(text: string): Manifest[] {
  return parseAllDocuments(text, { version: '1.1' }).flatMap((document) => {
    assert.deepEqual(document.errors, []);
    const manifest = document.toJS() as Manifest | null;
    if (manifest === null) return [];
    return manifest.kind === 'List' ? (manifest.items as Manifest[]) : [manifest];
  });
}

/**
 * Has kubeconform judge manifests, none of which it may skip: one call for each version of Kubernetes.
 *
 * @param folder where they are written
 */
export function conform(
  folder: string,
  manifests: readonly Readonly<{ name: string; version: string; text: string }>[],
) {
  for (const version of new Set(manifests.map((manifest) => manifest.version))) {
    const directory = join(folder, version);
    mkdirSync(directory, { recursive: true });
    const ofVersion = manifests.filter((manifest) => manifest.version === version);
    for (const { name, text } of ofVersion)
      writeFileSync(join(directory, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.yaml`), text);
    const out = accepted(
      'kubeconform',
      [
        // One reader: each of several would read the schemas for itself.
        ...['-n', '1', '-strict', '-summary', '-kubernetes-version', `${version}.0`],
        ...['-schema-location', `${schemas(version)}/{{ .ResourceKind }}{{ .KindSuffix }}.json`],
        ...[
          '-schema-location',
          `${customResourceSchemas()}/{{ .ResourceKind }}-{{ .Group }}-{{ .ResourceAPIVersion }}.json`,
        ],
        directory,
      ],
      { documents: ofVersion.length },
    );
    assert.match(out, new RegExp(`found in ${ofVersion.length} files? - .*Invalid: 0, Errors: 0, Skipped: 0`));
  }
}

export function environmentOf(model: Model, name: string | undefined): Model['environments'][string] {
  return model.environments[name ?? ''] ?? assert.fail(`no environment ${name}`);
}
