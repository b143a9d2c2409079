import fc from 'fast-check';
import { type PlatformInput, platform as schema } from '../../lib/config/schema.ts';
import { fromSchema, type Wishes } from './from-schema.ts';
import { instead } from './instead.ts';
import { settle } from './settle.ts';

/** How large a platform may be. */
export type Scale = Readonly<{ environments: number; services: number; pools: number; presets: number }>;

export const scales = {
  small: { environments: 3, services: 4, pools: 2, presets: 2 },
  medium: { environments: 4, services: 15, pools: 3, presets: 3 },
  large: { environments: 5, services: 60, pools: 4, presets: 5 },
} as const satisfies Record<string, Scale>;

/** Valid platforms of one scale. */
export function platformsOf(scale: Scale): fc.Arbitrary<PlatformInput> {
  return fromSchema(schema, wishesFor(scale)).map(settle);
}

/** Valid platforms that nobody wrote by hand: most of them small, some with as many services as a company has. */
export const platforms: fc.Arbitrary<PlatformInput> = fc.oneof(
  { weight: 30, arbitrary: platformsOf(scales.small) },
  { weight: 5, arbitrary: platformsOf(scales.medium) },
  { weight: 1, arbitrary: platformsOf(scales.large) },
);

function wishesFor({ environments, services, pools, presets }: Scale): Wishes {
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
    rarity,
    instead,
  };
}

/** What others refer to is there more often than the rest of a service. */
function rarity(path: string): number {
  if (!/^(services|presets)\./.test(path)) return 2;
  if (/\.(envs|hosts|kind|ports|probes|schedule)$/.test(path)) return 2;
  return path.split('.').length > 4 ? 2 : 5;
}
