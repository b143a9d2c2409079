import assert from 'node:assert/strict';
import { posix } from 'node:path';
import test from 'node:test';
import { Ajv } from 'ajv';
import { sourceOf } from '../../lib/azure/module.ts';
import type { UnitSort } from '../../lib/azure/unit.ts';
import { unitSorts } from '../../lib/azure/units.ts';
import { isObject } from '../../lib/json.ts';
import { terragrunt } from '../../lib/kinds/terragrunt/kind.ts';
import { unitInputs } from '../../lib/kinds/unit-inputs/kind.ts';
import type { Model } from '../../lib/model/model.ts';
import { render } from '../../lib/render/render.ts';
import { exampleModel } from '../example.ts';

const model = exampleModel();
const planned = terragrunt.flatMap((kind) => kind.list(model).map((plan) => ({ kind, plan })));
const values = new Map((await render(model, planned)).map((value, index) => [planned[index]?.plan.path, value]));

function textOf(path: string): string {
  const text = values.get(path);
  assert.ok(typeof text === 'string', path);
  return text;
}

type UnitFile = Readonly<{ sort: UnitSort; path: string; text: string }>;
const units: readonly UnitFile[] = unitSorts.flatMap((sort) =>
  sort.list(model).map(({ directory, name }) => {
    const path = `live/${directory}/${name}`;
    return { sort, path, text: textOf(`${path}/terragrunt.hcl`) };
  }),
);

/** Name → folder, as `dependency` blocks say. */
function dependenciesOf({ text, path }: UnitFile): Map<string, string> {
  return new Map(
    [...text.matchAll(/^dependency "(\w+)" \{\n(?: {2}enabled .*\n)? {2}config_path = "([^"]+)"/gm)].map(
      ([, name = '', folder = '']) => [name, posix.join(path, folder)],
    ),
  );
}

test('there is a root, a file for each folder of units, and one for each unit beside its inputs', () => {
  const folderOf = ({ plan }: { plan: { path: string } }) => posix.dirname(plan.path);
  const inputs = unitInputs.flatMap((kind) => kind.list(model).map((plan) => ({ plan })));
  assert.deepEqual(
    [...values.keys()].sort(),
    [
      ...['azurerm.hcl', 'platform.generated.json', 'root.hcl'].map((file) => `live/${file}`),
      ...['blue', 'green', 'shared'].flatMap((folder) => [
        `live/${folder}/env.generated.json`,
        `live/${folder}/env.hcl`,
      ]),
      ...inputs.map((input) => `${folderOf(input)}/terragrunt.hcl`),
    ].sort(),
  );
});

test('people own what is HCL, the compiler owns the facts in it', () => {
  for (const { kind, plan } of planned) assert.equal(kind.owner, plan.path.endsWith('.hcl') ? 'scaffold' : 'compiler');
});

test('each unit calls the module that its inputs are checked by, at that version', () => {
  for (const { sort, path, text } of units)
    assert.deepEqual(
      [...text.matchAll(/source = "([^"]+)"/g)].map(([, source]) => source),
      [sourceOf(sort.module)],
      path,
    );
});

test('a unit configures the provider azurerm if and only if its module uses it', () => {
  for (const { sort, path, text } of units)
    assert.equal(
      text.includes('find_in_parent_folders("azurerm.hcl")'),
      sort.module.providers.includes('azurerm'),
      path,
    );
});

