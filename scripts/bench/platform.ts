import { createHash } from 'node:crypto';

/**
 * A platform to measure: as many services as asked for, written as people write them, in files of a hundred. Deterministic, and valid:
 * it passes every rule, so that no stage is skipped.
 */

export type Size = Readonly<{ services: number; environments: 1 | 2 }>;

/** How many services one file holds: a repository of one huge file would be nobody's. */
const PER_FILE = 100;
/** Images that one repository of code builds. */
const PER_SOURCE = 10;
/** Every how many-th service has a sealed secret. */
const PER_SECRET = 4;

const TEAMS = ['orders', 'billing', 'search', 'parcels', 'users'];

/**
 * Writes the configuration of a platform.
 *
 * @returns text by path, relative to the repository: `platform.config.ts`, what it imports, and `lib/index.ts` left out
 */
export function platformFiles({ services, environments }: Size): Map<string, string> {
  const files = new Map<string, string>();
  const numbers = Array.from({ length: services }, (_, number) => number);
  const parts = chunks(numbers, PER_FILE);
  for (const [index, part] of parts.entries()) files.set(partFile(index), partText(part, services));
  files.set('sources.ts', sourcesText(numbers));
  files.set('platform.sealed.json', sealedText(numbers, environments));
  files.set('platform.config.ts', configText(parts.length, { services, environments }));
  return files;
}

/**
 * Changes one service, in the middle, as a person would: one variable gets another value.
 *
 * @returns the file it is in, and its text before and after
 */
export function editOf({ services }: Pick<Size, 'services'>): { file: string; before: string; after: string } {
  const number = Math.floor(services / 2);
  const index = Math.floor(number / PER_FILE);
  const first = index * PER_FILE;
  const part = Array.from({ length: Math.min(PER_FILE, services - first) }, (_, offset) => first + offset);
  const before = partText(part, services);
  return { file: partFile(index), before, after: before.replace(edition(number), `EDITION: '${number}, changed'`) };
}

export function serviceName(number: number): string {
  return `${TEAMS[number % TEAMS.length]}-${String(number).padStart(5, '0')}`;
}

function edition(number: number): string {
  return `EDITION: '${number}'`;
}

function partFile(index: number): string {
  return `services/part-${String(index).padStart(3, '0')}.ts`;
}

function partText(part: readonly number[], services: number): string {
  return `export default {\n${part.map((number) => serviceText(number, services)).join('\n')}};\n`;
}

/** Ten sorts, so that no two neighbours are alike: six with public hosts, two inside only, a worker and a nightly job. */
function serviceText(number: number, services: number): string {
  const name = serviceName(number);
  const other = serviceName((number + 1) % services);
  const sort = number % 10;
  const secret = number % PER_SECRET === 0 ? "\n      API_KEY: { secret: 'API_KEY' }," : '';
  const envs = (more: string) => `    envs: {
      ${edition(number)},
      LOG_LEVEL: 'info',
      FEATURE_FLAGS: 'checkout,search-v2',${more}${secret}
    },`;
  if (sort === 9)
    return `  '${name}': {
    kind: 'scheduledJob',
    preset: 'database',
    image: '${name}',
    args: ['load', 'nightly'],
    schedule: { cron: '${number % 60} ${number % 24} * * *', timeZone: 'Europe/Berlin' },
${envs('')}
    resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '2Gi' } },
    volumes: { scratch: { kind: 'ephemeral', mountPath: '/scratch', size: '10Gi' } },
    job: { deadlineSeconds: 7200 },
  },
`;
  if (sort === 8)
    return `  '${name}': {
    preset: 'database',
    image: '${name}',
    args: ['work'],
${envs(urlOf(other, number + 1, services, 'UPSTREAM_URL'))}
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
  },
`;
  const isPublic = sort < 6;
  return `  // ${isPublic ? 'Answers people' : 'Answers other services'}.
  '${name}': {
    ${sort % 2 === 0 ? "preset: 'database',\n    " : ''}image: '${name}',
    ports: { http: 8080${sort === 2 ? ', metrics: 9090' : ''} },
${isPublic ? `    hosts: { 's${number}': {${sort === 1 ? " paths: ['/v1', '/v2'], port: 'http' " : sort === 2 ? " port: 'http' " : ''}} },\n` : ''}${envs(
  `${isPublic ? `\n      PUBLIC_URL: { self: 'publicUrl'${sort === 2 ? ", port: 'http'" : ''} },` : ''}${urlOf(other, number + 1, services, 'UPSTREAM_URL')}`,
)}
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    probes: { ${sort === 0 ? "startup: '/health', " : ''}readiness: ${sort === 2 ? "{ http: '/ready', port: 'http' }" : "'/ready'"}, liveness: ${sort === 2 ? "{ http: '/health', port: 'http' }" : "'/health'"} },
${sort === 3 ? '    shutdown: { gracePeriodSeconds: 120, preStopSeconds: 10 },\n' : ''}${
  sort === 0
    ? '    in: { prod: { replicaCount: null, autoscaling: { minReplicas: 2, maxReplicas: 6, cpuPercent: 70 } } },\n'
    : sort === 4
      ? '    in: { prod: { replicaCount: 3 } },\n'
      : ''
}  },
`;
}

