import type { Path, Place } from '../finding/finding.ts';
import { isObject, type Json } from '../json.ts';
import type { Derivation, Origin, Part, Step } from './derivation.ts';
import type { Literal, Member, Tables } from './instrument.ts';
import { contains, type Span } from './span.ts';

export type Located = Readonly<{ place: Place; via?: Place }>;
export type Places = Readonly<{
  /**
   * Where the value at `path`, or the key that holds it, stands; the nearest known ancestor's place when it has none of its own.
   * `via`: where that is used, when a helper function, a constant, a spread or another file made it.
   */
  of(path: Path, part?: 'key' | 'value'): Located | undefined;
}>;

export type Facts = Tables &
  Readonly<{
    derivations: readonly Derivation[];
    /** the expression of the default export */
    exported: Span;
    place(span: Span): Place;
  }>;

/** Where a key and its value stand in what made their object. `via`: the spread that brought them. `given`: a built-in function did. */
type Hit = Readonly<{ key: Span | undefined; value: Span; via: Span | undefined; given?: boolean }>;

/** A span on the way down to a value, and where it is used. */
type Way = Readonly<{ span: Span; via: Span | undefined }>;

// Spreads of spreads: `list = { ...list, [name]: … }` in a loop makes chains as long as the list.
const MOST_STEPS = 20_000;
const MOST_DEPTH = 1000;

/** Places of the values of a configuration. @param origins of its objects and arrays, in order of appearance */
export function placesOf(value: Json, origins: readonly Origin[], facts: Facts): Places {
  let known: Map<unknown, Origin> | undefined;
  return {
    of(path, part = 'value') {
      known ??= byIdentity(value, origins);
      const steps = [stepOf(null, value, known)];
      let current: unknown = value;
      for (const key of path) {
        if (typeof key === 'number' && Array.isArray(current)) current = current[key];
        else if (isObject(current) && Object.hasOwn(current, key)) current = current[key];
        else return locate(steps, 'value', facts);
        if (current === undefined) return locate(steps, 'value', facts);
        steps.push(stepOf(key, current, known));
      }
      return locate(steps, part, facts);
    },
  };
}

function stepOf(key: string | number | null, value: unknown, known: ReadonlyMap<unknown, Origin>): Step {
  if (Array.isArray(value)) return [key, known.get(value) ?? -1, value.length, undefined];
  if (isObject(value)) return [key, known.get(value) ?? -1, -1, undefined];
  return [key, -1, -1, value as Step[3]];
}

function byIdentity(root: Json, origins: readonly Origin[]): Map<unknown, Origin> {
  const known = new Map<unknown, Origin>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    known.set(value, origins[known.size] ?? -1);
    for (const child of Array.isArray(value) ? value : Object.values(value)) visit(child);
  };
  visit(root);
  return known;
}

/** Where the last of `steps`, or its key, stands. */
export function locate(steps: readonly Step[], part: 'key' | 'value', facts: Facts): Located | undefined {
  // Where values are used, from the outside in: what stands inside of one of these needs no other `via` than it.
  const used: Way[] = [{ span: facts.exported, via: undefined }];
  let way: Way = { span: facts.exported, via: undefined };
  let keyWay: Way = way;

  const wayOf = (span: Span, use: Span | undefined, otherwise: Span | undefined): Way => {
    for (let index = used.length - 1; index >= 0; index--) {
      const outer = used[index];
      if (outer && contains(outer.span, span)) return { span, via: outer.via };
    }
    return { span, via: use ?? otherwise };
  };

  let container: Step | undefined;
  for (const step of steps) {
    const { literal } = madeBy(step[1], facts);
    const hit: Hit | undefined = container
      ? find(container, step, facts)
      : { key: undefined, value: facts.exported, via: undefined };
    const outer = way;
    keyWay = outer;
    let use: Span | undefined;
    if (hit) {
      const brought = hit.via ?? (hit.given ? used.at(-1)?.span : undefined);
      if (hit.key) keyWay = wayOf(hit.key, brought, outer.via);
      way = wayOf(hit.value, brought, outer.via);
      if (!hit.key) keyWay = way;
      use = hit.value;
      used.push(way);
    }
    if (literal) way = wayOf(literal, use, outer.via);
    if (!hit && literal) keyWay = way;
    container = step;
  }
  const { span, via } = part === 'key' ? keyWay : way;
  const place = facts.place(span);
  return via ? { place, via: facts.place(via) } : { place };
}

