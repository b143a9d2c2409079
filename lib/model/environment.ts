import type { EnvironmentInput, PlatformInput } from '../config/schema.ts';
import { parseCidr } from '../config/vocabulary.ts';
import type { Path } from '../finding/finding.ts';
import { allocatable } from './capacity.ts';
import * as defaults from './defaults.ts';
import { type ModelFinding, outOfRange, twoOf } from './findings.ts';
import type { Cluster, Database, Environment, Maintenance, Network, Pool } from './model.ts';
import { type Draft, derived, Noted, written } from './origins.ts';
import { sortedEntries } from './service/settings.ts';
import { branchInTag, firstTag, longestBranch, tagPattern } from './tags.ts';

type Report = (finding: ModelFinding) => void;

/** All of an environment but what follows from its services. */
export type Ground = Omit<Environment, 'podSecurity' | 'nodesNeeded' | 'services' | 'delivery' | 'identities'>;

/** An environment without its services, complete. */
export function draftEnvironment(
  name: string,
  environment: EnvironmentInput,
  { name: platform, azure }: PlatformInput,
  report: Report,
): Draft<Ground> {
  const path: Path = ['environments', name];
  /** the value as written at a key, else what it defaults to */
  const or = <Value>(value: Value | undefined, fallback: Value, ...where: Path): Noted<Value> =>
    value === undefined ? new Noted(fallback, { from: 'default', path: where }) : written(value, [...path, ...where]);
  const { suffix } = environment.imageTags;
  const seed = firstTag(environment.branch, suffix);
  const pattern = tagPattern(environment.branch, suffix);
  checkNetwork(environment, path, report);
  if (branchInTag(environment.branch).length > longestBranch(suffix))
    report(
      outOfRange({
        path: [...path, 'branch'],
        what: `the branch of environment \`${name}\` has ${environment.branch.length} characters: with the number of a run and \`${suffix}\` a tag would be too long`,
        expected: `at most ${longestBranch(suffix)} characters, or a shorter \`imageTags.suffix\``,
      }),
    );
  return new Noted<Draft<Ground>>(
    {
      name,
      displayName: or(environment.displayName, name.charAt(0).toUpperCase() + name.slice(1), 'displayName'),
      tier: written(environment.tier, [...path, 'tier']),
      directory: or(environment.directory, name, 'directory'),
      branch: written(environment.branch, [...path, 'branch']),
      domain: written(environment.domain, [...path, 'domain']),
      namespace: or(environment.namespace, platform, 'namespace'),
      subscriptionId: written(environment.subscriptionId, [...path, 'subscriptionId']),
      location:
        environment.location === undefined
          ? written(azure.location, ['azure', 'location'])
          : written(environment.location, [...path, 'location']),
      resourceGroup: written(environment.resourceGroup, [...path, 'resourceGroup']),
      tags: or(
        environment.tags && Object.fromEntries(sortedEntries({ environment: name, platform, ...environment.tags })),
        { environment: name, platform },
        'tags',
      ),
      imageTag: {
        suffix: written(suffix, [...path, 'imageTags', 'suffix']),
        pattern: derived(pattern, [...path, 'branch'], [...path, 'imageTags', 'suffix']),
        seed: derived(seed, [...path, 'branch'], [...path, 'imageTags', 'suffix']),
      },
      network: draftNetwork(name, environment, platform, path),
      cluster: draftCluster(environment, path, report),
      databases: Object.fromEntries(
        sortedEntries(environment.databases).map(([database, value]) => [
          database,
          draftDatabase(database, value, [...path, 'databases', database], report),
        ]),
      ),
      extraManifests: sortedEntries(environment.extraManifests).map(([file, manifest]) => ({
        name: file,
        manifest: written(manifest, [...path, 'extraManifests', file]),
      })),
      extraInputs: written(environment.extraInputs ?? {}, [...path, 'extraInputs']),
    } as Draft<Ground>,
    { from: 'configuration', path },
  );
}

