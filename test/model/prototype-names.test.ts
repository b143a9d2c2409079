import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validate } from '../../lib/config/validate.ts';
import type { Json } from '../../lib/json.ts';
import { slices } from '../../lib/judge/slices.ts';
import type { Model } from '../../lib/model/model.ts';
import { normalise } from '../../lib/model/normalise.ts';
import { acme } from '../acme.ts';

/** A platform in which everything that can have a name has this one. */
function named(name: string, { here }: { here: boolean }): Json {
  const { environments, ...rest } = acme();
  const { blue, green } = environments;
  const fact = { service: name, get: 'url' };
  const database = { database: name, get: 'host' };
  return JSON.parse(
    JSON.stringify({
      ...rest,
      environments: {
        blue,
        [name]: {
          ...green,
          cluster: {
            ...green?.cluster,
            systemPool: name,
            defaultPool: name,
            nodePools: { [name]: green?.cluster.nodePools.main },
          },
          databases: { [name]: green?.databases?.orders },
          extraManifests: { [name]: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } } },
        },
      },
      sources: { [name]: { images: { [name]: {} } } },
      secrets: { [name]: 'for nothing' },
      presets: { [name]: { ports: { [name]: 8080 } } },
      services: {
        cart: {
          preset: name,
          image: name,
          in: { [name]: here ? { envs: { URL: fact, DB: database } } : false, blue: {} },
        },
        [name]: {
          preset: name,
          image: name,
          hosts: { [name]: {} },
          envs: { [name]: { secret: name } },
          volumes: { [name]: { kind: 'config', mountPath: '/a', files: { [name]: 'b' } } },
          in: here ? {} : { [name]: false },
        },
      },
    }),
  );
}

function modelOf(name: string, options: { here: boolean }): Model {
  const { value, findings } = validate(named(name, options), () => undefined);
  assert.ok(value, JSON.stringify(findings));
  const normalised = normalise(value, () => undefined);
  assert.ok(normalised.value, JSON.stringify(normalised.findings));
  return normalised.value.model;
}

for (const here of [true, false])
  test(`a name that every object in JavaScript knows is a name as others are, ${here ? 'with' : 'without'} services there`, () => {
    // It sorts between the same neighbours.
    const other = modelOf('crates', { here });
    const model = modelOf('constructor', { here });
    assert.deepEqual(
      JSON.parse(JSON.stringify(model).replaceAll('constructor', 'crates').replaceAll('Constructor', 'Crates')),
      other,
    );
    const inSlices = (of: Model) =>
      [...slices(of, 'environment', 1)].map(({ services }) => Object.keys(services).length);
    assert.deepEqual(inSlices(model), inSlices(other));
  });
