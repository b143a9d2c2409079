import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Module } from '../../lib/azure/module.ts';
import type { Attribute, Type } from '../../lib/azure/type.ts';
import { unitSorts } from '../../lib/azure/units.ts';
import { isObject, type Json } from '../../lib/json.ts';
import type { DocumentPlan, Kind } from '../../lib/kinds/kind.ts';
import { unitInputs } from '../../lib/kinds/unit-inputs/kind.ts';
import type { Environment, Model } from '../../lib/model/model.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { render, valueAt } from '../../lib/render/render.ts';
import { verify } from '../../lib/verify/verify.ts';
import { exampleModel } from '../example.ts';

// biome-ignore lint/suspicious/noExplicitAny: a path that is not there fails the test, which is what it is for
type Inputs = Record<string, any>;
type Document = { kind: Kind; plan: DocumentPlan; value: { inputs: Inputs } };

async function documents(model: Model): Promise<Document[]> {
  const planned = unitInputs.flatMap((kind) => kind.list(model).map((plan) => ({ kind, plan })));
  const values = await render(model, planned);
  return planned.map(({ kind, plan }, index) => {
    const value = plan.patch ? applyPatch(values[index], valueAt(model, plan.patch), plan.patchAt) : values[index];
    return { kind, plan, value: value as Document['value'] };
  });
}

async function document(path: string, model = exampleModel()): Promise<Document> {
  const found = (await documents(model)).find(({ plan }) => plan.path === `live/${path}/inputs.generated.json`);
  assert.ok(found, path);
  return found;
}

const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });
const validators = new Map<Kind, ValidateFunction>();
function validator({ kind, plan }: Pick<Document, 'kind' | 'plan'>): ValidateFunction {
  const schema = kind.schema?.(plan);
  assert.ok(schema);
  const validate = validators.get(kind) ?? ajv.compile(schema);
  validators.set(kind, validate);
  return validate;
}

/** The example with an environment changed. */
function withBlue(changed: Partial<Environment>): Model {
  const model = exampleModel();
  const { blue } = model.environments;
  assert.ok(blue);
  return { ...model, environments: { ...model.environments, blue: { ...blue, ...changed } } };
}

test('there is a unit for all that an environment has, and for all that environments share', async () => {
  const units = [
    ...['cluster', 'cluster-identity', 'database-orders', 'identity-shop'],
    ...['kubelet-identity', 'network', 'private-dns', 'resource-group'],
  ];
  assert.deepEqual(
    (await documents(exampleModel())).map(({ plan }) => `${plan.target}/${plan.path}`).sort(),
    [
      ...['blue', 'green'].flatMap((environment) => units.map((unit) => `${environment}/${unit}`)),
      ...['shared/push-shop', 'shared/registry', 'shared/resource-group'],
    ]
      .map((unit) => `acme-infra/live/${unit}/inputs.generated.json`)
      .sort(),
  );
});

test('all inputs are what their module takes', async () => {
  for (const one of await documents(exampleModel())) {
    const validate = validator(one);
    assert.ok(validate(one.value), `${one.plan.path}: ${ajv.errorsText(validate.errors)}`);
    assert.ok(validate({ _generated: 'by the compiler', ...one.value }), 'the header is allowed');
  }
});

test('no unit tells Microsoft that it is used', async () => {
  for (const { plan, value } of await documents(exampleModel()))
    assert.equal(value.inputs.enable_telemetry, false, plan.path);
});

