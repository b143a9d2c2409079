import { branchInTag } from '../../lib/model/tags.ts';
import { chosen, type Environment, named, own, type Platform, unique } from './changeable.ts';
import { ranges } from './words.ts';

/** What the compiler calls folders of its own. */
const OWN_FOLDERS = ['charts', 'shared'];

export function settleEnvironments({
  name: platform,
  environments,
  infrastructure,
  registry,
  delivery,
}: Platform): void {
  const folders = new Set([...OWN_FOLDERS, ...Object.keys(environments)]);
  const tags = new Set<string>();
  const domains = new Set<string>();
  const groups = new Set<string>();
  const servers = new Set<string>();
  const group = (of: { subscriptionId: string; resourceGroup: string }) => {
    of.resourceGroup = unique(of.resourceGroup, groups, 90);
  };
  group(infrastructure.state);
  group(registry);
  for (const [index, [name, environment]] of Object.entries(environments).entries()) {
    if (OWN_FOLDERS.includes(name)) environment.directory = unique(`of-${name}`, folders, 40);
    else if (environment.directory !== undefined && environment.directory !== name)
      environment.directory = unique(environment.directory, folders, 40);
    // A tag has 128 characters, a run number up to ten of them.
    const room = 117 - environment.imageTags.suffix.length;
    environment.branch = environment.branch.slice(0, room);
    while (tags.has(tagOf(environment)))
      environment.branch = unique(environment.branch, new Set([environment.branch]), Math.min(100, room));
    tags.add(tagOf(environment));
    environment.domain = unique(environment.domain, domains, 253, (text) => text);
    group(environment);
    const argocd = delivery?.argocdNamespace ?? 'argocd';
    if ((environment.namespace ?? platform) === argocd)
      environment.namespace = argocd === 'services' ? 'apps' : 'services';
    settleCluster(environment);
    settleNetwork(environment, index);
    settleDatabases(environment, servers);
    const manifests = new Set<string>();
    for (const manifest of Object.values(environment.extraManifests ?? {}))
      manifest.metadata.name = unique(manifest.metadata.name, manifests);
  }
  neitherUntried(Object.values(environments));
}

function tagOf({ branch, imageTags }: Environment): string {
  return `${branchInTag(branch)} ${imageTags.suffix}`;
}

function settleCluster({ cluster }: Environment): void {
  const pools = cluster.nodePools;
  const azureNames = new Set<string>();
  for (const [name, pool] of Object.entries(pools)) {
    const azureName = pool.azureName ?? name;
    const legal = /^[a-z][a-z0-9]{0,11}$/.test(azureName) ? azureName : 'pool';
    const itsName = unique(legal, azureNames, 12);
    if (itsName !== name || pool.azureName !== undefined) pool.azureName = itsName;
    if (typeof pool.nodes === 'object') pool.nodes.max = Math.max(pool.nodes.min, pool.nodes.max);
  }
  const names = Object.keys(pools);
  const system = chosen(names, cluster.systemPool) ?? '';
  cluster.systemPool = named(system);
  cluster.defaultPool = named(chosen(names, cluster.defaultPool) ?? '');
  const pool = pools[system];
  if (!pool) return;
  delete pool.dedicated;
  if (pool.maxPods !== undefined) pool.maxPods = Math.max(30, pool.maxPods);
  if (typeof pool.nodes === 'number') pool.nodes = Math.max(1, pool.nodes);
  else pool.nodes = { min: Math.max(1, pool.nodes.min), max: Math.max(1, pool.nodes.max) };
}

/** Ranges apart from each other and large enough, of several sizes. */
function settleNetwork({ network, cluster, databases = {} }: Environment, index: number): void {
  const nodes = Object.values(cluster.nodePools).reduce(
    (sum, pool) => sum + (typeof pool.nodes === 'number' ? pool.nodes : pool.nodes.max),
    1,
  );
  const drawn = (range: string) => Math.max(0, ranges.indexOf(range));
  const space = 12 + drawn(network.addressSpace);
  network.addressSpace = `10.${index * 16}.0.0/${space}`;
  const smallest = 32 - Math.ceil(Math.log2(nodes + 5));
  network.nodeSubnet = `10.${index * 16}.0.0/${Math.max(space + 1, smallest - drawn(network.nodeSubnet))}`;
  if (network.databaseSubnet !== undefined || Object.keys(databases).length > 0) {
    const half = 2 ** (32 - space) / 2;
    const size = 24 + drawn(network.databaseSubnet ?? '') / 2;
    network.databaseSubnet = `${address((10 * 256 + index * 16) * 65_536 + half)}/${Math.floor(size)}`;
  }
  network.podRange = `100.${64 + index * 8}.0.0/${Math.max(13, 24 - Math.ceil(Math.log2(nodes)) - drawn(network.podRange))}`;
  network.serviceRange = `192.168.${index * 16}.0/${20 + drawn(network.serviceRange)}`;
}

function address(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

function settleDatabases({ tier, databases = {} }: Environment, servers: Set<string>): void {
  for (const database of Object.values(databases)) {
    database.server = unique(database.server, servers, 63);
    if (database.size.startsWith('B_')) delete database.highAvailability;
    if (tier !== 'production') continue;
    database.backupRetentionDays = Math.max(14, database.backupRetentionDays ?? 14);
    if (database.highAvailability !== 'ZoneRedundant') database.geoRedundantBackup = true;
  }
}

/** Production has no version that is newer than all that was tried elsewhere. */
function neitherUntried(environments: readonly Environment[]): void {
  const tried = environments.filter(({ tier }) => tier !== 'production');
  if (tried.length === 0) return;
  const newest = (versions: readonly string[]) => versions.toSorted((a, b) => minor(b) - minor(a))[0];
  const kubernetes = newest(tried.map(({ cluster }) => cluster.kubernetesVersion)) ?? '';
  for (const { tier, cluster, databases = {} } of environments) {
    if (tier !== 'production') continue;
    if (minor(cluster.kubernetesVersion) > minor(kubernetes)) cluster.kubernetesVersion = kubernetes;
    for (const [name, database] of Object.entries(databases)) {
      const seen = newest(tried.flatMap((other) => [own(other.databases, name)?.version ?? []].flat()));
      if (seen !== undefined && minor(database.version) > minor(seen))
        database.version = seen as typeof database.version;
    }
  }
}

function minor(version: string): number {
  return Number(version.split('.').at(-1));
}
