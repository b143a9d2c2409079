import type { Path } from '../finding/finding.ts';
import { isObject } from '../json.ts';

export type Difference = Readonly<{
  /** in the model after; of what is gone, in the one before */
  path: Path;
  /** the same for people: items of a list by their names and not by where they happen to stand */
  called: Path;
  before: unknown;
  after: unknown;
}>;

/** The smallest parts in which two models differ, in the order of the keys. `undefined`: not there. */
export function differences(before: unknown, after: unknown): Difference[] {
  return within({ path: [], called: [], before, after });
}

function within({ path, called, before, after }: Difference): Difference[] {
  if (Object.is(before, after)) return [];
  const byName = namesOf(before) !== undefined && namesOf(after) !== undefined;
  const [was, is] = [partsOf(before, byName), partsOf(after, byName)];
  if (!was || !is || Array.isArray(before) !== Array.isArray(after)) return [{ path, called, before, after }];
  // Where only the order of items is another one, no item differs, and yet the list does.
  if (byName && isReordered([...was.keys()], [...is.keys()])) return [{ path, called, before, after }];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
    const step = is.get(name)?.step ?? was.get(name)?.step ?? name;
    return within({
      path: [...path, step],
      called: [...called, name],
      before: was.get(name)?.value,
      after: is.get(name)?.value,
    });
  });
}

function isReordered(before: readonly unknown[], after: readonly unknown[]): boolean {
  const [was, is] = [before.filter((name) => after.includes(name)), after.filter((name) => before.includes(name))];
  return was.some((name, index) => name !== is[index]);
}

type Part = Readonly<{ step: string | number; value: unknown }>;

/** What is in an object or a list, by what people call it. */
function partsOf(value: unknown, byName: boolean): Map<string | number, Part> | undefined {
  if (isObject(value)) return new Map(Object.entries(value).map(([key, item]) => [key, { step: key, value: item }]));
  if (!Array.isArray(value)) return undefined;
  const names = byName ? namesOf(value) : undefined;
  return new Map(value.map((item, index) => [names?.[index] ?? index, { step: index, value: item }]));
}

/** The names of a list's items, or what they are about; `undefined` where that does not tell them apart. */
function namesOf(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.flatMap((item: unknown) => {
    const name = isObject(item) ? (item.name ?? item.service) : item;
    return typeof name === 'string' ? [name] : [];
  });
  return new Set(names).size === value.length ? names : undefined;
}