test('a cluster has its system pool apart, and all pools with a count or with limits', async () => {
  const { value } = await document('blue/cluster');
  const pool = {
    vm_size: 'Standard_D4s_v5',
    availability_zones: ['1', '2', '3'],
    max_pods: 60,
    os_disk_size_gb: 128,
    os_disk_type: 'Managed',
    os_sku: 'Ubuntu',
    node_labels: {},
    upgrade_settings: { max_surge: '10%' },
  };
  const maintenance = {
    schedule: { weekly: { day_of_week: 'Monday', interval_weeks: 1 } },
    start_time: '23:00',
    utc_offset: '+01:00',
    duration_hours: 5,
  };
  assert.deepEqual(value.inputs, {
    name: 'aks-acme-blue',
    location: 'westeurope',
    tags: { environment: 'blue', platform: 'acme' },
    enable_telemetry: false,
    dns_prefix: 'aks-acme-blue',
    sku: { name: 'Base', tier: 'Standard' },
    kubernetes_version: '1.36',
    auto_upgrade_profile: { upgrade_channel: 'patch', node_os_upgrade_channel: 'NodeImage' },
    maintenanceconfiguration: {
      aksManagedAutoUpgradeSchedule: { name: 'aksManagedAutoUpgradeSchedule', maintenance_window: maintenance },
      aksManagedNodeOSUpgradeSchedule: { name: 'aksManagedNodeOSUpgradeSchedule', maintenance_window: maintenance },
    },
    default_agent_pool: { ...pool, name: 'main', mode: 'System', count_of: 3, node_taints: [] },
    agent_pools: {
      batch: {
        ...pool,
        name: 'batch',
        mode: 'User',
        os_type: 'Linux',
        enable_auto_scaling: true,
        min_count: 0,
        max_count: 5,
        node_taints: ['dedicated=batch:NoSchedule'],
      },
    },
    create_agentpools_before_destroy: false,
    network_profile: {
      network_plugin: 'azure',
      network_plugin_mode: 'overlay',
      network_dataplane: 'cilium',
      network_policy: 'cilium',
      load_balancer_sku: 'standard',
      outbound_type: 'loadBalancer',
      pod_cidr: '10.244.0.0/16',
      service_cidr: '10.250.0.0/16',
      dns_service_ip: '10.250.0.10',
    },
    oidc_issuer_profile: { enabled: true },
    security_profile: { workload_identity: { enabled: true } },
    enable_rbac: true,
    disable_local_accounts: true,
    aad_profile: {
      managed: true,
      enable_azure_rbac: true,
      tenant_id: '00000000-0000-0000-0000-0000000000aa',
      admin_group_object_ids: ['00000000-0000-0000-0000-0000000000bb'],
    },
    api_server_access_profile: { authorized_ip_ranges: ['203.0.113.0/24'] },
  });
});

test('a pool keeps its key where its name in Azure is another, and a pool without zones names none', async () => {
  const { blue } = exampleModel().environments;
  assert.ok(blue?.cluster.pools.batch);
  const batch = { ...blue.cluster.pools.batch, azureName: 'b1', zones: [] };
  const cluster = {
    ...blue.cluster,
    pools: { ...blue.cluster.pools, batch },
    authorizedRanges: ['192.0.2.0/24'],
  };
  const { value } = await document('blue/cluster', withBlue({ cluster }));
  assert.equal(value.inputs.agent_pools.batch.name, 'b1');
  assert.ok(!('availability_zones' in value.inputs.agent_pools.batch));
  assert.deepEqual(value.inputs.api_server_access_profile, { authorized_ip_ranges: ['192.0.2.0/24'] });
});

test('a database without high availability says so, or the module would ask for two zones', async () => {
  assert.equal((await document('green/database-orders')).value.inputs.high_availability, null);
  const { inputs } = (await document('blue/database-orders')).value;
  assert.deepEqual(inputs.high_availability, { mode: 'ZoneRedundant' });
  assert.deepEqual(inputs.firewall_rules, {});
  assert.equal(inputs.public_network_access_enabled, false);
});

test('a database lets in by password only whom its login names, and holds no password', async () => {
  const { inputs } = (await document('green/database-orders')).value;
  assert.equal(inputs.authentication.password_auth_enabled, false);
  assert.ok(!Object.keys(inputs).some((name) => name.startsWith('administrator')));
  const blue = (await document('blue/database-orders')).value.inputs;
  assert.equal(blue.authentication.password_auth_enabled, true);
  assert.deepEqual(
    Object.entries(blue).filter(([name]) => name.startsWith('administrator')),
    [
      ['administrator_login', 'orders'],
      ['administrator_password_wo_version', '2'],
    ],
  );
});

test('a network without databases has no subnet for them', async () => {
  const { blue } = exampleModel().environments;
  assert.ok(blue);
  const network = { ...blue.network, databaseSubnet: null };
  const { value } = await document('blue/network', withBlue({ databases: {}, network }));
  assert.deepEqual(value.inputs.subnets, { nodes: { name: 'nodes', address_prefixes: ['10.10.0.0/22'] } });
});

