import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleModel, exampleModelWithReleaseJob } from '../example.ts';
import { asRead, type Manifest, objectsOf, releasesOf } from './meaning.ts';
import { danglingIn, repeatedIn, selectionsIn } from './selections.ts';

/** The objects of each release of `blue`, to be changed: what a chart would make that does as the model says. */
function blue(model = exampleModel()): Manifest[][] {
  return releasesOf(model)
    .filter(({ service }) => service.environment === 'blue')
    .map(objectsOf);
}

function one(releases: readonly Manifest[][], kind: string): Manifest {
  return releases.flat().find((manifest) => manifest.kind === kind) ?? assert.fail(`no ${kind}`);
}

const wrong = (releases: readonly Manifest[][]) =>
  selectionsIn(releases)
    .filter(({ selected, own }) => JSON.stringify(selected) !== JSON.stringify(own))
    .map(({ by }) => by);

test('what the model asks for selects the pods of each service and of no other', () => {
  for (const model of [exampleModel(), exampleModelWithReleaseJob()]) {
    assert.deepEqual(wrong(blue(model)), []);
    assert.ok(selectionsIn(blue(model)).length > 4);
    assert.deepEqual(repeatedIn(blue(model)), []);
    assert.deepEqual(danglingIn(blue(model)), []);
  }
});

for (const { what, change, found } of [
  {
    what: 'a Service that sends to the pods of a job as well',
    change: (all) => {
      one(all, 'Service').spec.selector = { 'app.kubernetes.io/part-of': 'acme' };
    },
    found: ['Service shop'],
  },
  {
    what: 'a budget that selects nothing',
    change: (all) => {
      one(all, 'PodDisruptionBudget').spec.selector.matchLabels.tier = 'web';
    },
    found: ['PodDisruptionBudget shop'],
  },
  {
    what: 'an autoscaler of what is not there',
    change: (all) => {
      one(all, 'HorizontalPodAutoscaler').spec.scaleTargetRef.name = 'cart';
    },
    found: ['HorizontalPodAutoscaler shop'],
  },
  {
    what: 'a spread that counts the pods of others',
    change: (all) => {
      one(all, 'Deployment').spec.template.spec.topologySpreadConstraints[1].labelSelector.matchLabels = {};
    },
    found: ['Deployment shop, spread over kubernetes.io/hostname'],
  },
  {
    what: 'pods with the labels of another service',
    change: (all) => {
      one(all, 'Job').spec.template.metadata.labels = one(all, 'Deployment').spec.template.metadata.labels;
    },
    found: [
      ...['Deployment shop', 'Deployment shop, spread over topology.kubernetes.io/zone'],
      ...['Deployment shop, spread over kubernetes.io/hostname', 'PodDisruptionBudget shop', 'Service shop'],
    ],
  },
] as readonly { what: string; change: (all: Manifest[][]) => void; found: string[] }[]) {
  test(`${what}: found`, () => {
    const all = blue();
    change(all);
    assert.deepEqual(wrong(all).sort(), found.sort());
  });
}

test('an object that two releases make, and one that is referred to and not there: found', () => {
  const all = blue();
  one(all, 'Job').spec.template.spec.serviceAccountName = 'nobody';
  one(all, 'Ingress').spec.rules[0].http.paths[0].backend.service.port.name = 'grpc';
  all.push([structuredClone(one(all, 'ServiceAccount'))]);
  assert.deepEqual(repeatedIn(all), [`v1 ServiceAccount ${one(all, 'ServiceAccount').metadata.name}`]);
  assert.deepEqual(danglingIn(all).sort(), ['Job migrate-<digest>: ServiceAccount nobody', 'acme.example/']);
});

test('read again, what the model asks for is the same, and what stands in the place of a digest is looked at', () => {
  const [, shop = []] = blue();
  assert.deepEqual(asRead(shop), shop);
  const changed = structuredClone(shop);
  one([changed], 'Deployment').spec.template.metadata.annotations['checksum/config'] = 'latest';
  assert.notDeepEqual(asRead(changed), shop);
  one([changed], 'Deployment').spec.template.metadata.annotations['checksum/config'] = 'a'.repeat(64);
  assert.deepEqual(asRead(changed), shop);
});
