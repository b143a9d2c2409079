import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after } from 'node:test';
import { terragrunt } from '../../lib/kinds/terragrunt/kind.ts';
import { unitInputs } from '../../lib/kinds/unit-inputs/kind.ts';
import { print } from '../../lib/print/print.ts';
import { render } from '../../lib/render/render.ts';
import { exampleModel } from '../example.ts';
import { judgeInfrastructure } from './infrastructure.ts';
import { planted, testWith } from './ledger.ts';

const test = testWith('terragrunt', 'terraform');

const folder = mkdtempSync(join(tmpdir(), 'terragrunt-'));
after(() => rmSync(folder, { recursive: true }));

/** Writes what the compiler makes of the example for its infrastructure repository. */
async function infrastructure(): Promise<string> {
  const model = exampleModel();
  const planned = [...unitInputs, ...terragrunt].flatMap((kind) => kind.list(model).map((plan) => ({ kind, plan })));
  const values = await render(model, planned);
  const directory = join(folder, model.infrastructure.name);
  for (const [index, one] of planned.entries()) {
    const file = join(directory, one.plan.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, print(one, values[index], ['written by a test']));
  }
  return directory;
}

const directory = await infrastructure();

test('terragrunt plans and applies every unit of the example, and every input arrives', () => {
  const perEnvironment = [
    ...['cluster', 'cluster-identity', 'database-orders', 'identity-shop'],
    ...['kubelet-identity', 'network', 'private-dns', 'resource-group'],
  ];
  assert.deepEqual(judgeInfrastructure(directory), [
    ...['blue', 'green'].flatMap((environment) => perEnvironment.map((unit) => `${environment}/${unit}`)),
    'shared/push-shop',
    'shared/registry',
    'shared/resource-group',
  ]);
});

let changes = 0;
/** The repository with one piece of a file replaced; of its units only the one that the file is of, and those that it needs. */
function changed(file: string, piece: string, replacement: string): string {
  const live = join(directory, 'live');
  const unit = relative('live', dirname(file));
  // A file of all units is judged with one that needs no other.
  const kept = needed(live, isUnit(live, unit) ? unit : 'shared/resource-group');
  const isLeft = (path: string) => isUnit(live, path) && !kept.has(path);
  const copy = join(folder, `changed-${++changes}`);
  cpSync(directory, copy, { recursive: true, filter: (from) => !isLeft(relative(live, from)) });
  const text = readFileSync(join(copy, file), 'utf8');
  assert.ok(text.includes(piece), piece);
  writeFileSync(join(copy, file), text.replace(piece, replacement));
  return copy;
}

function needed(live: string, unit: string): Set<string> {
  const text = readFileSync(join(live, unit, 'terragrunt.hcl'), 'utf8');
  const others = [...text.matchAll(/^ {2}config_path = "(.*)"$/gm)].map(([, path = '']) => join(unit, path));
  return new Set([unit, ...others.flatMap((other) => [...needed(live, other)])]);
}

function isUnit(live: string, path: string): boolean {
  return existsSync(join(live, path, 'terragrunt.hcl'));
}

for (const [what, file, piece, replacement, message] of [
  ['a misaligned assignment', 'live/root.hcl', 'environment = read', 'environment   = read', /hcl fmt --check/],
  [
    'a local that does not exist',
    'live/shared/registry/terragrunt.hcl',
    'local.generated.inputs',
    'local.generate.inputs',
    /hcl validate[\s\S]*generate/,
  ],
  [
    'a dependency that does not exist',
    'live/shared/registry/terragrunt.hcl',
    '"../resource-group"',
    '"../resource-groups"',
    /resource-groups/,
  ],
  [
    'another case of a word',
    'live/shared/registry/inputs.generated.json',
    '"sku": "Standard"',
    '"sku": "standard"',
    /Invalid value for variable[\s\S]*sku/,
  ],
  [
    'a nested key that the module does not know',
    'live/shared/push-shop/inputs.generated.json',
    '"name": "github-blue",',
    '"name": "github-blue", "descripton": "",',
    /push-shop.federated_identity_credentials.blue.descripton did not arrive/,
  ],
  [
    'an output that the module does not have',
    'live/shared/push-shop/terragrunt.hcl',
    'dependency.registry.outputs.resource_id',
    'dependency.registry.outputs.id',
    /push-shop[\s\S]*id/,
  ],
  [
    'an optional input that nothing fills in',
    'live/blue/database-orders/terragrunt.hcl',
    'try(local.generated.inputs.private_dns_zone_id, dependency.private_dns.outputs.resource_id)',
    'try(local.generated.inputs.private_dns_zone_id, null, dependency.private_dns.outputs.resource_id)',
    /database-orders.private_dns_zone_id did not arrive/,
  ],
] as const) {
  test(`the judge finds ${what}`, () => {
    assert.throws(() => planted(() => judgeInfrastructure(changed(file, piece, replacement))), message);
  });
}
