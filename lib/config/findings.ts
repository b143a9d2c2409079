import type { Finding, Path, Place } from '../finding/finding.ts';
import { nearest } from '../finding/nearest.ts';
import { describe, dotted, either, subjectOf } from '../finding/words.ts';
import type { ReferenceTo } from './vocabulary.ts';

/** Where the value at a path of the configuration stands, or the key that holds it. */
export type Locate = (path: Path, part?: 'key' | 'value') => Readonly<{ place: Place; via?: Place }> | undefined;

/** A value, or a name of something, that is not of the shape it must have. */
export function invalid(
  { path, part, found, expected }: { path: Path; part: 'key' | 'value'; found: unknown; expected: string },
  locate: Locate,
): Finding {
  if (part === 'key')
    return {
      code: 'config/name',
      severity: 'error',
      message: `${describe(found)} cannot be a name in ${subjectOf(path.slice(0, -1))}`,
      expected,
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
    ...(isQuotedNumber(found, expected) && { help: `write it without quotes: ${found}` }),
    path,
    ...locate(path),
  };
}

function isQuotedNumber(found: unknown, expected: string): boolean {
  return typeof found === 'string' && /^-?[0-9]+(\.[0-9]+)?$/.test(found) && /\bnumber\b/.test(expected);
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
const KINDS: Readonly<Record<ReferenceTo, Readonly<{ called: string; addedTo: string }>>> = {
  environment: { called: 'environment', addedTo: 'environments' },
  pool: { called: 'node pool', addedTo: 'cluster.nodePools' },
  image: { called: 'image', addedTo: 'sources.<repository>.images' },
  database: { called: 'database', addedTo: 'databases' },
  secret: { called: 'sealed variable', addedTo: 'secrets' },
  service: { called: 'service', addedTo: 'services' },
  preset: { called: 'preset', addedTo: 'presets' },
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
  const { called, addedTo } = KINDS[to];
  const near = nearest(name, known);
  const owner =
    within !== undefined && (to === 'pool' || to === 'database') ? `environments.${within}.${addedTo}` : addedTo;
  return {
    code,
    severity: 'error',
    message: `${subjectOf(part === 'key' ? path.slice(0, -1) : path)} names the ${called} \`${name}\`, which ${within === undefined ? 'does not exist' : `\`${within}\` does not have`}`,
    expected:
      known.length === 0
        ? `a ${called}, and there is none yet`
        : either(near.length > 0 ? near : known, near.length > 0 ? 4 : 8),
    help:
      near[0] === undefined
        ? `add \`${name}\` to ${owner}`
        : `did you mean \`${near[0]}\`? Else add \`${name}\` to ${owner}`,
    path,
    ...locate(path, part),
  };
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
