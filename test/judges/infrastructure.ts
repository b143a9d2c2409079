import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { isObject } from '../../lib/json.ts';
import { judge } from '../../scripts/judges/find.ts';
import { type Call, consult, planted, type Verdict } from './ledger.ts';
import { writeStubModules } from './stub-modules.ts';

/**
 * Judges an infrastructure repository as Terragrunt and Terraform read it, on a copy and without network.
 *
 * Its own text first: layout and syntax. Then a fresh start, with two things replaced: the modules by stubs that take the same
 * variables, and the remote state by files. Units are planned, so that wiring is evaluated on the mocks: of those that are written alike,
 * one. All are then applied one after another, so that it is evaluated on outputs, and all that the stubs were given is compared with
 * what the compiler wrote. At last those that were planned are told to go, which Terragrunt has to refuse where they are guarded.
 *
 * @param directory `out/<infrastructure>`; not changed
 * @returns the units, in the order of their paths
 */
export function judgeInfrastructure(directory: string): string[] {
  return inCopy([{ directory }], ({ folder, live: [live = ''] }) => {
    const terragrunt = terragruntIn(live, folder, [live]);
    readText(live, terragrunt);

    const units = unitsBelow(live);
    for (const unit of units) if (/(^|\/)(registry|resource-group)$/.test(unit)) checkPlace(live, unit, terragrunt);
    replaceModules(live, units, writeStubModules(join(folder, 'modules')));
    replaceState(live, folder);
    const some = differentlyWritten(live, units).map((unit) => join(live, unit));
    terragrunt(['run', ...only(some), '--', 'plan', '-input=false', '-lock=false'], reading(some));
    terragrunt(['run', '--all', '--', 'apply', '-auto-approve', '-input=false'], reading(units));
    const stateOf = (unit: string) => valueInState(join(folder, 'state', `${unit}.tfstate`));
    for (const unit of units) compareInputs(join(live, unit), stateOf(unit));
    checkGuards(live, some, terragrunt);
    return units;
  });
}

/** An infrastructure repository, and the units of it that are to be planned. */
export type Some = Readonly<{ directory: string; units: readonly string[] }>;

/**
 * Judges several infrastructure repositories at once: the text of all that they have, and the plans of some of their units. Wiring is
 * evaluated on the mocks, what the stubs would be given is compared with what the compiler wrote, and of the first unit it is looked at
 * where its state would be.
 */
export function judgeSomeInfrastructure(repositories: readonly Some[]): void {
  inCopy(repositories, ({ folder, live }) => {
    const terragrunt = terragruntIn(folder, folder, live);
    readText(folder, terragrunt);

    const stubs = writeStubModules(join(folder, 'modules'));
    const chosen = repositories.flatMap(({ units }, index) => {
      const place = live[index] ?? '';
      const [first] = units;
      if (first !== undefined) checkPlace(place, first, terragrunt);
      replaceModules(place, unitsBelow(place), stubs);
      replaceState(place, folder);
      return units.map((unit) => join(place, unit));
    });
    for (const unit of chosen) onMocksAlone(unit);
    const plans = join(folder, 'plans');
    const flags = [...only(chosen), '--json-out-dir', plans];
    terragrunt(['run', ...flags, '--', 'plan', '-input=false', '-lock=false'], reading(chosen));
    for (const unit of chosen) compareInputs(unit, valueInPlan(join(plans, relative(folder, unit), 'tfplan.json')));
  });
}

/** Copies what is in `live/` of each repository, and takes the copies away at the end. */
function inCopy<Result>(
  repositories: readonly Pick<Some, 'directory'>[],
  work: (copy: { folder: string; live: readonly string[] }) => Result,
): Result {
  // Without links, as Terragrunt tells paths.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'infrastructure-')));
  try {
    const live = repositories.map(({ directory }, index) => {
      const copy = join(folder, `live-${index}`);
      cpSync(join(directory, 'live'), copy, { recursive: true });
      return copy;
    });
    return work({ folder, live });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Has `run` go through these units and no others. */
function only(units: readonly string[]): string[] {
  return ['--all', '--queue-strict-include', ...units.flatMap((unit) => ['--queue-include-dir', unit])];
}

/** That units are read, each with its two files. */
function reading(units: readonly string[]): Call {
  return { documents: 2 * units.length, through: ['terraform'] };
}

/** Layout and syntax. */
function readText(folder: string, terragrunt: Terragrunt): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(hcl|json)$/.test(file));
  terragrunt(['hcl', 'fmt', '--check'], { documents: files.filter((file) => file.endsWith('.hcl')).length });
  terragrunt(['hcl', 'validate'], { documents: files.length });
}