function draftNetwork(
  name: string,
  { network, databases = {} }: EnvironmentInput,
  platform: string,
  path: Path,
): Draft<Network> {
  const makesZone = network.privateDnsZoneId === undefined && Object.keys(databases).length > 0;
  const at = (key: keyof typeof network) => [...path, 'network', key];
  return {
    name: network.name === undefined ? derived(`${platform}-${name}`, path) : written(network.name, at('name')),
    addressSpace: written(network.addressSpace, at('addressSpace')),
    nodeSubnet: written(network.nodeSubnet, at('nodeSubnet')),
    databaseSubnet: written(network.databaseSubnet ?? null, at('databaseSubnet')),
    podRange: written(network.podRange, at('podRange')),
    serviceRange: written(network.serviceRange, at('serviceRange')),
    dnsServiceIp: derived(tenthAddress(network.serviceRange), at('serviceRange')),
    privateDnsZone: derived(makesZone ? `${name}.${platform}.private.postgres.database.azure.com` : null, path),
    privateDnsZoneId: written(network.privateDnsZoneId ?? null, at('privateDnsZoneId')),
  };
}

/** AKS' custom: the DNS service has the tenth address of the service range. */
function tenthAddress(range: string): string {
  const first = (parseCidr(range)?.first ?? 0) + 10;
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
}

function draftCluster({ cluster, tier }: EnvironmentInput, environmentPath: Path, report: Report): Draft<Cluster> {
  const path = [...environmentPath, 'cluster'];
  const pools = sortedEntries(cluster.nodePools).map(
    ([name, pool]) =>
      [name, draftPool(name, pool, cluster.systemPool === name, [...path, 'nodePools', name], report)] as const,
  );
  checkPoolNames(cluster.nodePools, path, report);
  return {
    name: written(cluster.name, [...path, 'name']),
    kubernetesVersion: written(cluster.kubernetesVersion, [...path, 'kubernetesVersion']),
    tier:
      cluster.tier === undefined
        ? new Noted(defaults.CLUSTER.tier, { from: 'default', path: ['cluster', 'tier'] })
        : written(cluster.tier, [...path, 'tier']),
    dnsPrefix:
      cluster.dnsPrefix === undefined
        ? derived(cluster.name.replaceAll('_', '-').slice(0, 54).replace(/-+$/, ''), [...path, 'name'])
        : written(cluster.dnsPrefix, [...path, 'dnsPrefix']),
    adminGroups: written([...cluster.adminGroups].sort(), [...path, 'adminGroups']),
    authorizedRanges: written([...(cluster.authorizedRanges ?? [])].sort(), [...path, 'authorizedRanges']),
    maintenance: draftMaintenance(cluster.maintenance, tier, [...path, 'maintenance']),
    defaultPool: written(cluster.defaultPool as string, [...path, 'defaultPool']),
    systemPool: written(cluster.systemPool as string, [...path, 'systemPool']),
    pools: Object.fromEntries(pools),
  } as Draft<Cluster>;
}

function draftMaintenance(
  maintenance: EnvironmentInput['cluster']['maintenance'],
  tier: EnvironmentInput['tier'],
  path: Path,
): Noted<Maintenance> {
  const usual = defaults.maintenanceDefaults(tier);
  const { day, hour, utcOffset = usual.utcOffset } = maintenance ?? usual;
  const value = {
    day,
    startTime: `${String(hour).padStart(2, '0')}:00`,
    utcOffset,
    durationHours: defaults.MAINTENANCE_HOURS,
  };
  return maintenance === undefined
    ? new Noted(value, { from: 'default', path: ['cluster', 'maintenance'] })
    : written(value, path);
}

