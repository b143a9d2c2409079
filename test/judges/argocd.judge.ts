import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootProject, servicesProject } from '../../lib/kinds/app-project/kind.ts';
import { application } from '../../lib/kinds/application/kind.ts';
import { extraManifest, extraManifestsApplication } from '../../lib/kinds/extra-manifest/kind.ts';
import { imageUpdater } from '../../lib/kinds/image-updater/kind.ts';
import { rootApplication } from '../../lib/kinds/root-application/kind.ts';
import { namespace } from '../../lib/kinds/root-application/namespace.ts';
import { customResourceSchemas, schemas } from '../../scripts/judges/find.ts';
import { exampleModel } from '../example.ts';
import { type Made, make, writeAll } from '../verify/documents.ts';
import { accepted, planted, testWith } from './ledger.ts';

const test = testWith('kubeconform');

const kinds = [
  ...[
    application,
    extraManifest,
    extraManifestsApplication,
    imageUpdater,
    namespace,
    rootApplication,
    rootProject,
    servicesProject,
  ],
];
const documents = await make(exampleModel(), ...kinds);

/** Has kubeconform judge documents, of Kubernetes' own kinds by their schemas and of others by those in a folder. */
async function conform(made: readonly Made[], location: string): Promise<string> {
  const native = `${schemas('1.36')}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
  const folder = await mkdtemp(join(tmpdir(), 'argocd-'));
  try {
    const files = await writeAll(folder, made);
    const locations = ['-schema-location', native, '-schema-location', location];
    const args = ['-strict', '-summary', '-kubernetes-version', '1.36.0', ...locations, ...files];
    return accepted('kubeconform', args, { documents: files.length });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A document with a field that its kind does not have. */
const broken = (made: Made): Made => ({ ...made, text: `${made.text}sepc: {}\n` });

test('kubeconform takes every document, by the schemas of those who read them', async () => {
  const location = `${customResourceSchemas()}/{{ .ResourceKind }}-{{ .Group }}-{{ .ResourceAPIVersion }}.json`;
  assert.match(
    await conform(documents, location),
    new RegExp(`Valid: ${documents.length}, Invalid: 0, Errors: 0, Skipped: 0`),
  );
  for (const made of documents)
    await assert.rejects(
      planted(() => conform([broken(made)], location)),
      made.plan.path,
    );
});

test('kubeconform takes every document by our own schemas, which its reader of JSON Schema understands as ajv does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'schemas-'));
  try {
    await mkdir(folder, { recursive: true });
    for (const { kind, plan, value } of documents) {
      const name = kind === extraManifest ? 'extra' : String(value.kind).toLowerCase();
      await writeFile(join(folder, `${name}.json`), JSON.stringify(kind.schema?.(plan)));
    }
    const custom = documents.filter(({ value }) => value.apiVersion !== 'v1');
    assert.match(
      await conform(custom, `${folder}/{{ .ResourceKind }}.json`),
      new RegExp(`Valid: ${custom.length}, Invalid: 0, Errors: 0, Skipped: 0`),
    );
    for (const made of custom)
      await assert.rejects(
        planted(() => conform([broken(made)], `${folder}/{{ .ResourceKind }}.json`)),
        made.plan.path,
      );
  } finally {
    await rm(folder, { recursive: true });
  }
});
