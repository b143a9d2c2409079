import fc from 'fast-check';
import { z } from 'zod';
import { textOf } from './words.ts';

/** What is read of zod's schemas: their published definitions (`schema.def`). */
type Definition = Readonly<{
  type: string;
  shape?: Readonly<Record<string, z.ZodType>>;
  innerType?: z.ZodType;
  element?: z.ZodType;
  keyType?: z.ZodType;
  valueType?: z.ZodType;
  options?: readonly z.ZodType[];
  entries?: Readonly<Record<string, string>>;
  values?: readonly unknown[];
}>;

export function definitionOf(schema: z.ZodType): Definition {
  return schema.def as unknown as Definition;
}

/** What is read of a check of a schema. */
export type Check = Readonly<{ pattern?: RegExp; minimum?: number; maximum?: number }>;

export function checksOf(schema: z.ZodType): Check[] {
  const { checks = [] } = schema.def as { checks?: { _zod: { def: Check } }[] };
  return checks.map((check) => check._zod.def);
}

/** What a path means to the generator: how many entries a map has, how often an optional field is there, or what stands there. */
export type Wishes = Readonly<{
  /** `undefined`: by the schema */
  instead?: (path: string) => fc.Arbitrary<unknown> | undefined;
  /** the fewest and the most entries of a map or a list */
  size: (path: string) => readonly [fewest: number, most: number];
  /** an optional field is there in one of so many cases */
  rarity: (path: string) => number;
  /** what may be `null` is so many times more often something */
  nulls: number;
}>;

/** Marks a key that is not there, for the time between drawing and cleaning. */
const ABSENT = Symbol('absent');

/**
 * Values that a schema accepts, as far as one can tell from each part by itself: names refer to anything, what must be unique may stand
 * twice. `settle` makes a platform of it. A field that is added to the schema is drawn from then on.
 *
 * @param path of names joined by dots; a map's key is `*`, an item of a list `[]`
 */
export function fromSchema(schema: z.ZodType, wishes: Wishes, path = ''): fc.Arbitrary<unknown> {
  const { type, shape, innerType, element, keyType, valueType, options, entries, values } = definitionOf(schema);
  const instead = innerType ? undefined : wishes.instead?.(path);
  if (instead) return instead;
  if (z.globalRegistry.get(schema)?.['x-reference'] !== undefined) return reference;
  const [fewest, most] = wishes.size(path);
  switch (type) {
    case 'optional':
      return fromSchema(innerType as z.ZodType, wishes, path);
    case 'nullable':
      return fc.oneof(
        { weight: wishes.nulls, arbitrary: fromSchema(innerType as z.ZodType, wishes, path) },
        { weight: 1, arbitrary: fc.constant(null) },
      );
    case 'object': {
      const fields = Object.entries(shape ?? {}).map(([key, field]) => {
        const here = path === '' ? key : `${path}.${key}`;
        const value = fromSchema(field, wishes, here);
        const rarity = definitionOf(field).type === 'optional' ? wishes.rarity(here) : 0;
        return [key, rarity === 0 ? value : seldom(value, rarity)] as const;
      });
      return fc.record(Object.fromEntries(fields), { noNullPrototype: true }).map(present);
    }
    case 'record': {
      const key = fromSchema(keyType as z.ZodType, wishes, `${path}.key`) as fc.Arbitrary<string>;
      return fc.dictionary(
        key.filter((name) => name !== '__proto__'),
        fromSchema(valueType as z.ZodType, wishes, `${path}.*`),
        { minKeys: fewest, maxKeys: most, size: 'max', noNullPrototype: true },
      );
    }
    case 'array':
      return fc.uniqueArray(fromSchema(element as z.ZodType, wishes, `${path}[]`), {
        minLength: fewest,
        maxLength: most,
        size: 'max',
        selector: (item) => JSON.stringify(item),
      });
    case 'union':
      return fc.oneof(...(options ?? []).map((option) => fromSchema(option, wishes, path)));
    case 'enum':
      return fc.constantFrom(...Object.values(entries ?? {}));
    case 'literal':
      return fc.constantFrom(...(values ?? []));
    case 'boolean':
      return fc.boolean();
    case 'number':
      return numberOf(schema);
    case 'string':
      return textOf(schema);
    default:
      throw new Error(`the generator does not know ${type} at ${path}`);
  }
}

/** Which of the names that are there, told apart by number; `settle` looks it up. The smallest is the first. */
const reference = fc.nat({ max: 999 }).map(String);

function seldom(value: fc.Arbitrary<unknown>, rarity: number): fc.Arbitrary<unknown> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: rarity - 1, arbitrary: fc.constant(ABSENT) },
    { weight: 1, arbitrary: value },
  );
}

function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ABSENT));
}

/** Both ends of a range are where programs go wrong. */
function numberOf(schema: z.ZodType): fc.Arbitrary<number> {
  const { minValue, maxValue } = schema as z.ZodNumber;
  const min = minValue ?? Number.MIN_SAFE_INTEGER;
  const max = maxValue ?? Number.MAX_SAFE_INTEGER;
  const isWhole = schema.safeParse(min).success && !schema.safeParse(min + 0.5).success;
  return fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min, max: Math.min(max, min + 20) }) },
    { weight: 2, arbitrary: fc.integer({ min, max }) },
    { weight: 1, arbitrary: fc.constantFrom(min, max) },
    ...(isWhole ? [] : [{ weight: 2, arbitrary: fc.constantFrom(0, -1, 0.1, 1e21 > max ? 1.5 : 1e21, 1e-7, 80) }]),
  );
}