/** No unit that it depends on is asked what it put out: none was applied. */
function onMocksAlone(unit: string): void {
  const file = join(unit, 'terragrunt.hcl');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/^ {2}config_path = .*$/gm, '$&\n  skip_outputs = true'));
}

/** What `terragrunt.hcl` of a unit with an administrator asks for. */
function passwordsBelow(live: string): Record<string, string> {
  const unitsWithLogin = unitsBelow(live).filter((unit) =>
    readFileSync(join(live, unit, 'inputs.generated.json'), 'utf8').includes('"administrator_login"'),
  );
  const nameOf = (unit: string) => `${unit.replace(/[^0-9A-Za-z]/g, '_').toUpperCase()}_PASSWORD`;
  return Object.fromEntries(unitsWithLogin.map((unit) => [nameOf(unit), 'a password']));
}

/** Runs Terragrunt and gives what it prints; `attempt` gives it even if it fails. */
type Terragrunt = ((args: readonly string[], call: Call) => string) & {
  attempt: (args: readonly string[], call: Call) => Verdict;
};

/**
 * @param directory where it is called
 * @param home all that it may use of this machine
 * @param live the folders that have units
 */
function terragruntIn(directory: string, home: string, live: readonly string[]): Terragrunt {
  const environment = {
    ...Object.assign({}, ...live.map(passwordsBelow)),
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: home,
    TG_TF_PATH: judge('terraform'),
    TG_DOWNLOAD_DIR: join(home, 'cache'),
    TG_NON_INTERACTIVE: 'true',
    TG_NO_COLOR: 'true',
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
  };
  const attempt = (args: readonly string[], call: Call) =>
    consult('terragrunt', args, { folder: directory, environment, ...call });
  function run(args: readonly string[], call: Call) {
    const { code, out, error } = attempt(args, call);
    assert.equal(code, 0, `terragrunt ${args.join(' ')}\n${out}\n${error}`);
    return out;
  }
  return Object.assign(run, { attempt });
}

