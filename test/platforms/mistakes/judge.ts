import { own } from '../changeable.ts';
import { ciphertext } from '../sealing.ts';
import type { Situation } from './mistake.ts';
import {
  CROWDED,
  inEnvironment,
  inPlatform,
  inService,
  type Mistake,
  manifest,
  NO_POD,
  REDIS,
  VARIABLE,
  variable,
} from './mistake.ts';
import { platformMistakes } from './rules-platform.ts';
import { serviceMistakes } from './rules-services.ts';
import { waiverMistakes } from './waivers.ts';

const production = { tiers: ['production'] } as const;
/** A pod without a port, in production. */
const UNCHECKED = ['services/unchecked_worker'];
const DISK = { data: { kind: 'persistent', mountPath: '/qq', size: '1Gi' } };
const PASSWORD_IN_ADDRESS = '--dsn=postgres://shop:hunter2@db.invalid/';
const POOL = 'cluster.nodePools.qqpool';

/** What can be wrong with a platform that is whole: what the rules in `policies/` find. */
export const judgeMistakes: readonly Mistake[] = [
  ...platformMistakes,
  ...serviceMistakes,
  ...waiverMistakes,
  // secrets
  inService('secrets/plain_credential', 'a password in a variable', { envs: { QQ_PASSWORD: 'hunter2' } }, [
    'envs',
    'QQ_PASSWORD',
  ]),
  inService('secrets/plain_credential', 'a password in an argument', { args: ['go', PASSWORD_IN_ADDRESS] }, [
    'args',
    1,
  ]),
  inService(
    'secrets/plain_credential',
    'a password in a file',
    { volumes: { a: { kind: 'config', mountPath: '/qq', files: { 'app.conf': 'password = hunter2' } } } },
    ['volumes', 'a', 'files', 'app.conf'],
  ),
  inService(
    'secrets/plain_credential',
    'a password in an annotation',
    { ports: { http: 80 }, hosts: { qqhost1: {} }, ingress: { annotations: { password: 'hunter2' } } },
    ['ingress', 'annotations', 'password'],
  ),
  inService(
    'secrets/plain_credential',
    'a password in an extra Helm value',
    { extraHelmValues: { podAnnotations: { password: 'hunter2' } } },
    ['extraHelmValues', 'podAnnotations', 'password'],
  ),
  inEnvironment(
    'secrets/plain_credential',
    'a password in an input',
    () => ({ 'extraInputs.cluster.windows_profile.admin_password': 'hunter2' }),
    'extraInputs.cluster.windows_profile.admin_password',
  ),
  inService(
    'secrets/plain_manifest',
    'a Secret in plain text',
    { extraManifests: [manifest('v1', 'Secret', { stringData: { a: 'b' } })] },
    ['extraManifests', 0, 'stringData'],
  ),
  // isolation
  inService(
    'isolation/foreign_address',
    'the database of another environment',
    ({ place }) => variable(`${foreignServer(place)}.postgres.database.azure.com`),
    VARIABLE,
    { where: (place) => foreignServer(place) !== undefined },
  ),
  inService(
    'isolation/foreign_address',
    'in production, the domain of another environment',
    ({ place }) => variable(`https://qq.${foreignDomain(place)}/`),
    VARIABLE,
    { ...production, where: (place) => foreignDomain(place) !== undefined },
  ),
  inService(
    'isolation/foreign_manifest',
    'an object of the whole cluster',
    { extraManifests: [manifest('rbac.authorization.k8s.io/v1', 'ClusterRole')] },
    ['extraManifests', 0, 'kind'],
  ),
  inService(
    'isolation/foreign_manifest',
    'an object in another namespace',
    { extraManifests: [manifest('v1', 'ConfigMap', {}, { namespace: 'qq-elsewhere' })] },
    ['extraManifests', 0, 'metadata', 'namespace'],
  ),
  inService(
    'isolation/repeated_manifest',
    'an object that the chart makes',
    ({ self }) => ({ extraManifests: [manifest('v1', 'ServiceAccount', {}, { name: self })] }),
    ['extraManifests', 0, 'metadata', 'name'],
  ),
  inService(
    'isolation/repeated_manifest',
    'an object twice',
    ({ self }) => ({
      extraManifests: [manifest('v1', 'ConfigMap', {}, { name: `${self}-a` })].flatMap((one) => [one, { ...one }]),
    }),
    ['extraManifests', 1, 'metadata', 'name'],
  ),
  inPlatform('isolation/shared_ciphertext', 'a value sealed once for two environments', (place) => {
    const [other] = place.others;
    if (other === undefined) return undefined;
    const sealedIn = (environment: string) => ['sealed', environment, place.service, 'QQ_SEALED'];
    const [, second = ''] = [place.here, other].sort();
    return {
      puts: [
        [['secrets', 'QQ_SEALED'], 'opens something'],
        [sealedIn(place.here), ciphertext(place.service)],
        [sealedIn(other), ciphertext(place.service)],
        [
          ['services', place.service],
          {
            image: REDIS,
            replicaCount: 0,
            envs: { A_VALUE: { secret: 'QQ_SEALED' } },
            in: Object.fromEntries(place.others.slice(1).map((name) => [name, false])),
          },
        ],
      ],
      at: sealedIn(second),
    };
  }),
  // network
  inService(
    'network/host_outside_domain',
    'an Ingress for a host of another environment',
    ({ place }) => ({
      extraManifests: [
        manifest('networking.k8s.io/v1', 'Ingress', {
          spec: { rules: [{ host: `qq.${apartDomain(place)}` }], tls: [{ hosts: [`qq.${apartDomain(place)}`] }] },
        }),
      ],
    }),
    ['extraManifests', 0, 'spec', 'rules', 0, 'host'],
    { where: (place) => apartDomain(place) !== undefined },
  ),
  // services
  inService(
    'services/single_replica',
    'one replica',
    { ports: { http: 80 }, replicaCount: 1, resources: NO_POD },
    ['replicaCount'],
    { ...production, maybe: CROWDED },
  ),
  inService(
    'services/single_replica',
    'one replica at the least',
    { ports: { http: 80 }, autoscaling: { minReplicas: 1, maxReplicas: 3 }, resources: NO_POD },
    ['autoscaling', 'minReplicas'],
    { ...production, maybe: CROWDED },
  ),
  inService(
    'services/shared_disk',
    'a disk of two replicas',
    { volumes: DISK, replicaCount: 2, resources: NO_POD },
    ['replicaCount'],
    { maybe: [...CROWDED, ...UNCHECKED] },
  ),
  inService(
    'services/shared_disk',
    'a disk of what scales',
    { volumes: DISK, autoscaling: { minReplicas: 1, maxReplicas: 2 }, resources: NO_POD },
    ['autoscaling', 'maxReplicas'],
    { maybe: [...CROWDED, ...UNCHECKED] },
  ),
  ...(['cpu', 'memory'] as const).map((quantity) =>
    inService(
      'services/fits_pool',
      `more ${quantity} than a node has`,
      { pool: 'qqpool', resources: { requests: { [quantity]: quantity === 'cpu' ? '9' : '99Gi' } } },
      ['resources', 'requests', quantity],
      {
        puts: ({ here }) => [
          [['environments', here, 'cluster', 'nodePools', 'qqpool'], { size: 'Standard_D2s_v5', nodes: 0 }],
        ],
      },
    ),
  ),
  inService('services/missing_readiness', 'two ports and no check', { ports: { web: 8080, admin: 8081 } }, ['ports'], {
    ...production,
  }),
  inService('services/overridden_value', 'a Helm value of the chart', { extraHelmValues: { replicaCount: 9 } }, [
    'extraHelmValues',
    'replicaCount',
  ]),
  inService(
    'services/overridden_value',
    'a Helm value taken away that nobody has set',
    { extraHelmValues: { podLabels: { team: null } } },
    ['extraHelmValues', 'podLabels', 'team'],
  ),
  inService(
    'services/blocked_drain',
    'a budget that lets no pod go',
    {
      extraManifests: [manifest('policy/v1', 'PodDisruptionBudget', { spec: { maxUnavailable: 0, selector: {} } })],
    },
    ['extraManifests', 0, 'spec', 'maxUnavailable'],
  ),
  inService(
    'services/added_capability',
    'a capability',
    { security: { capabilities: ['SYS_TIME'] } },
    ['security', 'capabilities', 0],
    production,
  ),
  inService(
    'services/root_user',
    'root',
    { security: { runAsUser: 0, runAsNonRoot: false } },
    ['security', 'runAsUser'],
    production,
  ),
  inService(
    'services/exposed_token',
    'a token of what the internet reaches',
    { ports: { http: 80 }, hosts: { qqhost2: {} }, security: { apiToken: true } },
    ['security', 'apiToken'],
  ),
  inService(
    'delivery/mutable_tag',
    'a tag that moves',
    { image: { repository: REDIS.repository, tag: 'Latest' } },
    ['image', 'tag'],
    { tiers: ['production', 'staging'] },
  ),
  // environments
  inEnvironment(
    'databases/production_backup',
    'backups of a week',
    ({ environment: { tier, databases = {} } }) => {
      const [name] = Object.keys(databases);
      return tier === 'production' && name !== undefined
        ? { [`databases.${name}.backupRetentionDays`]: 13 }
        : undefined;
    },
    ({ environment: { databases = {} } }) => ['databases', Object.keys(databases)[0] ?? '', 'backupRetentionDays'],
  ),
  inEnvironment(
    'databases/production_backup',
    'a database in one zone',
    ({ environment: { tier, databases = {} } }) => {
      const [name] = Object.keys(databases);
      return tier === 'production' && name !== undefined
        ? { [`databases.${name}.geoRedundantBackup`]: false, [`databases.${name}.highAvailability`]: undefined }
        : undefined;
    },
    ({ environment: { databases = {} } }) => ['databases', Object.keys(databases)[0] ?? '', 'highAvailability'],
  ),
  inEnvironment(
    'upgrades/untried_version',
    'a version that nobody has tried',
    ({ environment: { tier }, platform, others }) =>
      tier === 'production' && others.some((name) => platform.environments[name]?.tier !== 'production')
        ? { 'cluster.kubernetesVersion': '1.99' }
        : undefined,
    'cluster.kubernetesVersion',
  ),
  // capacity
  inService('capacity/node_loss', 'a pod on a pool without a node, in production', onPool(), [], {
    ...production,
    maybe: UNCHECKED,
    puts: emptyPool,
    elsewhere: ({ here }) => ['environments', here, ...POOL.split('.'), 'nodes'],
    along: ({ here }) => [
      { code: 'capacity/pool_overcommit', at: ['environments', here, ...POOL.split('.'), 'nodes'] },
    ],
  }),
  inService('capacity/pool_overcommit', 'a pod on a pool without a node', onPool(), [], {
    tiers: ['staging', 'development'],
    puts: emptyPool,
    elsewhere: ({ here }) => ['environments', here, ...POOL.split('.'), 'nodes'],
  }),
];

