import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isObject } from '../../lib/json.ts';
import { judge } from '../../scripts/judges/find.ts';
import { writeStubModules } from './stub-modules.ts';

/**
 * Judges an infrastructure repository as Terragrunt and Terraform read it, on a copy and without network.
 *
 * Its own text first: layout and syntax. Then a fresh start, with two things replaced: the modules by stubs that take the same
 * variables, and the remote state by files. All units are planned, so that wiring is evaluated on the mocks; then applied one after
 * another, so that it is evaluated on outputs, and all that the stubs were given is compared with what the compiler wrote. At last
 * each guarded unit is told to go, which Terragrunt has to refuse.
 *
 * @param directory `out/<infrastructure>`; not changed
 * @returns the units, in the order of their paths
 */
export function judgeInfrastructure(directory: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'infrastructure-'));
  try {
    const live = join(folder, 'live');
    cpSync(join(directory, 'live'), live, { recursive: true });
    const terragrunt = terragruntIn(live, folder, passwordsBelow(live));
    terragrunt('hcl', 'fmt', '--check');
    terragrunt('hcl', 'validate');

    const units = unitsBelow(live);
    for (const unit of units) if (/(^|\/)(registry|resource-group)$/.test(unit)) checkPlace(live, unit, terragrunt);
    replaceModules(live, units, writeStubModules(join(folder, 'modules')));
    replaceState(live, folder);
    terragrunt('run', '--all', '--', 'plan', '-input=false', '-lock=false');
    terragrunt('run', '--all', '--', 'apply', '-auto-approve', '-input=false');
    for (const unit of units) compareInputs(join(live, unit), join(folder, 'state', `${unit}.tfstate`));
    for (const unit of units) checkGuard(join(live, unit), terragrunt);
    return units;
  } finally {
    rmSync(folder, { recursive: true });
  }
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
type Terragrunt = ((...args: readonly string[]) => string) & {
  attempt: (...args: readonly string[]) => { status: number | null; stdout: string; stderr: string };
};

function terragruntIn(live: string, folder: string, passwords: Readonly<Record<string, string>>): Terragrunt {
  const program = judge('terragrunt');
  const environment = {
    ...passwords,
    PATH: process.env.PATH,
    HOME: folder,
    TMPDIR: folder,
    TG_TF_PATH: judge('terraform'),
    TG_DOWNLOAD_DIR: join(folder, 'cache'),
    TG_NON_INTERACTIVE: 'true',
    TG_NO_COLOR: 'true',
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
  };
  function attempt(...args: readonly string[]) {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      cwd: live,
      env: environment,
      encoding: 'utf8',
      maxBuffer: 64 * 2 ** 20,
    });
    if (error) throw error;
    return { status, stdout, stderr };
  }
  function run(...args: readonly string[]) {
    const { status, stdout, stderr } = attempt(...args);
    assert.equal(status, 0, `terragrunt ${args.join(' ')}\n${stdout}\n${stderr}`);
    return stdout;
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
function checkPlace(live: string, unit: string, terragrunt: (...args: readonly string[]) => string): void {
  const rendered = JSON.parse(terragrunt('render', '--format', 'json', '--working-dir', join(live, unit)));
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
  assert.equal(providers.length, unit.endsWith('registry') ? 2 : 1, unit);
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

/** All that the compiler wrote has to arrive: Terraform drops what a type does not have without a word. */
function compareInputs(unit: string, stateFile: string): void {
  const generated: unknown = JSON.parse(readFileSync(join(unit, 'inputs.generated.json'), 'utf8'));
  assert.ok(existsSync(stateFile), `${unit} was not applied`);
  const state = JSON.parse(readFileSync(stateFile, 'utf8'));
  // A value of any type: Terraform keeps the type beside it.
  const { value } = state.resources[0].instances[0].attributes.input;
  assert.ok(isObject(generated), unit);
  assertWithin(generated.inputs, value, unit);
  // What the stub keeps of what terragrunt.hcl adds: no secret.
  const [, added = ''] = readFileSync(join(unit, 'terragrunt.hcl'), 'utf8').split('\ninputs = ');
  for (const [, name = ''] of added.matchAll(/^ {2}(\w+) += /gm))
    if (Object.hasOwn(value, name)) assert.notEqual(value[name], null, `${unit}.${name} did not arrive`);
}

/** Nobody destroys what `prevent_destroy` guards. */
function checkGuard(unit: string, terragrunt: Terragrunt): void {
  if (!readFileSync(join(unit, 'terragrunt.hcl'), 'utf8').includes('\nprevent_destroy = true\n')) return;
  const { status, stderr } = terragrunt.attempt('run', '--working-dir', unit, '--', 'destroy', '-auto-approve');
  assert.notEqual(status, 0, `${unit} was destroyed`);
  assert.match(stderr, /prevent_destroy/, unit);
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