test('the zone that names the databases is linked to the network', async () => {
  const { value } = await document('blue/private-dns');
  assert.deepEqual(value.inputs, {
    domain_name: 'blue.acme.private.postgres.database.azure.com',
    tags: { environment: 'blue', platform: 'acme' },
    enable_telemetry: false,
    virtual_network_links: { network: { name: 'acme-blue' } },
  });
  assert.ok(!('private_dns_zone_id' in (await document('blue/database-orders')).value.inputs));
});

test('where a zone is given, databases are named in it and none is made', async () => {
  const { blue } = exampleModel().environments;
  assert.ok(blue);
  const privateDnsZoneId = '/subscriptions/a/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/a.b';
  const model = withBlue({ network: { ...blue.network, privateDnsZone: null, privateDnsZoneId } });
  const { inputs } = (await document('blue/database-orders', model)).value;
  assert.equal(inputs.private_dns_zone_id, privateDnsZoneId);
  const paths = (await documents(model)).map(({ plan }) => plan.path);
  assert.deepEqual(
    paths.filter((path) => path.includes('private-dns')),
    ['live/green/private-dns/inputs.generated.json'],
  );
});

test('a repository pushes as an identity of its own, with a credential for each environment', async () => {
  const model = exampleModel();
  const other = {
    repository: 'till.app',
    identity: 'push-till-app',
    environment: 'blue',
    subject: 'repo:acme/till.app:environment:blue',
  };
  const registry = { ...model.registry, pushedBy: [...model.registry.pushedBy, other] };
  const { value } = await document('shared/push-till.app', { ...model, registry });
  assert.equal(value.inputs.name, 'push-till-app');
  assert.deepEqual(value.inputs.federated_identity_credentials, {
    blue: {
      name: 'github-blue',
      audience: ['api://AzureADTokenExchange'],
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:acme/till.app:environment:blue',
    },
  });
  assert.deepEqual(value.inputs.role_assignments, { registry: { role_definition_id_or_name: 'AcrPush' } });
  const { federated_identity_credentials: shop } = (await document('shared/push-shop', { ...model, registry })).value
    .inputs;
  assert.deepEqual(Object.keys(shop), ['blue', 'green']);
});

test('an environment less changes no unit of another, and of the shared ones only who may push', async () => {
  const before = new Map((await documents(exampleModel())).map(({ plan, value }) => [plan.path, value]));
  const { blue, ...environments } = exampleModel().environments;
  const { registry, ...model } = exampleModel();
  const left = <Item extends { environment: string }>(items: readonly Item[]) =>
    items.filter(({ environment }) => environment !== blue?.name);
  const without = await documents({
    ...model,
    environments,
    registry: { ...registry, pushedBy: left(registry.pushedBy) },
  });
  const changed = without.filter(({ plan, value }) => JSON.stringify(value) !== JSON.stringify(before.get(plan.path)));
  assert.deepEqual(
    changed.map(({ plan }) => plan.path),
    ['live/shared/push-shop/inputs.generated.json'],
  );
});

test('extra inputs are merged into the inputs of their unit alone', async () => {
  const extraInputs = { cluster: { agent_pools: { batch: { spot_max_price: -1 } }, sku: { tier: 'Free' } } };
  const model = withBlue({ extraInputs });
  const { plan, value } = await document('blue/cluster', model);
  assert.deepEqual([plan.patch, plan.patchAt], [['environments', 'blue', 'extraInputs', 'cluster'], ['inputs']]);
  assert.equal(value.inputs.agent_pools.batch.spot_max_price, -1);
  assert.deepEqual(value.inputs.sku, { name: 'Base', tier: 'Free' });
  assert.deepEqual(
    (await documents(model)).filter((one) => one.plan.patch).map((one) => one.plan.path),
    ['live/blue/cluster/inputs.generated.json'],
  );
  const { registry, ...rest } = exampleModel();
  const lock = { kind: 'CanNotDelete' };
  const shared = await document('shared/registry', {
    ...rest,
    registry: { ...registry, extraInputs: { registry: { lock } } },
  });
  assert.deepEqual(shared.value.inputs.lock, lock);
});

