import type { z } from 'zod';
import type { Finding, Path } from '../finding/finding.ts';
import type { Json } from '../json.ts';
import { isObject, valueAt } from '../json.ts';
import type { Locate } from './findings.ts';
import { checkReferences, environmentAround } from './references.ts';
import type { ReferenceTo } from './vocabulary.ts';

/**
 * Names that refer to nothing, beside what has a wrong shape: so that all that is wrong is told in one run. They are looked up in what is
 * left when the wrong is taken away; a name that may have been in what was taken is no mistake.
 */
export function referencesBeside(issues: readonly z.core.$ZodIssue[], value: Json, locate: Locate): Finding[] {
  const { rest, taken } = without(placesOf(issues), value);
  const names = new Set(taken.flatMap(({ path, value }) => namesWithin({ [String(path.at(-1))]: value })));
  const unknowable = taken
    .filter(({ value }) => !isObject(value) || Object.keys(value).length === 0)
    .map(({ path }) => path);
  return checkReferences(rest, locate).filter(({ code, path = [] }) => {
    // What is there twice is so whatever was taken away.
    if (!code.startsWith('config/unknown-')) return true;
    const named = valueAt(rest, path);
    const name = typeof named === 'string' ? named : path.at(-1);
    return !names.has(String(name)) && !unknowable.some((gone) => mayHaveHad(gone, code, path));
  });
}

function placesOf(issues: readonly z.core.$ZodIssue[]): Path[] {
  return issues.flatMap((issue) => {
    const path = issue.path as Path;
    return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
  });
}

type Taken = Readonly<{ path: Path; value: unknown }>;

function without(places: readonly Path[], value: Json): { rest: unknown; taken: Taken[] } {
  const rest = structuredClone(value);
  const taken = places.flatMap((path): Taken[] => {
    const key = path.at(-1);
    const holder = valueAt(rest, path.slice(0, -1)) as Record<string | number, unknown> | null | undefined;
    // All around it may have been taken before.
    if (key === undefined || typeof holder !== 'object' || holder === null) return [];
    const value = holder[key];
    // An item that went would move those behind it.
    if (Array.isArray(holder)) holder[key] = null;
    else delete holder[key];
    return [{ path, value }];
  });
  return { rest, taken };
}

/** Every key of a value: what it could have been a name for. */
function namesWithin(value: unknown): string[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...namesWithin(item)]);
}

/** Maps whose keys are names, and what they name; `*`: any key. */
const NAMING: readonly Readonly<{ at: readonly string[]; names: readonly ReferenceTo[] }>[] = [
  { at: ['environments'], names: ['environment', 'pool', 'database'] },
  { at: ['environments', '*'], names: ['pool', 'database'] },
  { at: ['environments', '*', 'cluster'], names: ['pool'] },
  { at: ['environments', '*', 'cluster', 'nodePools'], names: ['pool'] },
  { at: ['environments', '*', 'databases'], names: ['database'] },
  { at: ['presets'], names: ['preset'] },
  { at: ['secrets'], names: ['secret'] },
  { at: ['services'], names: ['service'] },
  { at: ['sources'], names: ['image'] },
  { at: ['sources', '*'], names: ['image'] },
  { at: ['sources', '*', 'images'], names: ['image'] },
];

/** Whether the map that is gone, or of another shape, was to have the names that a reference at `path` is one of. */
function mayHaveHad(gone: Path, code: string, path: Path): boolean {
  const map = NAMING.find(
    ({ at }) => at.length === gone.length && at.every((step, i) => step === '*' || step === gone[i]),
  );
  if (!map?.names.some((name) => code === `config/unknown-${name}`)) return false;
  // What is said inside of one environment is looked up in that one alone.
  const around = environmentAround(path);
  const isElsewhere = gone[0] === 'environments' && gone.length > 1 && around !== undefined && around !== gone[1];
  return !isElsewhere;
}
