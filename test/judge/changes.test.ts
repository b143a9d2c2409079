import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Path } from '../../lib/finding/finding.ts';
import type { JsonObject } from '../../lib/json.ts';
import { type Judge, openJudge } from '../../lib/judge/judge.ts';
import { compile } from '../../lib/pipeline.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { exampleModel } from '../example.ts';
import { compiled } from '../platforms/compiled.ts';
import { faultless } from './faultless.ts';
import { plantedChanges } from './planted-changes.ts';

async function opened(): Promise<Judge> {
  const judge = await openJudge();
  assert.ok(!('code' in judge));
  return judge;
}

test('where nothing changed, and where there was nothing before or nothing that is known, no rule says anything', async () => {
  const judge = await opened();
  const model = exampleModel();
  const unknown = { environments: { blue: 'x', green: [] }, services: { shop: 1 }, registry: null };
  for (const before of [model, {}, { environments: null, services: [] }, unknown])
    assert.deepEqual(await judge.ofChange(before as unknown as JsonObject, model), []);
});

test('findings do not depend on how services are batched', async () => {
  const judge = await opened();
  for (const { model, before = {} } of plantedChanges) {
    const [whole, single] = await Promise.all([1000, 1].map((batch) => judge.ofChange(before, model, batch)));
    assert.equal(whole?.length, 1);
    assert.deepEqual(single, whole);
  }
});

test('what is gone is told where the others of its sort stand', async () => {
  const { model } = await compiled(faultless());
  const without = {
    environments: { green: null },
    services: { cart: null, shop: { envs: { CART_URL: 'https://cart' } } },
  };
  const { findings } = await compiled(applyPatch(faultless(), without), { base: model as unknown as JsonObject });
  assert.deepEqual(
    findings.map(({ code, path }) => [code, path?.join('.')]),
    [
      ['change/removed_environment', 'environments'],
      ['change/removed_service', 'services'],
    ],
  );
});

test('a platform that an earlier release compiled is the same to this one', async () => {
  const folder = 'test/promises/released/0.1.0';
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const base = JSON.parse(readFileSync(`${root}${folder}/out/model.json`, 'utf8'));
  const { findings, model } = await compile({ root, entry: `${folder}/platform.config.ts`, base });
  assert.ok(model);
  const ofChange = findings.map(({ code }) => code).filter((code) => code.startsWith('change/'));
  assert.deepEqual(ofChange, []);
});

test('a model of before may lack any field, or have another thing there: no rule breaks, and none speaks of what it lacks', async () => {
  const judge = await opened();
  const model = exampleModel();
  const { environments, services, registry, infrastructure } = model;
  const paths = pathsIn({ environments: { blue: environments.blue }, services, registry, infrastructure });
  assert.ok(paths.length > 300);
  for (const [index, path] of paths.entries()) {
    await judge.ofChange(exampleWithout(path, [null, 'x', 7, {}, []][index % 5]), model);
    // One of a list less is another list.
    if (typeof path.at(-1) === 'number') continue;
    assert.deepEqual(await judge.ofChange(exampleWithout(path, undefined), model), [], path.join('.'));
  }
});

function pathsIn(value: unknown, path: Path = []): Path[] {
  const here = path.length > 0 ? [path] : [];
  if (typeof value !== 'object' || value === null) return here;
  const steps = Object.keys(value).map((key) => (Array.isArray(value) ? Number(key) : key));
  return [...here, ...steps.flatMap((step) => pathsIn(Reflect.get(value, step), [...path, step]))];
}

/** @param instead `undefined`: nothing */
function exampleWithout(path: Path, instead: unknown): JsonObject {
  const model = structuredClone(exampleModel());
  const parent = path.slice(0, -1).reduce((parent: object, step) => Reflect.get(parent, step), model);
  if (instead === undefined) Reflect.deleteProperty(parent, path.at(-1) ?? '');
  else Reflect.set(parent, path.at(-1) ?? '', instead);
  return model as unknown as JsonObject;
}