/** Where a change is made, what is put there (`undefined` takes it away), and where the schema objects. */
const broken: readonly (readonly [what: string, unit: string, path: string, value: Json | undefined, at?: string])[] = [
  ['a misspelt key of a pool', 'blue/cluster', 'agent_pools.batch.mincount', 1, 'agent_pools.batch'],
  [
    'a misspelt key deep in a pool',
    'blue/cluster',
    'default_agent_pool.linux_os_config',
    { sysctls: { vm_swapines: 1 } },
    'default_agent_pool.linux_os_config.sysctls',
  ],
  ['a variable that the module does not have', 'blue/cluster', 'agent_pool', {}, ''],
  ['another case of a word', 'blue/cluster', 'agent_pools.batch.mode', 'user'],
  ['a pool without a mode', 'blue/cluster', 'agent_pools.batch.mode', undefined, 'agent_pools.batch'],
  ['one limit without the other', 'blue/cluster', 'agent_pools.batch.max_count', undefined, 'agent_pools.batch'],
  [
    'limits without autoscaling',
    'blue/cluster',
    'agent_pools.batch.enable_auto_scaling',
    undefined,
    'agent_pools.batch',
  ],
  ['a count beside limits', 'blue/cluster', 'agent_pools.batch.count_of', 2, 'agent_pools.batch.enable_auto_scaling'],
  ['a number as a text', 'blue/cluster', 'default_agent_pool.count_of', '3'],
  ['more pods than a node takes', 'blue/cluster', 'default_agent_pool.max_pods', 251],
  ['a pool name with a capital', 'blue/cluster', 'agent_pools.batch.name', 'Batch'],
  ['what terragrunt.hcl sets', 'blue/cluster', 'parent_id', '/subscriptions/a/resourceGroups/b'],
  ['null where terragrunt.hcl fills in', 'blue/cluster', 'default_agent_pool.vnet_subnet_id', null],
  [
    'a secret of a nested object',
    'blue/cluster',
    'service_principal_profile',
    { client_id: 'a', secret: 'b' },
    'service_principal_profile.secret',
  ],
  [
    'a time for maintenance that Azure finds too short',
    'blue/cluster',
    'maintenanceconfiguration.aksManagedAutoUpgradeSchedule.maintenance_window.duration_hours',
    3,
  ],
  [
    'an hour without minutes',
    'blue/cluster',
    'maintenanceconfiguration.aksManagedNodeOSUpgradeSchedule.maintenance_window.start_time',
    '2',
  ],
  [
    'an offset without its sign',
    'blue/cluster',
    'maintenanceconfiguration.aksManagedNodeOSUpgradeSchedule.maintenance_window.utc_offset',
    '01:00',
  ],
  [
    'a day in another case',
    'blue/cluster',
    'maintenanceconfiguration.aksManagedAutoUpgradeSchedule.maintenance_window.schedule.weekly.day_of_week',
    'sunday',
  ],
  [
    'two schedules in one',
    'blue/cluster',
    'maintenanceconfiguration.aksManagedAutoUpgradeSchedule.maintenance_window.schedule.daily',
    { interval_days: 1 },
    'maintenanceconfiguration.aksManagedAutoUpgradeSchedule.maintenance_window.schedule',
  ],
  [
    'maintenance of a name that Azure does not know',
    'blue/cluster',
    'maintenanceconfiguration.aksManagedAutoUpgradeSchedule.name',
    'aksManagedAutoUpgrade',
  ],
  [
    'a link without a name',
    'blue/private-dns',
    'virtual_network_links.network.name',
    undefined,
    'virtual_network_links.network',
  ],
  ['a link with a name that is too long', 'blue/private-dns', 'virtual_network_links.network.name', 'a'.repeat(81)],
  ['a zone in which Azure names no databases', 'blue/private-dns', 'domain_name', 'blue.acme.example'],
  ['no DNS prefix', 'blue/cluster', 'dns_prefix', undefined, ''],
  [
    'a subnet that is no range',
    'blue/network',
    'subnets.nodes.address_prefixes',
    ['10.10.0.0'],
    'subnets.nodes.address_prefixes.0',
  ],
  ['a range twice', 'blue/network', 'address_space', ['10.10.0.0/16', '10.10.0.0/16']],
  ['a tag that is a number', 'blue/network', 'tags.cost', 3],
  ['a tier in another case', 'shared/registry', 'sku', 'standard'],
  ['a registry without a word on zones', 'shared/registry', 'zone_redundancy_enabled', undefined, ''],
  ['a disk of no size that Azure sells', 'blue/database-orders', 'storage_mb', 65537],
  ['a disk that grows by itself and has a size', 'blue/database-orders', 'auto_grow_enabled', true, 'storage_mb'],
  [
    'a database open to the internet',
    'blue/database-orders',
    'firewall_rules',
    { all: { name: 'all', start_ip_address: '0.0.0.0', end_ip_address: '255.255.255.255' } },
  ],
  ['no word on the firewall', 'blue/database-orders', 'firewall_rules', undefined, ''],
  ['two servers of a burstable size', 'green/database-orders', 'high_availability', { mode: 'SameZone' }],
  ['a version that Azure does not have', 'blue/database-orders', 'server_version', '9'],
  ['a password', 'blue/database-orders', 'administrator_password', 'hunter2'],
  [
    'a credential without audience',
    'blue/identity-shop',
    'federated_identity_credentials.kubernetes.audience',
    undefined,
    'federated_identity_credentials.kubernetes',
  ],
  ['a group name that ends in a dot', 'blue/resource-group', 'name', 'acme.'],
];

