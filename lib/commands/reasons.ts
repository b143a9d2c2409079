import type { Path, Place } from '../finding/finding.ts';
import { dotted } from '../finding/words.ts';
import { type Difference, differences } from '../model/difference.ts';
import type { Compilation } from '../pipeline.ts';

/** Why documents changed: something that a person changed in the configuration, and what it was and is in the model. */
export type Reason = Readonly<{
  /** where in the model, items of lists by their names */
  path: Path;
  /** `undefined`: it was not there, or is no more */
  before: unknown;
  after: unknown;
  /** where it stands now; nothing has no place */
  place?: Place;
  /** how many more values the same place of the configuration changed */
  more: number;
}>;

type Cause = Difference & Readonly<{ place: Place | undefined; follows: boolean }>;

/**
 * One reason for each place of the configuration that says something else than before. What was derived from it, or stands there
 * because something came or went, is no reason of its own.
 */
export function reasonsOf(before: unknown, { model, placeOf, isDerived }: Compilation): Reason[] {
  if (before === undefined || !model || !placeOf || !isDerived) return [];
  const found = differences(before, model);
  const things = found.filter(
    ({ called, before: was, after: is }) => isThing(called) && (was === undefined || is === undefined),
  );
  const groups = new Map<string, Cause[]>();
  for (const difference of found) {
    const { path, called, after } = difference;
    const place = after === undefined ? undefined : placeOf(path).place;
    const thing = things.find((one) => called.includes(one.called[1] ?? ''));
    const at = place ? `${place.file}:${place.line}:${place.column}` : dotted(called);
    const key = thing ? dotted(thing.called) : at;
    const follows = thing ? thing !== difference : after !== undefined && isDerived(path);
    groups.set(key, [...(groups.get(key) ?? []), { ...difference, place, follows }]);
  }
  // What follows from something at another place is told there.
  const told = [...groups.values()].filter((causes) => causes.some(({ follows }) => !follows));
  return (told.length > 0 ? told : [...groups.values()]).flatMap((causes) => {
    const said = causes.filter(({ follows }) => !follows);
    const [first] = said.length > 0 ? said : causes;
    if (!first) return [];
    const { called, before: was, after: is, place } = first;
    return [{ path: called, before: was, after: is, ...(place && { place }), more: Math.max(0, said.length - 1) }];
  });
}

/** Whether a path leads to a whole service, environment or source. */
function isThing(path: Path): boolean {
  return path.length === 2 && ['services', 'environments', 'sources'].includes(String(path[0]));
}

/** A reason in one line. */
export function reasonInWords({ path, before, after, place, more }: Reason): string {
  const where = place ? `  (${place.file}:${place.line}:${place.column})` : '';
  return `because ${dotted(path)}: ${short(before)} → ${short(after)}${more > 0 ? `, and ${more} more` : ''}${where}`;
}

function short(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
