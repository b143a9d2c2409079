import assert from 'node:assert/strict';
import test from 'node:test';
import { Ajv } from 'ajv';
import { fixedImage, image } from '../../lib/kinds/image/kind.ts';
import type { Kind } from '../../lib/kinds/kind.ts';
import type { Model, Service } from '../../lib/model/model.ts';
import { render } from '../../lib/render/render.ts';
import { exampleModel, exampleModelWithReleaseJob } from '../example.ts';

async function documents(kind: Kind, model: Model): Promise<Record<string, unknown>> {
  const plans = kind.list(model);
  const rendered = await render(
    model,
    plans.map((plan) => ({ kind, plan })),
  );
  return Object.fromEntries(plans.map(({ path }, index) => [path, rendered[index]]));
}

/** The example, with the image of `blue`'s shop taken from elsewhere. */
function withFixedImage(): Model {
  const model = exampleModel();
  const { shop } = model.services;
  assert.ok(shop?.environments.blue);
  const fixed: Service = {
    ...shop.environments.blue,
    image: { name: null, repository: 'docker.io/library/nginx', tag: '1.29', updated: false },
  };
  const environments = { ...shop.environments, blue: fixed };
  return { ...model, services: { ...model.services, shop: { ...shop, environments } } };
}

test('each service has an image of its own in each environment, seeded with the first tag', async () => {
  assert.deepEqual(await documents(image, exampleModel()), {
    'blue/migrate/image.yaml': { image: { repository: 'acmeregistry.azurecr.io/shop-jobs', tag: 'main-0-live' } },
    'blue/shop/image.yaml': { image: { repository: 'acmeregistry.azurecr.io/shop', tag: 'main-0-live' } },
    'green/cleanup/image.yaml': { image: { repository: 'acmeregistry.azurecr.io/shop-jobs', tag: 'green-0' } },
    'green/shop/image.yaml': { image: { repository: 'acmeregistry.azurecr.io/shop', tag: 'green-0' } },
  });
});

test('an image from elsewhere has the same file, which the compiler owns: nothing else would write a new tag', async () => {
  const model = withFixedImage();
  assert.equal(image.owner, 'controller');
  assert.equal(fixedImage.owner, 'compiler');
  assert.deepEqual(await documents(fixedImage, model), {
    'blue/shop/image.yaml': { image: { repository: 'docker.io/library/nginx', tag: '1.29' } },
  });
  assert.deepEqual(Object.keys(await documents(image, model)).sort(), [
    'blue/migrate/image.yaml',
    'green/cleanup/image.yaml',
    'green/shop/image.yaml',
  ]);
});

test('a job that comes before a service has no image of its own: it runs that of the service', async () => {
  const paths = [image, fixedImage].flatMap((kind) => kind.list(exampleModelWithReleaseJob()).map(({ path }) => path));
  assert.deepEqual(paths.sort(), ['blue/shop/image.yaml', 'green/cleanup/image.yaml', 'green/shop/image.yaml']);
});

test('the schema takes an image and nothing else', () => {
  const [plan] = image.list(exampleModel());
  assert.ok(plan && image.schema);
  const valid = new Ajv({ strict: true }).compile(image.schema(plan));
  const good = { repository: 'registry.example/shop', tag: 'main-1' };
  assert.ok(valid({ image: good }));
  assert.ok(!valid({ image: { ...good, tag: 1 } }), 'a tag that is a number');
  assert.ok(!valid({ image: { ...good, tag: 'feature/x' } }), 'a tag with a slash');
  assert.ok(!valid({ image: { repository: good.repository } }), 'no tag');
  assert.ok(!valid({ image: { ...good, pullPolicy: 'Always' } }), 'an unknown key');
  assert.ok(!valid({ image: good, replicaCount: 1 }), 'another value');
});