test('the inputs that terragrunt.hcl sets are the ones left to it', () => {
  for (const { sort, path, text } of units) {
    const [, inputs] = text.split('\ninputs = ');
    assert.ok(inputs, path);
    const set = [...inputs.matchAll(/^ {2}(\w+) += /gm)].map(([, name]) => name);
    const left = [...sort.wired, ...sort.filled.map(([name]) => name)];
    assert.deepEqual(set.sort(), [...new Set(left)].sort(), path);
    assert.match(
      inputs,
      left.length === 0 ? /^local\.generated\.inputs\n$/ : /^merge\(local\.generated\.inputs, \{\n/,
      path,
    );
    // `merge` is shallow: what is filled in has to begin from what was generated.
    for (const [name] of sort.filled) {
      const wiring: string = inputs.split(new RegExp(`^  ${name} += `, 'm'))[1] ?? '';
      assert.ok(wiring.includes(`local.generated.inputs.${name}`), `${path}: ${name}`);
    }
  }
});

test('what nothing brings back is not destroyed by a command, and says how to lift that', () => {
  const guarded = units.filter(({ text }) =>
    /^# .+ To destroy it all the same, set this to false first;.*\nprevent_destroy = true$/m.test(text),
  );
  assert.deepEqual([...new Set(guarded.map(({ sort }) => sort.name))].sort(), [
    'cluster',
    'database',
    'network',
    'private-dns',
    'registry',
    'resource-group',
  ]);
});

test('a database needs the unit of a zone where it is given none, and only there', () => {
  const [database] = units.filter(({ sort }) => sort.name === 'database');
  assert.ok(database);
  const [, block = ''] = database.text.split('dependency "private_dns" {');
  assert.match(block, /^\n {2}enabled {5}= !can\(local\.generated\.inputs\.private_dns_zone_id\)\n/);
});

test('every dependency is a unit, and every output that is read is one of its module and mocked', () => {
  for (const unit of units) {
    const dependencies = dependenciesOf(unit);
    const used = [...unit.text.matchAll(/dependency\.(\w+)\.outputs\.(\w+)/g)];
    assert.deepEqual([...new Set(used.map(([, name]) => name))].sort(), [...dependencies.keys()].sort(), unit.path);
    for (const [, name = '', output = ''] of used) {
      const other = units.find(({ path }) => path === dependencies.get(name));
      assert.ok(other, `${unit.path} depends on ${dependencies.get(name)}`);
      assert.ok(other.sort.module.outputs.includes(output), `${other.path} has no output ${output}`);
      const [, block = ''] = unit.text.split(`dependency "${name}" {`);
      const [mocks = ''] = block.split('\n}');
      assert.match(mocks, new RegExp(`mock_outputs = \\{\\n {4}${output} += `), unit.path);
    }
  }
});

test('no unit depends on itself, not even through others, and what is shared depends on no environment', () => {
  const after = new Map(units.map((unit) => [unit.path, [...dependenciesOf(unit).values()]]));
  /** Everything that comes before a unit. */
  function before(path: string, way: readonly string[] = []): string[] {
    assert.ok(!way.includes(path), `${path} depends on itself`);
    return (after.get(path) ?? []).flatMap((next) => [next, ...before(next, [...way, path])]);
  }
  for (const path of after.keys())
    for (const other of before(path))
      assert.ok([posix.dirname(path), 'live/shared'].includes(posix.dirname(other)), `${path} depends on ${other}`);
});

test('only JSON that the compiler rewrites tells one organisation from another', async () => {
  const { blue, ...environments } = model.environments;
  assert.ok(blue);
  const renamed = { ...blue, directory: 'live', subscriptionId: '00000000-0000-0000-0000-000000000009' };
  const other: Model = { ...model, name: 'other', environments: { ...environments, blue: renamed } };
  const texts = (of: Model) =>
    new Set(terragrunt.flatMap((kind) => kind.list(of).flatMap(({ text }) => (text === undefined ? [] : [text]))));
  assert.deepEqual(texts(other), texts(model));
});

test('facts have what is read of them, and satisfy their schema', () => {
  const ajv = new Ajv({ strict: true, allErrors: true });
  for (const { kind, plan } of planned.filter(({ kind }) => kind.format === 'json')) {
    const schema = kind.schema?.(plan);
    assert.ok(schema);
    assert.ok(ajv.validate(schema, values.get(plan.path)), `${plan.path}: ${ajv.errorsText()}`);
  }
  const reads = (file: string, of: string) => [
    ...textOf(file).matchAll(new RegExp(`local\\.${of}((?:\\.\\w+)+)`, 'g')),
  ];
  const has = (value: unknown, path: string) =>
    path
      .split('.')
      .filter(Boolean)
      .reduce<unknown>((inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value);
  for (const [, path = ''] of reads('live/root.hcl', 'platform'))
    assert.notEqual(has(values.get('live/platform.generated.json'), path), undefined, path);
  for (const [, path = ''] of reads('live/blue/env.hcl', 'generated'))
    assert.notEqual(has(values.get('live/blue/env.generated.json'), path), undefined, path);
  const defined = [...textOf('live/blue/env.hcl').matchAll(/^ {2}(\w+) += /gm)].map(([, name]) => name);
  for (const file of ['live/root.hcl', 'live/azurerm.hcl'])
    for (const [, path = ''] of reads(file, 'environment')) assert.ok(defined.includes(path.slice(1)), path);
  assert.deepEqual(values.get('live/shared/env.generated.json'), {
    subscription_id: '00000000-0000-0000-0000-000000000001',
    tenant_id: '00000000-0000-0000-0000-0000000000aa',
    location: 'westeurope',
    tags: { platform: 'acme' },
  });
});