/** The literal that made an object or array, beneath what was assigned to it later. */
function madeBy(origin: Origin, { literals, derivations }: Facts): { literal: Literal | undefined } {
  for (let left = MOST_STEPS; left > 0; left--) {
    if (origin >= 0) return { literal: literals[origin] };
    const derivation = derivations[-2 - origin];
    if (derivation?.[0] === 'literal') return { literal: literals[derivation[1]] };
    if (derivation?.[0] !== 'assigned' && derivation?.[0] !== 'merged') break;
    origin = derivation[1];
  }
  return { literal: undefined };
}

function find([, origin, length]: Step, step: Step, facts: Facts): Hit | undefined {
  const { literals, derivations, sites } = facts;
  const budget = { left: MOST_STEPS };
  return step[0] === null ? undefined : from(origin, length, step[0], 0);

  function from(start: Origin, length: number, key: string | number, depth: number): Hit | undefined {
    let origin = start;
    while (budget.left-- > 0 && depth < MOST_DEPTH) {
      if (origin >= 0) return inLiteral(literals[origin], undefined, length, key, depth);
      const derivation = derivations[-2 - origin];
      switch (derivation?.[0]) {
        case 'literal':
          return inLiteral(literals[derivation[1]], derivation, length, key, depth);
        case 'assigned': {
          const site = sites[mapOf(derivation).get(`${key}`) ?? -1];
          if (site) {
            const { module, keyStart, keyEnd } = site;
            return { key: { module, start: keyStart, end: keyEnd }, value: site, via: undefined };
          }
          origin = derivation[1];
          continue;
        }
        case 'merged': {
          for (const source of derivation[2].toReversed()) {
            const hit = from(source, -1, key, depth + 1);
            if (hit) return { ...hit, given: true };
          }
          origin = derivation[1];
          continue;
        }
        case 'entries': {
          const entry = mapOf(derivation).get(`${key}`) ?? -1;
          const value = from(entry, 2, 1, depth + 1);
          return value && { key: from(entry, 2, 0, depth + 1)?.value, value: value.value, via: value.via, given: true };
        }
        case 'entry': {
          const hit = from(derivation[1], -1, derivation[2], depth + 1);
          return hit && key === 0 && hit.key ? { ...hit, value: hit.key } : hit;
        }
        default:
          return undefined;
      }
    }
    return undefined;
  }

  function inLiteral(
    literal: Literal | undefined,
    derivation: Extract<Derivation, readonly ['literal', ...unknown[]]> | undefined,
    length: number,
    key: string | number,
    depth: number,
  ): Hit | undefined {
    if (!literal) return undefined;
    const parts = derivation?.[3];
    return literal.isArray
      ? inArray(literal, parts, derivation?.[2] ?? literal.members.length, length, Number(key), depth)
      : inObject(literal, parts, `${key}`, depth);
  }

  /** Later members win over earlier ones; one whose keys are not known is the guess when no other has the key. */
  function inObject(literal: Literal, parts: readonly Part[] | undefined, key: string, depth: number): Hit | undefined {
    const { module, members } = literal;
    const { byName, dynamic } = contentsOf(literal);
    const written = byName.get(key) ?? -1;
    let guess: Hit | undefined;
    for (let part = dynamic.length - 1; part >= 0; part--) {
      const index = dynamic[part] ?? -1;
      const member = members[index];
      if (member === undefined || index < written) break;
      const here = hitOf(module, member);
      const known = parts?.[part];
      if (member.kind === 'computed') {
        if (known === key) return here;
        if (typeof known !== 'string') guess ??= here;
      } else if (known === undefined) guess ??= here;
      else if (known !== null && typeof known !== 'string') {
        if (known[0] === -1) guess ??= here;
        const hit = from(known[0], known[1], key, depth + 1);
        if (hit) return throughSpread(hit, here.value);
      }
    }
    const member = members[written];
    return member ? hitOf(module, member, step[3]) : guess;
  }

  function inArray(
    literal: Literal,
    parts: readonly Part[] | undefined,
    madeLength: number,
    length: number,
    index: number,
    depth: number,
  ): Hit | undefined {
    const { module, members } = literal;
    const { dynamic } = contentsOf(literal);
    const constant = step[3];
    const isWrittenOut = (member: Member) => constant !== undefined && member.constant === constant;
    const lengths = dynamic.map((_, at) => lengthOf(parts?.[at]));
    const unknown = lengths.filter((count) => count === undefined).length;
    const known = lengths.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    const rest = madeLength - (members.length - dynamic.length) - known;
    // Changed in length since it was made, or with more than one spread of unknown length: positions tell nothing.
    if ((length < 0 || madeLength === length) && unknown <= 1) {
      // Up to the first spread, members are elements.
      const start = Math.min(index, dynamic[0] ?? index);
      let at = start;
      let part = 0;
      for (let number = start; number < members.length; number++) {
        const member = members[number];
        if (member?.kind === 'element') {
          if (at++ !== index) continue;
          if (constant === undefined || member.constant === undefined || isWrittenOut(member))
            return hitOf(module, member, constant);
          break;
        }
        if (!member) break;
        const known = parts?.[part];
        const count = lengths[part++] ?? rest;
        if (index < at + count) {
          const here = hitOf(module, member);
          const hit = Array.isArray(known) ? from(known[0], known[1], index - at, depth + 1) : undefined;
          return hit ? throughSpread(hit, here.value) : here;
        }
        at += count;
      }
    }
    // Sorted, filtered or added to in place: an element written out is known by its value.
    const same = members.find(isWrittenOut);
    return same && hitOf(module, same);
  }
}