for (const [what, unit, path, value, at = path] of broken) {
  test(`the schema refuses ${what}`, async () => {
    const one = structuredClone(await document(unit).then(({ value }) => value));
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    const holder = steps.reduce<Inputs>((inner, step) => inner[step], one.inputs);
    if (value === undefined) delete holder[last];
    else holder[last] = value;
    const validate = validator(await document(unit));
    assert.ok(!validate(one));
    const places = (validate.errors ?? []).map(({ instancePath }) => instancePath);
    assert.ok(places.includes(['/inputs', ...at.split('.').filter(Boolean)].join('/')), places.join(', '));
  });
}

test('extra inputs may say what terragrunt.hcl would fill in, and let a disk grow that has no size', async () => {
  const extraInputs = {
    cluster: { agent_pools: { batch: { vnet_subnet_id: '/subscriptions/a' } } },
    'database-orders': { auto_grow_enabled: true, private_dns_zone_id: '/subscriptions/a', storage_mb: null },
    'identity-shop': {
      role_assignments: { vault: { role_definition_id_or_name: 'Reader', scope: '/subscriptions/a' } },
    },
  };
  for (const unit of Object.keys(extraInputs)) {
    const one = await document(`blue/${unit}`, withBlue({ extraInputs }));
    const validate = validator(one);
    assert.ok(validate(one.value), ajv.errorsText(validate.errors));
  }
});

test('neither a value nor a key may hold what Terraform reads as code', async () => {
  const { blue } = exampleModel().environments;
  for (const [key, value] of [
    ['team', 'a ${path.root}'],
    ['team', '%{ if true }'],
    ['${a}', 'b'],
  ] as const) {
    const model = withBlue({ tags: { ...blue?.tags, [key]: value } });
    const [found] = verify(model, [await document('blue/network', model)]);
    assert.equal(found?.code, 'verify/interpolation');
  }
});

const reference = new URL('../../../shared/reference/modules/', import.meta.url);

for (const module of new Set(unitSorts.map((sort) => sort.module))) {
  const file = new URL(`${module.name.split('/')[1]}.json`, reference);
  test(`${module.name} is what the reference says, nested keys and defaults included`, (t) => {
    if (existsSync(file)) compareModule(module, JSON.parse(readFileSync(file, 'utf8')));
    else t.diagnostic(`not run: ${file.pathname} is not here`);
  });
}

// biome-ignore lint/suspicious/noExplicitAny: the reference's own form
type Reference = any;