function unitsBelow(live: string): string[] {
  return readdirSync(live, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/terragrunt.hcl'))
    .map((file) => dirname(file))
    .sort();
}

/** Where Terragrunt would keep the state of a unit, and whose resources it would make: `root.hcl`, evaluated. */
function checkPlace(live: string, unit: string, terragrunt: Terragrunt): void {
  // Whoever depends on it is of no interest, and looking for them takes long.
  const args = ['render', '--format', 'json', '--disable-dependent-modules', '--working-dir', join(live, unit)];
  const rendered = JSON.parse(terragrunt(args, { documents: 2 }));
  const read = (file: string) => JSON.parse(readFileSync(join(live, file), 'utf8'));
  const { state, tenant_id } = read('platform.generated.json');
  assert.deepEqual(rendered.remote_state.config, {
    container_name: state.container,
    key: `${unit}/terraform.tfstate`,
    resource_group_name: state.resource_group,
    storage_account_name: state.storage_account,
    subscription_id: state.subscription_id,
    tenant_id,
    use_azuread_auth: true,
  });
  const { subscription_id } = read(`${dirname(unit)}/env.generated.json`);
  const providers = Object.values<{ contents: string }>(rendered.generate).map(({ contents }) => contents);
  const hasAzurerm = readFileSync(join(live, unit, 'terragrunt.hcl'), 'utf8').includes('"azurerm.hcl"');
  assert.equal(providers.length, hasAzurerm ? 2 : 1, unit);
  for (const provider of providers) {
    assert.ok(provider.includes(`subscription_id = "${subscription_id}"`), provider);
    assert.ok(provider.includes(`tenant_id       = "${tenant_id}"`), provider);
  }
}

function replaceModules(live: string, units: readonly string[], stubs: ReadonlyMap<string, string>): void {
  for (const unit of units) {
    const file = join(live, unit, 'terragrunt.hcl');
    const text = readFileSync(file, 'utf8').replace(/(?<=^ {2}source = ")tfr:.*(?="$)/m, (source) => {
      const stub = stubs.get(source);
      assert.ok(stub, `${unit}: no stub of ${source}`);
      return stub;
    });
    writeFileSync(file, text);
  }
}

/** Without providers there is nothing to generate for them either. */
function replaceState(live: string, folder: string): void {
  const state = `\${path_relative_to_include()}.tfstate`;
  writeFileSync(
    join(live, 'root.hcl'),
    `remote_state {
  backend = "local"
  generate = {
    path      = "backend.generated.tf"
    if_exists = "overwrite_terragrunt"
  }
  config = {
    path = "${join(folder, 'state')}/${state}"
  }
}
`,
  );
  writeFileSync(join(live, 'azurerm.hcl'), '');
}

/** What arrived at a stub that was applied. */
function valueInState(file: string): Record<string, unknown> {
  assert.ok(existsSync(file), `${file} is not there: the unit was not applied`);
  // A value of any type: Terraform keeps the type beside it.
  return JSON.parse(readFileSync(file, 'utf8')).resources[0].instances[0].attributes.input.value;
}

/** What would arrive at a stub, by its plan. */
function valueInPlan(file: string): Record<string, unknown> {
  assert.ok(existsSync(file), `${file} is not there: the unit was not planned`);
  return JSON.parse(readFileSync(file, 'utf8')).planned_values.root_module.resources[0].values.input;
}

/** All that the compiler wrote has to arrive: Terraform drops what a type does not have without a word. */
function compareInputs(unit: string, value: Record<string, unknown>): void {
  const generated: unknown = JSON.parse(readFileSync(join(unit, 'inputs.generated.json'), 'utf8'));
  assert.ok(isObject(generated), unit);
  assertWithin(generated.inputs, value, unit);
  // What the stub keeps of what terragrunt.hcl adds: no secret.
  const [, added = ''] = readFileSync(join(unit, 'terragrunt.hcl'), 'utf8').split('\ninputs = ');
  for (const [, name = ''] of added.matchAll(/^ {2}(\w+) += /gm))
    if (Object.hasOwn(value, name)) assert.notEqual(value[name], null, `${unit}.${name} did not arrive`);
}

/** One unit of each text, whose first line says where it comes from, and of each set of inputs, which some texts ask for. */
function differentlyWritten(live: string, units: readonly string[]): string[] {
  const written = (unit: string) => {
    const { inputs } = JSON.parse(readFileSync(join(live, unit, 'inputs.generated.json'), 'utf8'));
    const text = readFileSync(join(live, unit, 'terragrunt.hcl'), 'utf8').replace(/^#.*\n/, '');
    return JSON.stringify([Object.keys(inputs), text]);
  };
  return [...new Map(units.map((unit) => [written(unit), unit])).values()];
}

/** Nobody destroys what `prevent_destroy` guards. */
function checkGuards(live: string, units: readonly string[], terragrunt: Terragrunt): void {
  const fileOf = (unit: string) => join(unit, 'terragrunt.hcl');
  const guarded = units.filter((unit) => readFileSync(fileOf(unit), 'utf8').includes('\nprevent_destroy = true\n'));
  if (guarded.length === 0) return;
  // One that is refused stops none of the others; and all were applied, so that Terraform is at home there.
  const flags = ['--queue-ignore-errors', '--no-destroy-dependencies-check', '--no-auto-init'];
  const args = ['run', ...only(guarded), ...flags, '--', 'destroy', '-auto-approve'];
  const { error } = planted(() => terragrunt.attempt(args, { documents: 0 }));
  const refused = [...error.matchAll(/protected by the prevent_destroy flag in (\S+)\. /g)].map(
    ([, file = '']) => file,
  );
  assert.deepEqual(refused.sort(), guarded.map((unit) => `./${relative(live, fileOf(unit))}`).sort(), error);
}

function assertWithin(sent: unknown, arrived: unknown, at: string): void {
  if (Array.isArray(sent)) {
    assert.ok(Array.isArray(arrived) && arrived.length === sent.length, at);
    // Terraform sorts sets.
    const inOrder = (list: readonly unknown[]) => [...list].sort();
    if (sent.every((item) => typeof item === 'string')) assert.deepEqual(inOrder(arrived), inOrder(sent), at);
    else for (const [index, item] of sent.entries()) assertWithin(item, arrived[index], `${at}[${index}]`);
    return;
  }
  if (!isObject(sent)) {
    assert.equal(arrived, sent, at);
    return;
  }
  assert.ok(isObject(arrived), at);
  for (const [key, value] of Object.entries(sent)) {
    assert.ok(Object.hasOwn(arrived, key), `${at}.${key} did not arrive`);
    assertWithin(value, arrived[key], `${at}.${key}`);
  }
}