function draftPool(
  name: string,
  pool: EnvironmentInput['cluster']['nodePools'][string],
  isSystem: boolean,
  path: Path,
  report: Report,
): Draft<Pool> {
  const azureName = pool.azureName ?? name;
  if (!/^[a-z][a-z0-9]{0,11}$/.test(azureName))
    report(
      outOfRange({
        path,
        what: `the node pool \`${name}\` cannot have this name in Azure`,
        expected: 'lower case letters and digits, beginning with a letter, at most 12 characters',
        help: `keep \`${name}\` as the name for people, and add \`azureName: "${azureName
          .toLowerCase()
          .replace(/[^a-z0-9]|^[0-9]+/g, '')
          .slice(0, 12)}"\``,
      }),
    );
  const maxPods = pool.maxPods ?? defaults.POOL.maxPods;
  if (typeof pool.nodes === 'object' && pool.nodes.min > pool.nodes.max)
    report(
      outOfRange({
        path: [...path, 'nodes'],
        what: `the node pool \`${name}\` scales from ${pool.nodes.min} to ${pool.nodes.max} nodes`,
        expected: '`min` not above `max`',
      }),
    );
  const fewest = typeof pool.nodes === 'number' ? pool.nodes : pool.nodes.min;
  if (isSystem && (fewest < 1 || maxPods < 30 || pool.dedicated))
    report(
      outOfRange({
        path,
        what: `the node pool \`${name}\` is the system pool, and ${fewest < 1 ? 'may have no node' : maxPods < 30 ? `takes ${maxPods} pods a node` : 'is dedicated'}`,
        expected: 'at least one node, at least 30 pods a node, and room for pods that tolerate nothing',
      }),
    );
  const at = (key: keyof typeof pool) => [...path, key];
  return new Noted<Draft<Pool>>(
    {
      name,
      azureName: pool.azureName === undefined ? derived(name, path) : written(pool.azureName, at('azureName')),
      displayName: name,
      mode: derived(isSystem ? 'System' : 'User', [...path.slice(0, -2), 'systemPool']),
      size: written(pool.size, at('size')),
      scaling: written(
        typeof pool.nodes === 'number'
          ? { kind: 'fixed', count: pool.nodes }
          : { kind: 'auto', min: pool.nodes.min, max: pool.nodes.max },
        at('nodes'),
      ),
      zones: written([...(pool.zones ?? defaults.POOL.zones)].sort(), at('zones')),
      maxPods: written(maxPods, at('maxPods')),
      osDiskGb: written(pool.osDiskGb ?? defaults.POOL.osDiskGb, at('osDiskGb')),
      dedicated: written(pool.dedicated ?? false, at('dedicated')),
      labels: written(Object.fromEntries(sortedEntries(pool.labels)), at('labels')),
      taints: derived(pool.dedicated ? [`dedicated=${azureName}:NoSchedule`] : [], at('dedicated')),
      allocatable: derived(allocatable(pool.size, maxPods) ?? null, at('size'), at('maxPods')),
    } as Draft<Pool>,
    { from: 'configuration', path },
  );
}

/** Azure knows a pool by its `azureName` alone. */
function checkPoolNames(pools: EnvironmentInput['cluster']['nodePools'], path: Path, report: Report): void {
  const seen = new Map<string, string>();
  for (const [name, { azureName = name }] of sortedEntries(pools)) {
    const first = seen.get(azureName);
    if (first !== undefined)
      report(
        twoOf({
          path: [...path, 'nodePools', name],
          otherPath: [...path, 'nodePools', first],
          what: `the node pools \`${first}\` and \`${name}\` have both the name \`${azureName}\` in Azure`,
          expected: 'a name of its own for each pool',
        }),
      );
    seen.set(azureName, name);
  }
}

function draftDatabase(
  name: string,
  database: NonNullable<EnvironmentInput['databases']>[string],
  path: Path,
  report: Report,
): Draft<Database> {
  const { highAvailability = null, size } = database;
  if (highAvailability !== null && size.startsWith('B_'))
    report(
      outOfRange({
        path: [...path, 'highAvailability'],
        what: `the database \`${name}\` asks for high availability on the burstable size ${size}`,
        expected: 'a size that begins with `GP_` or `MO_`, or no high availability',
      }),
    );
  const or = <Value>(value: Value | undefined, fallback: Value, key: keyof typeof database): Noted<Value> =>
    value === undefined
      ? new Noted(fallback, { from: 'default', path: ['database', key] })
      : written(value, [...path, key]);
  return new Noted<Draft<Database>>(
    {
      name,
      engine: written(database.engine, [...path, 'engine']),
      server: written(database.server, [...path, 'server']),
      version: written(database.version, [...path, 'version']),
      size: written(size, [...path, 'size']),
      storageMb: derived(database.storageGb * 1024, [...path, 'storageGb']),
      backupRetentionDays: or(
        database.backupRetentionDays,
        defaults.DATABASE.backupRetentionDays,
        'backupRetentionDays',
      ),
      geoRedundantBackup: or(database.geoRedundantBackup, defaults.DATABASE.geoRedundantBackup, 'geoRedundantBackup'),
      highAvailability: written(highAvailability, [...path, 'highAvailability']),
      databases: written([...database.databases].sort(), [...path, 'databases']),
      login: written(
        database.login
          ? {
              user: database.login.user,
              passwordVersion: database.login.passwordVersion ?? defaults.DATABASE.passwordVersion,
            }
          : null,
        [...path, 'login'],
      ),
      host: derived(`${database.server}.postgres.database.azure.com`, [...path, 'server']),
      port: new Noted(defaults.DATABASE.port, { from: 'default', path: ['database', 'port'] }),
    } as Draft<Database>,
    { from: 'configuration', path },
  );
}