function onPool() {
  return { pool: 'qqpool', replicaCount: 1 };
}

function emptyPool({ here }: Situation) {
  return [[['environments', here, ...POOL.split('.')], { size: 'Standard_D4s_v5', nodes: 0 }]] as const;
}

/** A server that one other environment has, and whose name is in no other's. */
function foreignServer({ platform, others }: Situation): string | undefined {
  const servers = others.flatMap((name) =>
    Object.values(platform.environments[name]?.databases ?? {}).map(({ server }) => server),
  );
  return servers.find((server) => servers.filter((other) => server.endsWith(other)).length === 1);
}

/** The domain of one other environment that is no production, and is no part of any more. */
function foreignDomain({ platform, environment, others }: Situation): string | undefined {
  const domains = others.flatMap((name) => {
    const other = own(platform.environments, name);
    return other && other.tier !== 'production' ? [other.domain] : [];
  });
  return domains.find(
    (domain) =>
      !domain.includes(environment.domain) &&
      !environment.domain.endsWith(domain) &&
      domains.filter((other) => `qq.${domain}`.includes(other)).length === 1,
  );
}

/** A domain of another environment that lies in none of the others'. */
function apartDomain({ platform, environment, others }: Situation): string | undefined {
  const domains = others.map((name) => own(platform.environments, name)?.domain ?? '');
  return domains.find(
    (domain) =>
      !domain.endsWith(environment.domain) &&
      domains.filter((other) => domain === other || domain.endsWith(`.${other}`)).length === 1,
  );
}
