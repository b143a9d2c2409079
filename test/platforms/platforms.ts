import fc from 'fast-check';
import { type PlatformInput, platform as schema } from '../../lib/config/schema.ts';
import type { Platform } from './changeable.ts';
import { fromSchema, type Wishes } from './from-schema.ts';
import { instead } from './instead.ts';
import { settle } from './settle.ts';

/** How large a platform may be. */
export type Scale = Readonly<{
  environments: number;
  services: number;
  pools: number;
  presets: number;
  /** half of all that may be said is said, and much of it taken back: such platforms are few services long and yet thousands of lines */
  isTalkative?: true;
}>;

export const scales = {
  small: { environments: 3, services: 4, pools: 2, presets: 2 },
  medium: { environments: 4, services: 15, pools: 3, presets: 3 },
  talkative: { environments: 3, services: 5, pools: 2, presets: 2, isTalkative: true },
  large: { environments: 5, services: 60, pools: 4, presets: 5 },
} as const satisfies Record<string, Scale>;

/** Valid platforms of one scale. */
export function platformsOf(scale: Scale): fc.Arbitrary<PlatformInput> {
  return fromSchema(schema, wishesFor(scale)).map(settle);
}

/**
 * Valid platforms that nobody wrote by hand: most of them small, some with as many services as a company has. Without fast-check's bias
 * towards what is small: the first ten of a property would have next to no services.
 */
export const platforms: fc.Arbitrary<PlatformInput> = fc.noBias(
  fc.oneof(
    { weight: 11, arbitrary: platformsOf(scales.small) },
    { weight: 2, arbitrary: platformsOf(scales.talkative) },
    { weight: 4, arbitrary: platformsOf(scales.medium) },
    { weight: 1, arbitrary: platformsOf(scales.large) },
  ),
);

/** Platforms whose services refer to each other, to databases, to hosts and to sealed values, all of it at least once. */
export const connected: fc.Arbitrary<PlatformInput> = fc.noBias(
  fromSchema(schema, wishesFor({ ...scales.medium, services: 6 })).map((drawn) => settle(withHub(drawn as Platform))),
);

function withHub(drawn: Platform): unknown {
  const database = {
    ...{ engine: 'postgresql', server: 'hub', version: '17', size: 'GP_Standard_D2ds_v5', storageGb: 64 },
    ...{ databases: ['hub', 'spare'], login: { user: 'hub' } },
  };
  const environments = Object.entries(drawn.environments).map(([name, environment]) => [
    name,
    { ...environment, databases: { ...environment.databases, hub: database } },
  ]);
  return {
    ...drawn,
    environments: Object.fromEntries(environments),
    secrets: { ...drawn.secrets, HUB: 'opens the hub' },
    services: {
      ...drawn.services,
      hub: {
        ports: { http: 8080, grpc: 9090 },
        hosts: { hub: {} },
        probes: {
          liveness: { http: '/health', port: null },
          readiness: { http: '/ready', port: null },
          startup: { http: '/ready', port: null },
        },
        envs: {
          A_HOST: { self: 'publicHost' },
          A_PAGE: { self: 'publicUrl' },
          AN_OWN: { join: [{ self: 'host' }, ' ', { self: 'url', port: 'http' }, ' ', { self: 'port', port: 'grpc' }] },
          A_NAME: { join: [{ self: 'publicHost' }, ' ', { self: 'publicUrl' }] },
        },
      },
      spoke: {
        envs: {
          A_DATABASE: { database: 'hub', get: 'host' },
          A_NAME: { database: 'hub', get: 'name' },
          A_URL: { service: 'hub', get: 'url' },
          A_PORT: { service: 'hub', get: 'url', port: 'grpc' },
          A_PAGE: { service: 'hub', get: 'publicUrl' },
          A_SOCKET: { join: ['wss://', { service: 'hub', get: 'publicHost' }, '/live'] },
          A_LINK: { join: [{ service: 'hub', get: 'publicUrl' }, ' ', { service: 'hub', get: 'url', port: 'http' }] },
          A_PLACE: { join: [{ database: 'hub', get: 'user' }, '@', { database: 'hub', get: 'name', of: 'hub' }] },
          A_SEALED: { secret: 'HUB' },
        },
        volumes: { hub: { kind: 'secret', mountPath: '/hub', files: { key: 'HUB' } } },
      },
    },
  };
}

function wishesFor({ environments, services, pools, presets, isTalkative }: Scale): Wishes {
  const sizes: Readonly<Record<string, readonly [number, number]>> = {
    environments: [1, environments],
    services: [0, services],
    presets: [0, presets],
    'environments.*.cluster.nodePools': [1, pools],
    'environments.*.cluster.adminGroups': [1, 3],
    'environments.*.databases': [0, 2],
    'environments.*.databases.*.databases': [1, 3],
    'services.*.in': [0, environments],
    'services.*.envs': [0, 4],
    sources: [0, 3],
    'sources.*.images': [1, 3],
  };
  return {
    size: (path) => sizes[path] ?? (/\.(paths|command|files)$/.test(path) ? [1, 2] : [0, 2]),
    rarity: isTalkative ? () => 2 : rarity,
    nulls: isTalkative ? 4 : 7,
    instead,
  };
}

/** What others refer to is there more often than the rest of a service. */
function rarity(path: string): number {
  if (!/^(services|presets)\./.test(path)) return 2;
  if (/\.(envs|hosts|kind|ports|probes|schedule)$/.test(path)) return 2;
  return path.split('.').length > 4 ? 2 : 5;
}