/** @see Microsoft, "Plan Azure CNI networking": the ranges of a cluster may not overlap, and the service range is smaller than /12 */
function checkNetwork(environment: EnvironmentInput, environmentPath: Path, report: Report): void {
  const { network, databases = {} } = environment;
  const path = [...environmentPath, 'network'];
  const range = (key: 'addressSpace' | 'nodeSubnet' | 'databaseSubnet' | 'podRange' | 'serviceRange') => {
    const parsed = parseCidr(network[key] ?? '');
    return parsed && { key, ...parsed };
  };
  const space = range('addressSpace');
  const subnets = [range('nodeSubnet'), range('databaseSubnet')].filter((one) => one !== undefined);
  for (const subnet of subnets)
    if (space && (subnet.first < space.first || subnet.last > space.last))
      report(
        outOfRange({
          path: [...path, subnet.key],
          what: `\`${subnet.key}\` ${network[subnet.key]} lies outside of the address space ${network.addressSpace}`,
          expected: `a range inside of ${network.addressSpace}`,
        }),
      );
  const services = range('serviceRange');
  const isOfSize = services && services.prefix > 12 && services.prefix <= 28;
  if (services && !isOfSize)
    report(
      outOfRange({
        path: [...path, 'serviceRange'],
        what: `\`serviceRange\` ${network.serviceRange} has a prefix of /${services.prefix}`,
        expected: 'a range from /13 to /28',
      }),
    );
  // A range too large overlaps others for that reason alone.
  const apart = [...subnets, range('podRange'), isOfSize ? services : undefined].filter((one) => one !== undefined);
  for (const [index, other] of apart.entries()) {
    // One is enough: a range too large, or in the wrong place, overlaps many.
    const one = apart.slice(0, index).find(({ first, last }) => first <= other.last && other.first <= last);
    if (one)
      report(
        twoOf({
          path: [...path, other.key],
          otherPath: [...path, one.key],
          what: `\`${other.key}\` ${network[other.key]} overlaps \`${one.key}\` ${network[one.key]}`,
          expected: 'ranges apart from each other',
        }),
      );
  }
  for (const key of ['podRange', 'serviceRange'] as const) {
    const outer = range(key);
    if (
      outer &&
      space &&
      outer.first <= space.last &&
      space.first <= outer.last &&
      !apart.some((one) => one.key !== key && one.first <= outer.last && outer.first <= one.last)
    )
      report(
        twoOf({
          path: [...path, key],
          otherPath: [...path, 'addressSpace'],
          what: `\`${key}\` ${network[key]} overlaps \`addressSpace\` ${network.addressSpace}`,
          expected: 'ranges apart from each other',
        }),
      );
  }
  checkRoom(environment, path, report);
  if (Object.keys(databases).length > 0 && network.databaseSubnet === undefined)
    report(
      outOfRange({
        path,
        what: 'the environment has databases, and its network has no `databaseSubnet`',
        expected: 'a subnet of the address space for the databases alone',
        help: 'add `databaseSubnet`',
      }),
    );
}

/** Azure keeps these addresses of each subnet. @see Microsoft, "Azure Virtual Network frequently asked questions" */
const KEPT = 5;
/** What a node takes of the range of pods, however few pods it has. @see Microsoft, "Azure CNI Overlay" */
const POD_PREFIX = 24;

/** Ranges that are too small are found when a pool wants to grow, and nothing can then be changed without a new cluster. */
function checkRoom({ network, cluster }: EnvironmentInput, path: Path, report: Report): void {
  const nodes = Object.values(cluster.nodePools).reduce(
    (sum, pool) => sum + (typeof pool.nodes === 'number' ? pool.nodes : pool.nodes.max),
    0,
  );
  // An upgrade adds a node, of each pool that it is at, before it takes one away: at least one.
  const most = nodes + 1;
  const size = (cidr: string) => 2 ** (32 - (parseCidr(cidr)?.prefix ?? 0));
  for (const [key, room] of [
    ['nodeSubnet', Math.max(0, size(network.nodeSubnet) - KEPT)],
    ['podRange', Math.floor(size(network.podRange) / size(`0.0.0.0/${POD_PREFIX}`))],
  ] as const)
    if (room < most)
      report(
        outOfRange({
          path: [...path, key],
          what: `\`${key}\` ${network[key]} has addresses for ${room} nodes, and the pools may have ${most} at once`,
          expected:
            key === 'nodeSubnet'
              ? `a larger range: an address for each node and for one more during an upgrade, and ${KEPT} that Azure keeps`
              : `a larger range: a /${POD_PREFIX} for each node and for one more during an upgrade`,
        }),
      );
}
