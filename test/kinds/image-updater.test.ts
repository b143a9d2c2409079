import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application } from '../../lib/kinds/application/kind.ts';
import { imageUpdater } from '../../lib/kinds/image-updater/kind.ts';
import type { Model } from '../../lib/model/model.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { exampleModel } from '../example.ts';
import { assertAsStrictAs, codes, documentAt, make } from '../verify/documents.ts';

const model = exampleModel();
const updaters = await make(model, imageUpdater);
const green = documentAt(updaters, 'green/_argocd/image-updater.yaml');

test('an environment has one updater, with what it writes into which file', () => {
  assert.equal(
    green.text,
    `apiVersion: argocd-image-updater.argoproj.io/v1alpha1
kind: ImageUpdater
metadata:
  name: green
  namespace: argocd
  annotations:
    argocd.argoproj.io/sync-options: SkipDryRunOnMissingResource=true
spec:
  writeBackConfig:
    method: git:secret:image-updater-git
    gitConfig:
      repository: git@github.com:acme/acme-gitops.git
      branch: main
  applicationRefs:
    - namePattern: green-cleanup
      writeBackConfig:
        method: git:secret:image-updater-git
        gitConfig:
          branch: main
          writeBackTarget: helmvalues:/green/cleanup/image.yaml
      images:
        - alias: service
          imageName: acmeregistry.azurecr.io/shop-jobs
          commonUpdateSettings:
            updateStrategy: newest-build
            allowTags: regexp:^green-[0-9]+$
            forceUpdate: true
          manifestTargets:
            helm:
              name: image.repository
              tag: image.tag
    - namePattern: green-shop
      writeBackConfig:
        method: git:secret:image-updater-git
        gitConfig:
          branch: main
          writeBackTarget: helmvalues:/green/shop/image.yaml
      images:
        - alias: service
          imageName: acmeregistry.azurecr.io/shop
          commonUpdateSettings:
            updateStrategy: newest-build
            allowTags: regexp:^green-[0-9]+$
            forceUpdate: true
          manifestTargets:
            helm:
              name: image.repository
              tag: image.tag
`,
  );
});

test('it writes into a file that the Application reads', async () => {
  const applications = await make(model, application);
  for (const { plan, value } of updaters) {
    for (const { namePattern, writeBackConfig } of value.spec.applicationRefs) {
      const found = applications.find(
        (made) => made.plan.environment === plan.environment && made.value.metadata.name === namePattern,
      );
      const file = writeBackConfig.gitConfig.writeBackTarget.replace(/^helmvalues:/, '');
      assert.ok(found, namePattern);
      assert.ok(found.value.spec.source.helm.valueFiles.includes(file), file);
      assert.equal(found.value.metadata.namespace, value.metadata.namespace);
    }
  }
});

test('an environment without anything to update has no updater', async () => {
  const { blue } = model.environments;
  assert.ok(blue);
  const idle: Model = { ...model, environments: { blue: { ...blue, delivery: { ...blue.delivery, updates: [] } } } };
  assert.deepEqual(await make(idle, imageUpdater), []);
});

test('the schema is closed at every depth and takes nothing that the updater refuses', () => {
  for (const document of updaters)
    assertAsStrictAs(model, document, 'imageupdater-argocd-image-updater.argoproj.io-v1alpha1');
});

test('what the updater takes and then ignores, or takes for too much, is refused', () => {
  const [ref] = green.value.spec.applicationRefs;
  const changed = (change: object, image: object = {}) => {
    const images = [applyPatch(ref.images[0], image)];
    return codes(
      model,
      green,
      applyPatch(green.value, { spec: { applicationRefs: [applyPatch({ ...ref, images }, change)] } }),
    );
  };
  const settings = (commonUpdateSettings: object) => changed({}, { commonUpdateSettings });
  assert.deepEqual(changed({}), []);
  assert.deepEqual(changed({ namePattern: '*' }), ['verify/value']);
  assert.deepEqual(changed({ useAnnotations: true }), ['verify/unknown-field']);
  assert.deepEqual(changed({ writeBackConfig: { method: 'argocd' } }), ['verify/value']);
  assert.deepEqual(
    changed({ writeBackConfig: { gitConfig: { writeBackTarget: 'helmvalues:green/shop/image.yaml' } } }),
    ['verify/value'],
  );
  assert.deepEqual(settings({ allowTags: 'regexp:green-[0-9]+' }), ['verify/value']);
  assert.deepEqual(settings({ allowTags: null }), ['verify/missing-field']);
  assert.deepEqual(settings({ updateStrategy: 'semver' }), ['verify/value']);
  assert.deepEqual(settings({ forceUpdate: false }), ['verify/value']);
  assert.deepEqual(settings({ forceUpdate: null }), ['verify/missing-field']);
  assert.deepEqual(changed({}, { manifestTargets: { helm: { name: 'image.name' } } }), ['verify/value']);
  assert.deepEqual(changed({}, { manifestTargets: null }), ['verify/missing-field']);
});
