import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application } from '../../lib/kinds/application/kind.ts';
import { fixedImage, image } from '../../lib/kinds/image/kind.ts';
import { values } from '../../lib/kinds/values/kind.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { exampleModel, exampleModelWithReleaseJob } from '../example.ts';
import { assertAsStrictAs, codes, documentAt, make } from '../verify/documents.ts';

const model = exampleModel();
const applications = await make(model, application);
const shop = documentAt(applications, 'blue/_argocd/applications/shop.yaml');

test('a service in an environment has one Application', () => {
  assert.equal(
    shop.text,
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: blue-shop
  namespace: argocd
  annotations:
    argocd.argoproj.io/manifest-generate-paths: /charts/service;/blue/shop
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: blue-services
  source:
    repoURL: git@github.com:acme/acme-gitops.git
    targetRevision: main
    path: charts/service
    helm:
      releaseName: shop
      valueFiles:
        - /blue/shop/values.yaml
        - /blue/shop/image.yaml
  destination:
    namespace: shop
    server: https://kubernetes.default.svc
  syncPolicy:
    automated:
      allowEmpty: false
      prune: true
      selfHeal: false
    retry:
      backoff:
        duration: "10s"
        factor: 2
        maxDuration: "3m"
      limit: 5
      refresh: true
    syncOptions:
      - FailOnSharedResource=true
      - PruneLast=true
`,
  );
  assert.deepEqual(applications.map(({ plan, value }) => [plan.path, value.metadata.name]).sort(), [
    ['blue/_argocd/applications/migrate.yaml', 'blue-migrate'],
    ['blue/_argocd/applications/shop.yaml', 'blue-shop'],
    ['green/_argocd/applications/cleanup.yaml', 'green-cleanup'],
    ['green/_argocd/applications/shop.yaml', 'green-shop'],
  ]);
});

const withJob = exampleModelWithReleaseJob();
const withJobApplications = await make(withJob, application);

test('a job that comes before a service is part of its Application, with values of its own and the same image', () => {
  const paths = withJobApplications.map(({ plan }) => plan.path);
  assert.ok(!paths.includes('blue/_argocd/applications/migrate.yaml'));
  const { value } = documentAt(withJobApplications, 'blue/_argocd/applications/shop.yaml');
  assert.equal(
    value.metadata.annotations['argocd.argoproj.io/manifest-generate-paths'],
    '/charts/service;/blue/shop;/blue/migrate',
  );
  assert.deepEqual(value.spec.source.helm.valueFiles, [
    '/blue/shop/values.yaml',
    '/blue/migrate/values.yaml',
    '/blue/shop/image.yaml',
  ]);
});

test('each value file is a document of the compiler, in the same target, and each such document has one Application', async () => {
  for (const [one, made] of [
    [model, applications],
    [withJob, withJobApplications],
  ] as const) {
    const files = (await make(one, values, image, fixedImage)).map(({ plan }) => `${plan.target}/${plan.path}`);
    const named = made.flatMap(({ plan, value }) =>
      value.spec.source.helm.valueFiles.map((file: string) => `${plan.target}${file}`),
    );
    assert.deepEqual(named.sort(), files.sort());
  }
});

test('a change to the chart or to a value file of the service is a change of the Application, nothing else is', () => {
  for (const { value } of [...applications, ...withJobApplications]) {
    const { path, helm } = value.spec.source;
    const [chart, ...folders] = value.metadata.annotations['argocd.argoproj.io/manifest-generate-paths'].split(';');
    assert.equal(chart, `/${path}`);
    const used = helm.valueFiles.map((file: string) => file.replace(/\/[^/]*$/, ''));
    assert.deepEqual(new Set(folders), new Set(used));
  }
});

test('the schema is closed at every depth and takes nothing that Argo CD refuses', () => {
  for (const document of applications) assertAsStrictAs(model, document, 'application-argoproj.io-v1alpha1');
});

test('what Argo CD takes and then ignores is refused', () => {
  const changed = (spec: object) => codes(model, shop, applyPatch(shop.value, { spec }));
  assert.deepEqual(changed({ syncPolicy: { syncOptions: ['CreateNamespace=treu'] } }), ['verify/value']);
  assert.deepEqual(changed({ source: { helm: { ignoreMissingValueFiles: true } } }), ['verify/unknown-field']);
  assert.deepEqual(changed({ source: { helm: { skipSchemaValidation: true } } }), ['verify/unknown-field']);
  assert.deepEqual(changed({ source: { helm: { valueFiles: ['blue/shop/values.yaml'] } } }), ['verify/value']);
  assert.deepEqual(changed({ source: { helm: { valueFiles: ['/blue/../values.yaml'] } } }), ['verify/value']);
  assert.deepEqual(changed({ destination: { name: 'in-cluster' } }), ['verify/unknown-field']);
  assert.deepEqual(changed({ syncPolicy: { automated: { allowEmpty: true } } }), ['verify/value']);
  assert.deepEqual(changed({ syncPolicy: { retry: { backoff: { duration: '1d' } } } }), ['verify/value']);
  assert.deepEqual(
    codes(model, shop, applyPatch(shop.value, { metadata: { annotations: { 'argocd.argoproj.io/sync-wave': 5 } } })),
    ['verify/type'],
  );
});
