import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printFinding } from '../../lib/finding/print.ts';
import type { JsonObject } from '../../lib/json.ts';
import { extraManifest, extraManifestsApplication } from '../../lib/kinds/extra-manifest/kind.ts';
import type { Model } from '../../lib/model/model.ts';
import { verify } from '../../lib/verify/verify.ts';
import { exampleModel } from '../example.ts';
import { assertAsStrictAs, documentAt, make } from '../verify/documents.ts';

const model = exampleModel();

function withManifests(...extraManifests: { name: string; manifest: JsonObject }[]): Model {
  const { blue } = model.environments;
  assert.ok(blue);
  return { ...model, environments: { blue: { ...blue, extraManifests } } };
}

test('a manifest is a document as the configuration has it, and its folder has an Application', async () => {
  const documents = await make(model, extraManifest, extraManifestsApplication);
  assert.equal(
    documentAt(documents, 'blue/_manifests/quota.yaml').text,
    `apiVersion: v1
kind: ResourceQuota
metadata:
  name: quota
  namespace: shop
spec:
  hard:
    pods: "100"
`,
  );
  const { value } = documentAt(documents, 'blue/_argocd/manifests.yaml');
  assert.equal(value.spec.source.path, 'blue/_manifests');
  assert.equal(value.metadata.name, 'blue-root-manifests');
});

test('without manifests there is no Application: it would have an empty folder, which Git does not keep', async () => {
  assert.deepEqual(await make(withManifests(), extraManifest, extraManifestsApplication), []);
});

test('the Application is one that Argo CD takes', async () => {
  const [made] = await make(
    withManifests({ name: 'a', manifest: model.environments.blue?.extraManifests[0]?.manifest ?? {} }),
    extraManifestsApplication,
  );
  assert.ok(made);
  assertAsStrictAs(model, made, 'application-argoproj.io-v1alpha1');
});

test('what is wrong with a manifest is found inside of it', () => {
  const broken = withManifests(
    { name: 'good', manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { on: 'yes' } } },
    { name: 'bad', manifest: { apiVersion: 1, kind: 'ConfigMap', metadata: { name: 'a', anotations: {} } } },
  );
  const documents = extraManifest.list(broken).map((plan, index) => ({
    kind: extraManifest,
    plan,
    value: broken.environments.blue?.extraManifests[index]?.manifest,
  }));
  const findings = verify(broken, documents);
  assert.deepEqual(
    findings.map((finding) => printFinding(finding)),
    [
      [
        'acme-gitops/blue/_manifests/bad.yaml apiVersion error verify/type',
        '  `apiVersion` of extra manifest is the number 1',
        '  expected: a text',
        '',
      ].join('\n'),
      [
        'acme-gitops/blue/_manifests/bad.yaml metadata.anotations error verify/unknown-field',
        '  extra manifest has no field `metadata.anotations`; nearest: `annotations`',
        '',
      ].join('\n'),
    ],
  );
  assert.deepEqual(
    findings.map(({ subject }) => subject.slice(0, 5)),
    Array.from({ length: 2 }, () => ['environments', 'blue', 'extraManifests', 1, 'manifest']),
  );
});
