import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rootProject, servicesProject } from '../../lib/kinds/app-project/kind.ts';
import { application } from '../../lib/kinds/application/kind.ts';
import { extraManifestsApplication } from '../../lib/kinds/extra-manifest/kind.ts';
import { imageUpdater } from '../../lib/kinds/image-updater/kind.ts';
import { rootApplication } from '../../lib/kinds/root-application/kind.ts';
import { namespace } from '../../lib/kinds/root-application/namespace.ts';
import { exampleModel } from '../example.ts';
import { assertAsStrictAs, codes, documentAt, type Made, make, mutants } from '../verify/documents.ts';

const model = exampleModel();
const all = await make(
  model,
  ...[application, extraManifestsApplication, imageUpdater, namespace, rootApplication, rootProject, servicesProject],
);
const root = documentAt(all, 'blue/_argocd/root.yaml');
const WAVE = 'argocd.argoproj.io/sync-wave';

test('the root application makes what lies in its folder, itself as well', () => {
  assert.equal(
    root.text,
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: blue-root
  namespace: argocd
  annotations:
    argocd.argoproj.io/manifest-generate-paths: "."
    argocd.argoproj.io/sync-options: Prune=false
spec:
  project: blue-root
  source:
    repoURL: git@github.com:acme/acme-gitops.git
    targetRevision: main
    path: blue/_argocd
    directory:
      recurse: true
  destination:
    namespace: argocd
    server: https://kubernetes.default.svc
  syncPolicy:
    automated:
      allowEmpty: false
      prune: true
      selfHeal: true
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
      - RespectIgnoreDifferences=true
  ignoreDifferences:
    - kind: Application
      group: argoproj.io
      jsonPointers:
        - /spec/syncPolicy/automated
`,
  );
  for (const { plan, value } of all) {
    assert.ok(plan.path.startsWith(`${plan.environment}/_argocd/`), plan.path);
    assert.equal(value.metadata.namespace ?? 'argocd', 'argocd', plan.path);
  }
});

test('names are unique by kind: one of two Applications would be lost', () => {
  const names = all.map(({ plan, value }) => `${plan.environment} ${value.kind} ${value.metadata.name}`);
  assert.deepEqual([...new Set(names)].length, names.length);
});

test('projects come first, then the namespace, then what is in it; what watches it waits for none of them to be healthy', () => {
  const wave = ({ value }: Made) => Number(value.metadata.annotations[WAVE] ?? 0);
  const order = all
    .filter(({ plan }) => plan.environment === 'blue')
    .sort((a, b) => wave(a) - wave(b) || (a.plan.path < b.plan.path ? -1 : 1))
    .map(({ plan }) => plan.path.replace('blue/_argocd/', ''));
  assert.deepEqual(order, [
    'projects/root.yaml',
    'projects/services.yaml',
    'namespace.yaml',
    'manifests.yaml',
    'applications/migrate.yaml',
    'applications/shop.yaml',
    'image-updater.yaml',
    'root.yaml',
  ]);
  for (const { value } of all) assert.ok(['string', 'undefined'].includes(typeof value.metadata.annotations[WAVE]));
});

test('the end of the root application is not the end of what it made', () => {
  assert.equal(root.value.metadata.finalizers, undefined);
});

test('automated sync that a person switched off, as a rollback needs, stays off', () => {
  assert.deepEqual(root.value.spec.ignoreDifferences, [
    { group: 'argoproj.io', kind: 'Application', jsonPointers: ['/spec/syncPolicy/automated'] },
  ]);
  assert.ok(root.value.spec.syncPolicy.syncOptions.includes('RespectIgnoreDifferences=true'));
});

test('the namespace refuses pods that may do too much, by the rules of its cluster, and is never deleted', () => {
  assert.equal(
    documentAt(all, 'green/_argocd/namespace.yaml').text,
    `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    app.kubernetes.io/part-of: acme
    pod-security.kubernetes.io/audit: restricted
    pod-security.kubernetes.io/audit-version: v1.36
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: v1.36
    pod-security.kubernetes.io/warn: restricted
    pod-security.kubernetes.io/warn-version: v1.36
  annotations:
    argocd.argoproj.io/sync-options: Delete=false,Prune=false
    argocd.argoproj.io/sync-wave: "-5"
`,
  );
});

test('schemas are closed at every depth and take nothing that Argo CD refuses', () => {
  assertAsStrictAs(model, root, 'application-argoproj.io-v1alpha1');
  const made = documentAt(all, 'green/_argocd/namespace.yaml');
  for (const { path, value } of mutants(made.value)) assert.ok(codes(model, made, value).length > 0, path.join('/'));
});