function compareModule(module: Module, theirs: Reference): void {
  const [, name = ''] = module.name.split('/');
  assert.deepEqual([module.name, module.version, module.terraform], [theirs.module, theirs.version, theirs.terraform]);
  assert.deepEqual(module.outputs, theirs.outputs);
  const usesAzurerm = Object.keys(theirs.providers).includes('hashicorp/azurerm');
  assert.equal(module.providers.includes('azurerm'), usesAzurerm, name);
  const ours = module.variables.object;
  assert.deepEqual(Object.keys(ours).sort(), Object.keys(theirs.variables).sort());
  for (const [variable, attribute] of Object.entries(ours)) {
    const at = `${name}.${variable}`;
    const their = theirs.variables[variable];
    assert.deepEqual(shapeOf(attribute.type), their.shape, at);
    assert.equal(attribute.required, their.required, at);
    assert.deepEqual(attribute.default ?? null, their.default ?? null, at);
    // Of a required variable null is never meant; the module may take it.
    if (!attribute.required) assert.equal(attribute.nullable, their.nullable, at);
    if (their.sensitive) assert.ok('scalar' in attribute.type && attribute.type.secret, at);
    for (const { path, alsoFor = path, ...limits } of their.validations ?? []) {
      const type = limitedAt(ours, path.split('.'));
      assert.ok(type, path);
      compareLimits(type, limits, path);
      // The system pool does not have all that other pools have.
      const also = limitedAt(ours, alsoFor.split('.'));
      if (also) compareLimits(also, limits, alsoFor);
    }
  }
}

/** A type in the reference's form. */
function shapeOf(type: Type): unknown {
  if ('scalar' in type) return type.scalar;
  if ('list' in type) return { [type.unordered ? 'set' : 'list']: shapeOf(type.list) };
  if ('map' in type) return { map: shapeOf(type.map) };
  const attributes = Object.entries(type.object).map(([name, attribute]) => [
    name,
    {
      type: shapeOf(attribute.type),
      ...(attribute.required ? {} : { optional: true }),
      ...(attribute.default === undefined ? {} : { default: attribute.default }),
    },
  ]);
  return { object: Object.fromEntries(attributes) };
}

function limitedAt(attributes: Readonly<Record<string, Attribute>>, [step = '', ...rest]: string[]): Type | undefined {
  return rest.reduce<Type | undefined>((type, key) => {
    if (type === undefined || 'scalar' in type) return undefined;
    if ('map' in type) return type.map;
    return 'list' in type ? type.list : type.object[key]?.type;
  }, attributes[step]?.type);
}

/** Ours may be narrower. Lengths are in our patterns, and what is a secret is never there. */
function compareLimits(
  type: Type,
  { enum: words, pattern, minimum, maximum, maxItems, format }: Reference,
  at: string,
) {
  if ('scalar' in type) {
    if (type.secret) return;
    if (words) assert.deepEqual([...(type.enum ?? [])].sort(), [...words].sort(), at);
    if (pattern) assert.equal(new RegExp(type.pattern ?? '').source, new RegExp(pattern).source, at);
    if (format) assert.ok(type.pattern, `${at} has no pattern`);
    if (minimum !== undefined) assert.ok((type.minimum ?? -Infinity) >= minimum, at);
    if (maximum !== undefined) assert.ok((type.maximum ?? Infinity) <= maximum, at);
    return;
  }
  assert.ok(!words && !pattern && !format, at);
  if (maxItems !== undefined) assert.equal('list' in type ? type.maxItems : undefined, maxItems, at);
}

test('what the compiler emits is nowhere what terragrunt.hcl sets or fills in', async () => {
  const emitted = await documents(exampleModel());
  for (const [index, sort] of unitSorts.entries())
    for (const { plan, value } of emitted.filter(({ kind }) => kind === unitInputs[index])) {
      for (const name of sort.wired) assert.ok(!(name in value.inputs), `${plan.path}: ${name}`);
      for (const path of sort.filled)
        assert.deepEqual(found(value.inputs, path), [], `${plan.path}: ${path.join('.')}`);
    }
});

/** All values at a path; `*` is any key. */
function found(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (step === undefined) return [value];
  if (!isObject(value)) return [];
  const keys = step === '*' ? Object.keys(value) : [step].filter((key) => Object.hasOwn(value, key));
  return keys.flatMap((key) => found(value[key], rest));
}
