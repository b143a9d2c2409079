import type { z } from 'zod';
import type { Finding, Path, Place } from '../finding/finding.ts';
import { nearest } from '../finding/nearest.ts';
import { describe, dotted, either, subjectOf } from '../finding/words.ts';
import type { ReferenceTo } from './vocabulary.ts';
import * as v from './vocabulary.ts';

/** Where the value at a path of the configuration stands, or the key that holds it. */
export type Locate = (path: Path, part?: 'key' | 'value') => Readonly<{ place: Place; via?: Place }> | undefined;

/**
 * A value, or a name of something, that is not of the shape it must have.
 *
 * @param meant what the person probably meant; `undefined`: nobody knows
 */
export function invalid(
  {
    path,
    part,
    found,
    expected,
    meant,
  }: { path: Path; part: 'key' | 'value'; found: unknown; expected: string; meant: unknown },
  locate: Locate,
): Finding {
  if (part === 'key')
    return {
      code: 'config/name',
      severity: 'error',
      message: `${describe(found)} cannot be a name in ${subjectOf(path.slice(0, -1))}`,
      expected,
      ...(meant !== undefined && { help: `write \`${meant}\`` }),
      path,
      ...locate(path, 'key'),
    };
  if (found === undefined)
    return {
      code: 'config/missing',
      severity: 'error',
      message: `${subjectOf(path)} is missing`,
      expected,
      help: `add \`${path.at(-1)}\` to ${subjectOf(path.slice(0, -1))}`,
      path,
      ...locate(path),
    };
  return {
    code: 'config/value',
    severity: 'error',
    message: `${subjectOf(path)} is ${describe(found)}`,
    expected,
    ...(meant !== undefined && { help: correction(found, meant) }),
    path,
    ...locate(path),
  };
}

function correction(found: unknown, meant: unknown): string {
  if (typeof found === 'string' && String(meant) === found && typeof meant !== 'object')
    return `write it without quotes: ${meant}`;
  if (typeof found === 'number' && typeof meant === 'string') return `write it in quotes: ${JSON.stringify(meant)}`;
  return `write \`${typeof meant === 'string' ? meant : JSON.stringify(meant).replaceAll('"', "'")}\``;
}

/** Something that stands twice in a list. */
export function repeated({ path, found }: { path: Path; found: unknown }, locate: Locate): Finding {
  const list = path.slice(0, -1);
  return {
    code: 'config/repeated',
    severity: 'error',
    message: `${subjectOf(list)} has ${describe(found)} twice`,
    expected: 'each item once',
    help: 'take one of them away',
    path,
    ...locate(path),
  };
}

export function unknownKey({ path, known }: { path: Path; known: readonly string[] }, locate: Locate): Finding {
  const key = String(path.at(-1));
  const near = nearest(key, known);
  return {
    code: 'config/unknown-key',
    severity: 'error',
    message: `${subjectOf(path.slice(0, -1))} has no \`${key}\``,
    expected: either(near.length > 0 ? near : known, near.length > 0 ? 4 : 12),
    help: near[0] === undefined ? `take \`${key}\` away` : `did you mean \`${near[0]}\`?`,
    path,
    ...locate(path, 'key'),
  };
}

/** What each sort of name is called, and where another one is added. */
const KINDS: Readonly<Record<ReferenceTo, Readonly<{ called: string; addedTo: string; name: z.ZodType }>>> = {
  environment: { called: 'environment', addedTo: 'environments', name: v.environmentName },
  pool: { called: 'node pool', addedTo: 'environments.<environment>.cluster.nodePools', name: v.key },
  image: { called: 'image', addedTo: 'sources.<repository>.images', name: v.imageName },
  database: { called: 'database', addedTo: 'environments.<environment>.databases', name: v.directoryName },
  secret: { called: 'sealed variable', addedTo: 'secrets', name: v.variableName },
  service: { called: 'service', addedTo: 'services', name: v.serviceName },
  preset: { called: 'preset', addedTo: 'presets', name: v.key },
};

/**
 * A name that refers to nothing.
 *
 * @param within the environment that would have to have it; `undefined` when it exists nowhere
 */
export function unknownReference(
  options: {
    code: string;
    path: Path;
    part: 'key' | 'value';
    name: string;
    to: ReferenceTo;
    known: readonly string[];
    within?: string;
  },
  locate: Locate,
): Finding {
  const { code, path, part, name, to, known, within } = options;
  const { called, addedTo, name: names } = KINDS[to];
  const near = to === 'image' ? nearestImages(name, known) : nearest(name, known);
  const owner = within === undefined ? addedTo : addedTo.replace('<environment>', within);
  const isElsewhere = to === 'image' && /^[^/]*[.:]/.test(name) && name.includes('/');
  const advice = [
    ...(isElsewhere ? ['write `{ repository, tag }` for an image from elsewhere'] : []),
    ...(names.safeParse(name).success && !isElsewhere ? [`add \`${name}\` to ${owner}`] : []),
  ];
  return {
    code,
    severity: 'error',
    message: `${subjectOf(part === 'key' ? path.slice(0, -1) : path)} names the ${called} \`${name}\`, which ${within === undefined ? 'does not exist' : `\`${within}\` does not have`}`,
    expected:
      known.length === 0
        ? `${/^[aeiou]/.test(called) ? 'an' : 'a'} ${called}, and there is none yet`
        : either(near.length > 0 ? near : known, near.length > 0 ? 4 : 8),
    ...((near[0] ?? advice[0]) && { help: helpOf(near[0], advice) }),
    path,
    ...locate(path, part),
  };
}

function helpOf(near: string | undefined, advice: readonly string[]): string {
  if (near === undefined) return advice.join(', or ');
  return [`did you mean \`${near}\`?`, ...(advice.length > 0 ? [`Else ${advice.join(', or ')}`] : [])].join(' ');
}

/** An image of the platform may be written with its registry and a tag, as everywhere else. */
function nearestImages(name: string, known: readonly string[]): string[] {
  const bare = name.replace(/^.*\//, '').replace(/[:@].*$/, '');
  return bare !== name && known.includes(bare) ? [bare] : nearest(name, known);
}

/** Something that may exist once, twice. */
export function duplicate({ what, path, first }: { what: string; path: Path; first: Path }, locate: Locate): Finding {
  const other = locate(first, 'key')?.place;
  return {
    code: 'config/duplicate',
    severity: 'error',
    message: `${what} \`${path.at(-1)}\` stands in \`${dotted(path.slice(0, -1))}\` and in \`${dotted(first.slice(0, -1))}\``,
    expected: `one ${what} of each name`,
    path,
    ...locate(path, 'key'),
    ...(other && { other }),
  };
}

/** A sealed value that nothing declares. */
export function orphanedSecret(path: Path, locate: Locate): Finding {
  const [, environment, service, variable] = path;
  return {
    code: 'config/orphaned-secret',
    severity: 'warning',
    message: `a value is sealed for \`${variable}\` of service \`${service}\` in \`${environment}\`, which nothing uses`,
    help: `take it out of the sealed values, or use it in the service: \`envs: { ${variable}: { secret: "${variable}" } }\``,
    path,
    ...locate(path, 'key'),
  };
}