type Contents = Readonly<{
  /** the last member of that key */
  byName: ReadonlyMap<string, number>;
  /** the spreads and computed keys, as a derivation's parts are about */
  dynamic: readonly number[];
}>;

const contents = new WeakMap<Literal, Contents>();
function contentsOf(literal: Literal): Contents {
  let found = contents.get(literal);
  if (!found) {
    const byName = new Map<string, number>();
    const dynamic: number[] = [];
    literal.members.forEach(({ kind, name }, index) => {
      if (kind === 'key') byName.set(name, index);
      else if (kind !== 'element') dynamic.push(index);
    });
    found = { byName, dynamic };
    contents.set(literal, found);
  }
  return found;
}

/** @param value of the member, when it is primitive: then a constant that it names is where it is written */
function hitOf(
  module: number,
  { kind, keyStart, keyEnd, start, end, named }: Member,
  value?: string | number | boolean | null,
): Hit {
  const key = kind === 'spread' || keyStart < 0 ? undefined : { module, start: keyStart, end: keyEnd };
  const here = { module, start, end };
  if (!named || value === undefined || named.constant !== value) return { key, value: here, via: undefined };
  return { key, value: { module, start: named.start, end: named.end }, via: here };
}

/** What stands in the spread itself, as in `...(isBig ? { replicas: 3 } : {})`, is not used elsewhere. */
function throughSpread(hit: Hit, spread: Span): Hit {
  return contains(spread, hit.value) ? hit : { ...hit, via: spread };
}

function lengthOf(part: Part | undefined): number | undefined {
  if (typeof part === 'string') return [...part].length;
  return Array.isArray(part) && part[1] >= 0 ? part[1] : undefined;
}

const maps = new WeakMap<Derivation, ReadonlyMap<string, number>>();
function mapOf(
  derivation: Extract<Derivation, readonly ['assigned' | 'entries', ...unknown[]]>,
): ReadonlyMap<string, number> {
  const map = maps.get(derivation) ?? new Map(derivation[0] === 'entries' ? derivation[1] : derivation[2]);
  maps.set(derivation, map);
  return map;
}
