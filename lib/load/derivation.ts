/**
 * What the sandbox (`sandbox/noting.ts`, `sandbox/reading.ts`) tells about where values come from, and the host (`places.ts`) reads.
 */

/** Where an object or array comes from: the number of its literal; -1 when unknown; else -2 - an index into the derivations. */
export type Origin = number;

/** What stood at a spread (its origin and, of an array, its length) or in a computed key (the key); `null` for anything else. */
export type Part = string | null | readonly [source: Origin, length: number];

export type Derivation =
  /** a literal with spreads or computed keys, one part for each; length as made, -1 for objects */
  | readonly ['literal', literal: number, length: number, parts: readonly Part[]]
  /** keys assigned one by one, each with the site of its assignment */
  | readonly ['assigned', base: Origin, sites: readonly (readonly [key: string, site: number])[]]
  /** `Object.assign` */
  | readonly ['merged', base: Origin, sources: readonly Origin[]]
  /** `Object.fromEntries`: per key its `[key, value]` */
  | readonly ['entries', entries: readonly (readonly [key: string, entry: Origin])[]]
  /** one `[key, value]` of `Object.entries` */
  | readonly ['entry', base: Origin, key: string];

/** A step down to a value: its key (`null` at the root), its origin, its length if it is an array, the value if it is primitive. */
export type Step = readonly [
  key: string | number | null,
  origin: Origin,
  length: number,
  constant: Constant | undefined,
];
export type Constant = string | number | boolean | null;

export type ProblemKind =
  | 'cycle'
  | 'forbidden-key'
  | 'lone-surrogate'
  | 'not-a-number'
  | 'not-an-object'
  | 'not-data'
  | 'too-deep'
  | 'too-large'
  | 'too-long'
  | 'undefined-element';

/** A value that is no JSON. `what`: the value in words. `part`: whether its key is to blame. */
export type Problem = Readonly<{ kind: ProblemKind; what: string; part: 'key' | 'value'; steps: readonly Step[] }>;

/** The exported value, with the origin of each of its objects and arrays in order of appearance; or its problems. */
export type Delivery = Readonly<{
  value: unknown;
  origins: readonly Origin[];
  derivations: readonly Derivation[];
  problems: readonly Problem[];
}>;

/** What was thrown. `site`: of its `throw` statement, -1 when the engine threw it. `forbidden`: what was used, or ''. */
export type Failure = Readonly<{ name: string; message: string; stack: string; site: number; forbidden: string }>;
