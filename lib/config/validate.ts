import type { z } from 'zod';
import { type Finding, hasErrors, type Outcome, type Path } from '../finding/finding.ts';
import { nearest } from '../finding/nearest.ts';
import type { Json } from '../json.ts';
import { isObject, valueAt } from '../json.ts';
import { referencesBeside } from './beside.ts';
import { invalid, type Locate, repeated, unknownKey } from './findings.ts';
import { checkReferences } from './references.ts';
import { repaired } from './repair.ts';
import { type PlatformInput, platform } from './schema.ts';
import { keysAt, nameSchemasAt, schemasAt } from './shape.ts';
import { REPEATED } from './vocabulary.ts';

/**
 * Checks a configuration: shapes, formats and limits, and that each name refers to something that exists. References are looked up in
 * the parts whose shape is right, so that one mistake gives one finding.
 *
 * @param locate where values stand in the source
 * @returns the configuration as it was written, nothing defaulted; `undefined` with the findings that say why not
 */
export function validate(value: Json, locate: Locate): Outcome<PlatformInput | undefined> {
  const parsed = platform.safeParse(value, { reportInput: false });
  const findings = parsed.success
    ? checkReferences(parsed.data, locate)
    : withoutKnockOns([
        ...parsed.error.issues.flatMap((issue) => findingsOf(issue, value, [], locate)),
        ...referencesBeside(parsed.error.issues, value, locate),
      ]);
  return { value: parsed.success && !hasErrors(findings) ? parsed.data : undefined, findings };
}

/**
 * A misspelt key is a key too many and often one too few: the misspelling is all there is to tell. Of what is wrong with one value in
 * several ways, the first is told: the rest is seen when that is mended.
 */
function withoutKnockOns(findings: readonly Finding[]): Finding[] {
  const told = new Set<string>();
  const misspelt = new Set(
    findings.flatMap(({ code, path = [] }) =>
      code === 'config/unknown-key'
        ? nearest(String(path.at(-1)), keysAt(platform, path.slice(0, -1))).map((key) =>
            JSON.stringify([...path.slice(0, -1), key]),
          )
        : [],
    ),
  );
  return findings.filter(({ code, path }) => {
    const place = JSON.stringify(path);
    if (code === 'config/missing' && misspelt.has(place)) return false;
    const key = `${code === 'config/name'} ${place}`;
    return !told.has(key) && told.add(key);
  });
}

type Issue = z.core.$ZodIssue;

function findingsOf(issue: Issue, root: Json, parents: Path, locate: Locate): Finding[] {
  const path = [...parents, ...(issue.path as Path)];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey({ path: [...path, key], known: keysAt(platform, path) }, locate));
  if (issue.code === 'invalid_key') {
    const expected = issue.issues[0]?.message ?? issue.message;
    const meant = repaired(path.at(-1), nameSchemasAt(platform, path));
    return [invalid({ path, part: 'key', found: path.at(-1), expected, meant }, locate)];
  }
  const found = valueAt(root, path);
  if (issue.code === 'custom' && issue.message === REPEATED) return [repeated({ path, found }, locate)];
  if (issue.code === 'invalid_union') {
    const branch = meantBranch(issue, found);
    if (branch) return branch.flatMap((inner) => findingsOf(inner, root, path, locate));
    const misspelt = misspeltKeys(found, keysAt(platform, path));
    if (misspelt.length > 0)
      return misspelt.map((key) => unknownKey({ path: [...path, key], known: keysAt(platform, path) }, locate));
  }
  const meant = found === undefined ? undefined : repaired(found, schemasAt(platform, path));
  return [invalid({ path, part: 'value', found, expected: issue.message, meant }, locate)];
}

/**
 * The branch of a union that a value was meant for, so that its own finding is told and not "none of these".
 *
 * @returns `undefined` when no branch takes this sort of value or no key says which one
 */
function meantBranch(issue: z.core.$ZodIssueInvalidUnion, found: unknown): readonly Issue[] | undefined {
  const branches = issue.errors.filter((issues) => !issues.some(refusesAltogether));
  if (!isObject(found)) return branches.length === 1 ? branches[0] : undefined;
  const known = branches.filter((issues) => recognised(issues, found) > 0);
  return known.sort((a, b) => recognised(b, found) - recognised(a, found) || a.length - b.length)[0];
}

/** The keys of an object that is of no branch, because they are nearly those of one. */
function misspeltKeys(found: unknown, known: readonly string[]): string[] {
  if (!isObject(found) || Object.keys(found).some((key) => known.includes(key))) return [];
  return Object.keys(found).filter((key) => nearest(key, known).length > 0);
}

/** The value is of another sort: a text where an object was expected. */
function refusesAltogether(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

/** How many of an object's keys a branch knows. */
function recognised(issues: readonly Issue[], found: Record<string, unknown>): number {
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
  );
  return Object.keys(found).length - unknown.length;
}
