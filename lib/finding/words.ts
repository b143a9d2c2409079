import { isObject } from '../json.ts';
import type { Finding, Path, Place } from './finding.ts';

/** What a path of the configuration is about, in words: "`replicaCount` of service `api` in `prod`". */
export function subjectOf(path: Path): string {
  const [group, name, ...rest] = path;
  const thing = typeof group === 'string' ? THINGS[group] : undefined;
  if (thing === undefined || name === undefined) return path.length === 0 ? 'the platform' : `\`${dotted(path)}\``;
  const where = `${thing} \`${name}\``;
  if (group === 'services' && rest[0] === 'in' && rest.length > 1) {
    const within = rest.slice(2);
    return `${within.length === 0 ? where : `\`${dotted(within)}\` of ${where}`} in \`${rest[1]}\``;
  }
  return rest.length === 0 ? where : `\`${dotted(rest)}\` of ${where}`;
}

const THINGS: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  services: 'service',
  presets: 'preset',
  environments: 'environment',
  sources: 'source',
  secrets: 'secret',
});

/** `services.api.envs["A B"]` */
export function dotted(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** Where a place is, as editors and terminals take it. */
export function placeInWords({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** Where in a document something is. */
export function documentInWords({ file, line, path }: NonNullable<Finding['document']>): string {
  const where = line === undefined ? file : `${file}:${line}`;
  return path && path.length > 0 ? `${where} ${dotted(path)}` : where;
}

/** Who let a finding pass, why and until when. */
export function waiverInWords({ reason, owner, until, place }: NonNullable<Finding['waived']>): string {
  return `until ${until} by ${owner}: ${reason}${place ? ` (${placeInWords(place)})` : ''}`;
}

/** That a platform takes a rule for more or less severe than it says of itself. */
export function severityInWords({
  severity,
  instead,
}: Pick<Finding, 'severity'> & { instead: NonNullable<Finding['instead']> }): string {
  const where = instead.place ? ` (${placeInWords(instead.place)})` : '';
  return `${severity} in this platform, ${instead.severity} by the rule itself${where}`;
}

/** What stands there instead of what was expected: `the text "2"`, `the number 2`, `a list`. */
export function describe(value: unknown): string {
  if (value === null) return '`null`';
  if (typeof value === 'string')
    return `the text ${JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value)}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return `\`${value}\``;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isObject(value)) return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
  return 'nothing';
}

/** "`a`, `b` or `c`", with at most `most` of the words; "… and 12 more" where there are others. */
export function either(words: readonly string[], most = 8): string {
  const shown = words.slice(0, most).map((word) => `\`${word}\``);
  if (words.length > most) return `${shown.join(', ')} … (${words.length} in all)`;
  return shown.length < 2 ? (shown[0] ?? 'none') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}
