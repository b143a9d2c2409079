import { z } from 'zod';
import type { Finding, Path } from '../finding/finding.ts';
import { isObject } from '../json.ts';
import { duplicate, type Locate, unknownReference } from './findings.ts';
import { platform } from './schema.ts';
import { walkTexts } from './shape.ts';
import type { ReferenceTo } from './vocabulary.ts';

/**
 * Finds names that refer to nothing, wherever the schema says that a text is a reference.
 *
 * Pools and databases belong to one environment: inside of an environment, and in a service's `in.<environment>`, only its own
 * count. What a service says for all its environments is looked up in each of them by the model stage.
 *
 * @param configuration parts of it may be absent or of another shape: they refer to nothing, and nothing is in them
 */
export function checkReferences(configuration: unknown, locate: Locate): Finding[] {
  const findings: Finding[] = [];
  const known = namesOf(configuration);
  walkTexts(platform, configuration, (name, path, schema, part) => {
    const to = z.globalRegistry.get(schema)?.['x-reference'] as ReferenceTo | undefined;
    if (to === undefined) return;
    const around = environmentAround(path);
    const isThere = around !== undefined && known('environment', undefined).includes(around);
    // What stands inside is looked up once the environment's name is right.
    if (around !== undefined && !isThere && path[0] === 'services') return;
    const within = isThere ? around : undefined;
    const candidates = known(to, within);
    if (!candidates.includes(name))
      findings.push(
        unknownReference(
          {
            code: `config/unknown-${to}`,
            path,
            part,
            name,
            to,
            known: candidates,
            ...(within !== undefined && { within }),
          },
          locate,
        ),
      );
  });
  return [...findings, ...duplicateImages(configuration, locate)];
}

/** The name of the environment that a path lies in. */
export function environmentAround(path: Path): string | undefined {
  if (path[0] === 'environments') return String(path[1]);
  return path[0] === 'services' && path[2] === 'in' && path.length > 4 ? String(path[3]) : undefined;
}

/** The map at a path; an empty one where there is none. */
function mapAt(root: unknown, ...path: readonly string[]): Readonly<Record<string, unknown>> {
  let value = root;
  for (const step of path) value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return isObject(value) ? value : {};
}

/** Looks up what may be referred to, each list made once. */
function namesOf(configuration: unknown): (to: ReferenceTo, within: string | undefined) => readonly string[] {
  // By name: which of many are told does not depend on the order in which they were written.
  const names = (...path: string[]) => Object.keys(mapAt(configuration, ...path)).sort();
  const environments = names('environments');
  const pools = (environment: string) => names('environments', environment, 'cluster', 'nodePools');
  const databases = (environment: string) => names('environments', environment, 'databases');
  const everywhere: Readonly<Record<ReferenceTo, readonly string[]>> = {
    environment: environments,
    pool: unique(environments.flatMap(pools)),
    database: unique(environments.flatMap(databases)),
    image: unique(names('sources').flatMap((source) => names('sources', source, 'images'))),
    secret: names('secrets'),
    service: names('services'),
    preset: names('presets'),
  };
  return (to, within) => {
    if (within !== undefined && to === 'pool') return pools(within);
    if (within !== undefined && to === 'database') return databases(within);
    return everywhere[to];
  };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** An image is named without its source, so two sources cannot both build it. */
function duplicateImages(configuration: unknown, locate: Locate): Finding[] {
  const seen = new Map<string, Path>();
  // In the order in which they were written: the later one is told.
  return Object.keys(mapAt(configuration, 'sources')).flatMap((source) =>
    Object.keys(mapAt(configuration, 'sources', source, 'images')).flatMap((image) => {
      const path = ['sources', source, 'images', image];
      const first = seen.get(image);
      if (first) return [duplicate({ what: 'image', path, first }, locate)];
      seen.set(image, path);
      return [];
    }),
  );
}
