/**
 * Part of the prelude: what instrumented code calls (`../instrument.ts`), and what is known of each object thereby. A configuration could
 * at worst call these too and confuse its own places.
 */

/** What is known of an object or array: its literal's number, or a derivation whose origins are still records. */
export type Known = number | Composed | undefined;
export type Composed =
  | ['literal', literal: number, length: number, parts: (string | null | [source: Known, length: number])[]]
  | ['assigned', base: Known, sites: Map<string, number>]
  | ['merged', base: Known, sources: Known[]]
  | ['entries', entries: Map<string, Known>]
  | ['entry', base: Known, key: string];

const { isArray } = Array;

export const known = new WeakMap<object, Known>();
export const throwSites = new WeakMap<object, number>();
/** The literal made last: near where time or memory ran out when nothing better is known. */
export let lastLiteral = -1;
/** What was thrown last, and where. */
export let lastThrown: unknown;
export let lastThrownSite = -1;
let lastTarget: object | undefined;
let lastTargetSite = -1;

export const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Notes the literal a value was made by; `frame` also has what stood in its spreads and computed keys. */
export function note(frame: number | unknown[], value: object): object {
  if (typeof frame === 'number') {
    lastLiteral = frame;
    known.set(value, frame);
    return value;
  }
  const [literal] = frame;
  if (typeof literal !== 'number') return value;
  lastLiteral = literal;
  const parts: (string | null | [Known, number])[] = [];
  for (let index = 1; index < frame.length; index++) {
    const part = frame[index];
    if (typeof part === 'string') parts.push(part);
    else if (typeof part === 'number') parts.push(`${part}`);
    else if (isContainer(part)) parts.push([known.get(part), isArray(part) ? part.length : -1]);
    else parts.push(null);
  }
  known.set(value, ['literal', literal, isArray(value) ? value.length : -1, parts]);
  return value;
}

/** Notes what is assigned to: `target.name = …`, or without a name `target[…] = …`, whose key `key` notes. */
export function target(site: number, value: unknown, name?: string): unknown {
  lastTarget = isContainer(value) ? value : undefined;
  lastTargetSite = site;
  if (name !== undefined) assigned(name);
  return value;
}

export function key<Key>(value: Key): Key {
  if (typeof value === 'string' || typeof value === 'number') assigned(`${value}`);
  return value;
}

function assigned(name: string): void {
  if (lastTarget === undefined) return;
  const before = known.get(lastTarget);
  if (isArray(before) && before[0] === 'assigned') before[2].set(name, lastTargetSite);
  else known.set(lastTarget, ['assigned', before, new Map([[name, lastTargetSite]])]);
}

/** Notes where a value is thrown; the first place stays when it is thrown again. */
export function thrown(site: number, value: unknown): unknown {
  lastThrown = value;
  lastThrownSite = site;
  if (isContainer(value) && !throwSites.has(value)) throwSites.set(value, site);
  return value;
}

/**
 * What stands in a spread of an object literal, or as the value of a property where something must be there. A function or a promise would
 * add nothing to the object, and `undefined` would take the property away, both silently.
 */
export function given(site: number, isSpread: boolean, value: unknown): unknown {
  if (!isSpread) {
    if (value === undefined) throw thrown(site, new TypeError('is undefined'));
    return value;
  }
  const isFunction = typeof value === 'function';
  if (isFunction || (isContainer(value) && getPrototypeOf(value) === Promise.prototype))
    throw thrown(site, new TypeError(`spreads a ${isFunction ? 'function' : 'promise'}`));
  return value;
}

// Built-in functions that make objects out of others

const { assign, entries, fromEntries, getPrototypeOf } = Object;
export const followed = {
  assign(to: object, ...sources: unknown[]): object {
    const value = assign(to, ...sources);
    if (isContainer(to)) {
      const of = (source: unknown) => (isContainer(source) ? known.get(source) : undefined);
      known.set(to, ['merged', known.get(to), sources.map(of)]);
    }
    return value;
  },
  entries(from: object): [string, unknown][] {
    const list = entries(from);
    const base = isContainer(from) ? known.get(from) : undefined;
    if (base !== undefined) for (const entry of list) known.set(entry, ['entry', base, entry[0]]);
    return list;
  },
  fromEntries(iterable: Iterable<[PropertyKey, unknown]>): object {
    const list = [...iterable];
    const value = fromEntries(list);
    const origins = new Map<string, Known>();
    for (const entry of list) {
      const name: unknown = isArray(entry) ? entry[0] : undefined;
      // Another kind of key is made text by code of the configuration, which must run once only.
      if (typeof name === 'string' || typeof name === 'number') origins.set(`${name}`, known.get(entry));
    }
    known.set(value, ['entries', origins]);
    return value;
  },
};
