import type { Path } from '../../../lib/finding/finding.ts';
import type { Environment, Platform } from '../changeable.ts';
import type { Told } from '../mutations.ts';

/**
 * A mistake that can be made in a valid platform of any sort: what is written where, and what it must be told as. Most bring a service of
 * their own, so that nothing else of the platform takes part in them.
 */
export type Mistake = Readonly<{
  name: string;
  code: string;
  /** `undefined`: this platform, or this environment of it, has no place for it */
  made: (place: Situation) => Made | undefined;
}>;

/** Where a mistake is made. */
export type Situation = Readonly<{
  platform: Platform;
  /** the name of an environment */
  here: string;
  environment: Environment;
  /** names of the other environments, sorted */
  others: readonly string[];
  /** a name of a service that no other mistake takes */
  service: string;
}>;

export type Made = Readonly<{
  /** what is written, and where: what is around it is made, where it is not there; `undefined` takes away */
  puts: readonly (readonly [at: Path, value: unknown])[];
  /** of the finding */
  at: Path;
  /** what else is touched by it, so that mistakes there are not independent of it */
  touches?: readonly Path[];
  /** what it must be told as beside its finding */
  along?: readonly Told[];
  /** codes that may come along: whether they do is for other platforms to say */
  maybe?: readonly string[];
}>;

/** A pod more may be the one that a pool has no room for, or the first on a pool in one zone, which are warnings. */
export const CROWDED = ['capacity/node_loss', 'capacity/pool_overcommit', 'capacity/single_zone', 'capacity/zone_loss'];

/** What a service asks for that is to have pods and to take no room. */
export const NO_POD = { requests: { cpu: '1m', memory: '1Mi' } };

/** of no public registry, which is advised against in production */
export const REDIS = { repository: 'registry.invalid/redis', tag: '8.2.1' };

type Names = Readonly<{ self: string; beside: string; place: Situation }>;
type Says = Readonly<Record<string, unknown>>;
type More = Readonly<{
  /** what another service says, which the mistake needs */
  beside?: Says;
  /** that one is in this environment (the usual), or in all others and not in this one */
  besideIs?: 'here' | 'elsewhere';
  /** the tiers that it is a mistake in */
  tiers?: readonly Environment['tier'][];
  /** whether this platform has what the mistake needs */
  where?: (place: Situation) => boolean;
  maybe?: readonly string[];
  /** the finding is not inside of the service, but there */
  elsewhere?: (place: Situation) => Path;
  puts?: (place: Situation) => Made['puts'];
  along?: (place: Situation) => readonly Told[];
  /** what else the mistake depends on */
  touches?: (place: Situation) => readonly Path[];
}>;

/** A service more, in one environment alone, that says something wrong. @param at inside of the service */
export function inService(
  code: string,
  name: string,
  says: Says | ((names: Names) => Says),
  at: Path | ((names: Names) => Path),
  { beside, besideIs = 'here', tiers, where, maybe, elsewhere, puts, along, touches }: More = {},
): Mistake {
  return {
    name,
    code,
    made(place) {
      if (tiers && !tiers.includes(place.environment.tier)) return undefined;
      if (where && !where(place)) return undefined;
      if (besideIs === 'elsewhere' && place.others.length === 0) return undefined;
      const names = { self: place.service, beside: `${place.service}-other`, place };
      const itself = typeof says === 'function' ? says(names) : says;
      const inside = typeof at === 'function' ? at(names) : at;
      return {
        puts: [
          [['services', names.self], { ...usual(itself), ...itself, in: onlyIn([place.here], place) }],
          ...(beside
            ? ([
                [
                  ['services', names.beside],
                  {
                    ...usual(beside),
                    ...beside,
                    in: onlyIn(besideIs === 'here' ? [place.here] : place.others, place),
                  },
                ],
              ] as const)
            : []),
          ...(puts?.(place) ?? []),
        ],
        at: elsewhere ? elsewhere(place) : ['services', names.self, ...inside],
        maybe: [...(maybe ?? []), ...maybeStopped(code, itself)],
        ...(along && { along: along(place) }),
        ...(touches && { touches: touches(place) }),
      };
    },
  };
}

/** A host of no pod, in production: see `usual`. */
function maybeStopped(code: string, { hosts }: Says): string[] {
  const rule = 'services/stopped_public';
  return hosts && code !== rule ? [rule] : [];
}

/** Without pods, so that no pool has less room. */
function usual({ kind = 'deployment', autoscaling, image = REDIS, before }: Says): Says {
  return {
    ...(before === undefined && { image }),
    ...(kind === 'deployment' && autoscaling === undefined && { replicaCount: 0 }),
  };
}

/** What a service says of where it is. */
export function onlyIn(environments: readonly string[], { platform }: Situation): Says {
  return Object.fromEntries(
    Object.keys(platform.environments)
      .filter((name) => !environments.includes(name))
      .map((name) => [name, false]),
  );
}

/**
 * Something wrong in what an environment says of itself.
 *
 * @param writes what is written, by path inside of the environment joined by dots; `undefined`: it has no place for it
 */
export function inEnvironment(
  code: string,
  name: string,
  writes: (place: Situation) => Readonly<Record<string, unknown>> | undefined,
  at: string | ((place: Situation) => Path),
  { along, touches, maybe }: Pick<More, 'along' | 'touches' | 'maybe'> = {},
): Mistake {
  return {
    name,
    code,
    made(place) {
      const written = writes(place);
      if (!written) return undefined;
      const around = ['environments', place.here];
      return {
        puts: Object.entries(written).map(([path, value]) => [[...around, ...path.split('.')], value]),
        at: [...around, ...(typeof at === 'string' ? at.split('.') : at(place))],
        touches: [...(ofNodes(Object.keys(written)) ? [[...around, 'network']] : []), ...(touches?.(place) ?? [])],
        ...(maybe && { maybe }),
        ...(along && { along: along(place) }),
        ...(maybe && { maybe }),
      };
    },
  };
}

/** Ranges have room for nodes and databases: these are not independent of each other. */
function ofNodes(paths: readonly string[]): boolean {
  return paths.some((path) => /^(network|cluster\.nodePools|databases)\b/.test(path));
}

/** Something wrong in what is of the platform as a whole. */
export function inPlatform(code: string, name: string, made: Mistake['made']): Mistake {
  return { name, code, made: (place) => (place.here === firstOf(place) ? made(place) : undefined) };
}

function firstOf({ platform }: Situation): string | undefined {
  return Object.keys(platform.environments).sort()[0];
}

/** A variable named `A_VALUE`. */
export function variable(value: unknown): Says {
  return { envs: { A_VALUE: value } };
}

export const VARIABLE: Path = ['envs', 'A_VALUE'];

export function manifest(apiVersion: string, kind: string, more: Says = {}, metadata: Says = {}): Says {
  return { apiVersion, kind, metadata: { name: 'qq-extra', ...metadata }, ...more };
}
