import { z } from 'zod';
import type { Finding, Path } from '../finding/finding.ts';
import { duplicate, type Locate, unknownReference } from './findings.ts';
import { type PlatformInput, platform } from './schema.ts';
import { walkTexts } from './shape.ts';
import type { ReferenceTo } from './vocabulary.ts';

/**
 * Finds names that refer to nothing, wherever the schema says that a text is a reference.
 *
 * Pools and databases belong to one environment: inside of an environment, and in a service's `in.<environment>`, only its own
 * count. What a service says for all its environments is looked up in each of them by the model stage.
 */
export function checkReferences(configuration: PlatformInput, locate: Locate): Finding[] {
  const findings: Finding[] = [];
  const known = namesOf(configuration);
  walkTexts(platform, configuration, (name, path, schema, part) => {
    const to = z.globalRegistry.get(schema)?.['x-reference'] as ReferenceTo | undefined;
    if (to === undefined) return;
    if (isInUnknownEnvironment(path, configuration)) return;
    const within = environmentAround(path, configuration);
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

/** The environment that a path lies in, when it is one that exists. */
function environmentAround(path: Path, { environments }: PlatformInput): string | undefined {
  const name =
    path[0] === 'environments'
      ? path[1]
      : path[0] === 'services' && path[2] === 'in' && path.length > 4
        ? path[3]
        : undefined;
  return typeof name === 'string' && Object.hasOwn(environments, name) ? name : undefined;
}

/** What stands inside is looked up once the environment's name is right. */
function isInUnknownEnvironment(path: Path, { environments }: PlatformInput): boolean {
  return path[0] === 'services' && path[2] === 'in' && path.length > 4 && !Object.hasOwn(environments, path[3] ?? '');
}

/** Looks up what may be referred to, each list made once. */
function namesOf(configuration: PlatformInput): (to: ReferenceTo, within: string | undefined) => readonly string[] {
  const { environments, sources, services, secrets = {}, presets = {} } = configuration;
  const everywhere: Readonly<Record<ReferenceTo, readonly string[]>> = {
    environment: Object.keys(environments),
    pool: unique(Object.values(environments).flatMap(({ cluster }) => Object.keys(cluster.nodePools))),
    database: unique(Object.values(environments).flatMap(({ databases = {} }) => Object.keys(databases))),
    image: unique(Object.values(sources).flatMap(({ images }) => Object.keys(images))),
    secret: Object.keys(secrets),
    service: Object.keys(services),
    preset: Object.keys(presets),
  };
  return (to, within) => {
    const environment = within === undefined ? undefined : environments[within];
    if (environment && to === 'pool') return Object.keys(environment.cluster.nodePools);
    if (environment && to === 'database') return Object.keys(environment.databases ?? {});
    return everywhere[to];
  };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

/** An image is named without its source, so two sources cannot both build it. */
function duplicateImages({ sources }: PlatformInput, locate: Locate): Finding[] {
  const seen = new Map<string, Path>();
  return Object.entries(sources).flatMap(([source, { images }]) =>
    Object.keys(images).flatMap((image) => {
      const path = ['sources', source, 'images', image];
      const first = seen.get(image);
      if (first) return [duplicate({ what: 'image', path, first }, locate)];
      seen.set(image, path);
      return [];
    }),
  );
}
