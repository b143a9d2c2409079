import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rootProject, servicesProject } from '../../lib/kinds/app-project/kind.ts';
import { application } from '../../lib/kinds/application/kind.ts';
import { extraManifestsApplication } from '../../lib/kinds/extra-manifest/kind.ts';
import { imageUpdater } from '../../lib/kinds/image-updater/kind.ts';
import { rootApplication } from '../../lib/kinds/root-application/kind.ts';
import { namespace } from '../../lib/kinds/root-application/namespace.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { exampleModel } from '../example.ts';
import { assertAsStrictAs, codes, documentAt, make } from '../verify/documents.ts';

const model = exampleModel();
const projects = await make(model, servicesProject, rootProject);
const applications = await make(model, application, rootApplication, extraManifestsApplication);
const projectOf = (environment: string, name: string) => {
  const found = projects.find(({ plan, value }) => plan.environment === environment && value.metadata.name === name);
  assert.ok(found, name);
  return found.value;
};

test('services may use this repository and their namespace, and nothing of the cluster', () => {
  assert.equal(
    documentAt(projects, 'blue/_argocd/projects/services.yaml').text,
    `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: blue-services
  namespace: argocd
  annotations:
    argocd.argoproj.io/sync-wave: "-10"
spec:
  description: services of Blue
  sourceRepos:
    - git@github.com:acme/acme-gitops.git
  destinations:
    - namespace: shop
      server: https://kubernetes.default.svc
  clusterResourceWhitelist: []
`,
  );
});

test('the project of an Application allows its repository and its destination', () => {
  assert.equal(applications.length, 8);
  for (const { plan, value } of applications) {
    const { sourceRepos, destinations } = projectOf(plan.environment ?? '', value.spec.project).spec;
    assert.deepEqual(sourceRepos, [value.spec.source.repoURL]);
    assert.deepEqual(destinations, [value.spec.destination]);
  }
});

test('the root project allows each kind that the root application makes, and no other', async () => {
  const made = [...projects, ...applications, ...(await make(model, namespace, imageUpdater))].filter(
    ({ plan }) => plan.environment === 'blue',
  );
  const kinds = (documents: typeof made) =>
    [...new Set(documents.map(({ value }) => `${value.apiVersion.replace(/\/?v1.*$/, '')}/${value.kind}`))].sort();
  const { clusterResourceWhitelist, namespaceResourceWhitelist } = projectOf('blue', 'blue-root').spec;
  const allowed = (list: { group: string; kind: string }[]) => list.map(({ group, kind }) => `${group}/${kind}`).sort();

  assert.deepEqual(allowed(namespaceResourceWhitelist), kinds(made.filter(({ value }) => value.metadata.namespace)));
  assert.deepEqual(allowed(clusterResourceWhitelist), kinds(made.filter(({ value }) => !value.metadata.namespace)));
  assert.deepEqual(
    clusterResourceWhitelist.map(({ name }: { name: string }) => name),
    ['shop'],
  );
});

test('the schema is closed at every depth and takes nothing that Argo CD refuses', () => {
  for (const document of projects) assertAsStrictAs(model, document, 'appproject-argoproj.io-v1alpha1');
});

test('a project for anything is refused', () => {
  const services = documentAt(projects, 'blue/_argocd/projects/services.yaml');
  const changed = (spec: object) => codes(model, services, applyPatch(services.value, { spec }));
  assert.deepEqual(changed({ sourceRepos: ['*'] }), ['verify/value']);
  assert.deepEqual(changed({ destinations: [{ server: 'https://*', namespace: 'shop' }] }), ['verify/value']);
  assert.deepEqual(changed({ destinations: [{ server: 'https://kubernetes.default.svc', namespace: '*' }] }), [
    'verify/value',
  ]);
  assert.deepEqual(changed({ clusterResourceWhitelist: [{ group: '*', kind: '*', name: 'a' }] }), [
    'verify/value',
    'verify/value',
  ]);
  assert.deepEqual(changed({ clusterResourceWhitelist: null }), ['verify/missing-field']);
});