/** A reference to another service, unless that one answers nobody. */
function urlOf(name: string, number: number, services: number, variable: string): string {
  const sort = (number % services) % 10;
  if (sort >= 8) return '';
  return `\n      ${variable}: { service: '${name}', get: 'url'${sort === 2 ? ", port: 'http'" : ''} },`;
}

function sourcesText(numbers: readonly number[]): string {
  const sources = chunks(numbers, PER_SOURCE).map(
    (part, index) =>
      `  'code-${String(index).padStart(4, '0')}': {\n    images: {\n${part
        .map(
          (number) => `      '${serviceName(number)}': { dockerfile: 'services/${serviceName(number)}/Dockerfile' },\n`,
        )
        .join('')}    },\n  },\n`,
  );
  return `export default {\n${sources.join('')}};\n`;
}

function sealedText(numbers: readonly number[], environments: 1 | 2): string {
  const names = ENVIRONMENTS.slice(0, environments).map(({ name }) => name);
  const sealing = numbers.filter((number) => number % PER_SECRET === 0);
  const sealed = names.map((name) => [
    name,
    Object.fromEntries(
      sealing.map((number) => [serviceName(number), { API_KEY: ciphertext(`${name}/${serviceName(number)}`) }]),
    ),
  ]);
  return `${JSON.stringify(Object.fromEntries(sealed), null, 2)}\n`;
}

/** As long as kubeseal's, and another one for each seed: a rule looks for ciphertexts that stand twice. */
function ciphertext(seed: string): string {
  const digest = (part: number) => createHash('sha512').update(`${part}${seed}`).digest();
  const keyLength = Buffer.from([2, 0]); // 512 bytes: RSA of 4096 bits
  return Buffer.concat([keyLength, ...Array.from({ length: 9 }, (_, part) => digest(part))]).toString('base64');
}

const ID = '00000000-0000-4000-8000-000000000001';

const ENVIRONMENTS = [
  {
    name: 'prod',
    tier: 'production',
    branch: 'main',
    domain: 'bench.example',
    suffix: '-stable',
    second: 10,
    pods: 64,
  },
  {
    name: 'staging',
    tier: 'staging',
    branch: 'staging',
    domain: 'staging.bench.example',
    suffix: '',
    second: 20,
    pods: 68,
  },
] as const;

function configText(parts: number, { services, environments }: Size): string {
  const indexes = Array.from({ length: parts }, (_, index) => index);
  return `import { definePlatform } from './lib/index.ts';
import sealed from './platform.sealed.json' with { type: 'json' };
import sources from './sources.ts';
${indexes.map((index) => `import part${index} from './${partFile(index)}';\n`).join('')}
export default definePlatform({
  name: 'bench',
  github: { owner: 'bench', repository: 'bench-platform' },
  azure: { tenantId: '${ID}', location: 'westeurope' },
  gitops: { repository: 'bench-gitops' },
  infrastructure: {
    repository: 'bench-infra',
    state: { subscriptionId: '${ID}', resourceGroup: 'bench-state', storageAccount: 'benchstate', container: 'tfstate' },
  },
  registry: { name: 'benchregistry', subscriptionId: '${ID}', resourceGroup: 'bench-shared', loginServerSecret: 'REGISTRY' },
  environments: {
${ENVIRONMENTS.slice(0, environments)
  .map((environment) => environmentText(environment, services))
  .join('')}  },
  sources,
  secrets: { API_KEY: 'lets a service in at a supplier', DATABASE_PASSWORD: 'of the role in the database' },
  presets: {
    database: {
      envs: {
        DATABASE_HOST: { database: 'main', get: 'host' },
        DATABASE_PORT: { database: 'main', get: 'port' },
        DATABASE_NAME: { database: 'main', get: 'name' },
        PGSSLMODE: 'require',
      },
    },
  },
  services: {
${indexes.map((index) => `    ...part${index},\n`).join('')}  },
  sealed,
});
`;
}

function environmentText(
  { name, tier, branch, domain, suffix, second, pods }: (typeof ENVIRONMENTS)[number],
  services: number,
): string {
  // What the services ask for, and one node that may be lost.
  const nodes = 4 + Math.ceil(services * 0.03);
  return `    ${name}: {
      tier: '${tier}',
      branch: '${branch}',
      domain: '${domain}',
      imageTags: { suffix: '${suffix}' },
      subscriptionId: '${ID}',
      resourceGroup: 'bench-${name}',
      ingress: { className: 'traefik', issuer: 'letsencrypt' },
      network: {
        addressSpace: '10.${second}.0.0/16',
        nodeSubnet: '10.${second}.0.0/20',
        databaseSubnet: '10.${second}.16.0/24',
        podRange: '10.${pods}.0.0/14',
        serviceRange: '10.${second + 220}.0.0/16',
      },
      cluster: {
        name: 'aks-bench-${name}',
        kubernetesVersion: '1.36',
        adminGroups: ['${ID}'],
        systemPool: 'system',
        defaultPool: 'main',
        nodePools: {
          system: { size: 'Standard_D4s_v5', nodes: 3 },
          main: { size: 'Standard_D16s_v5', nodes: ${nodes}, maxPods: 250 },
        },
      },
      databases: {
        main: {
          engine: 'postgresql',
          server: 'bench-${name}-main',
          version: '17',
          size: 'GP_Standard_D2ds_v5',
          storageGb: 128,
          backupRetentionDays: 35,
          geoRedundantBackup: true,
          databases: ['main'],
        },
      },
    },
`;
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
