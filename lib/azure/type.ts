import type { Json } from '../json.ts';

/**
 * The type of a Terraform variable, with what the module checks of its values, as data: `schema.ts` makes a JSON Schema of it. The
 * variables of the modules that tests put in place of the real ones are made from it as well, so that both say the same.
 */
export type Type = Scalar | List | Mapping | ObjectType;

export type Scalar = Readonly<{
  scalar: 'string' | 'number' | 'bool' | 'any';
  /** case matters */
  enum?: readonly (string | number)[];
  /** RE2 and JavaScript */
  pattern?: string;
  minimum?: number;
  maximum?: number;
  /** never in a file: it is a password or the like */
  secret?: true;
}>;
export type List = Readonly<{ list: Type; unordered: boolean; maxItems?: number }>;
export type Mapping = Readonly<{ map: Type }>;
export type ObjectType = Readonly<{ object: Readonly<Record<string, Attribute>> }>;

/**
 * An attribute of an object, or a variable of a module: all variables of a module are one object.
 *
 * `default` is there where the module has one that is not null; `nullable`: a null that is given stays null, rather than be the default.
 */
export type Attribute = Readonly<{ type: Type; required: boolean; nullable: boolean; default?: Json }>;

export const string: Scalar = { scalar: 'string' };
export const number: Scalar = { scalar: 'number' };
export const bool: Scalar = { scalar: 'bool' };
export const any: Scalar = { scalar: 'any' };
export const secret: Scalar = { scalar: 'string', secret: true };

/** One of a few texts, or of a few numbers. */
export function oneOf(...values: readonly string[] | readonly number[]): Scalar {
  return { scalar: typeof values[0] === 'number' ? 'number' : 'string', enum: values };
}

export function matching(pattern: RegExp): Scalar {
  return { scalar: 'string', pattern: pattern.source };
}

export function between(minimum: number, maximum?: number): Scalar {
  return { scalar: 'number', minimum, ...(maximum === undefined ? {} : { maximum }) };
}

export function list(type: Type, limits: Readonly<{ maxItems?: number }> = {}): List {
  return { list: type, unordered: false, ...limits };
}

export function set(type: Type): List {
  return { list: type, unordered: true };
}

export function map(type: Type): Mapping {
  return { map: type };
}

/** A type whose default is not null; see `or` and `initially`. */
export type Defaulted = Readonly<{ type: Type; default: Json; nullable: boolean }>;

/** Optional: absent and null both mean `value`. */
export function or(type: Type, value: Json): Defaulted {
  return { type, default: value, nullable: false };
}

/** Optional: absent means `value`, null means null. Of variables only: Terraform has no such attributes. */
export function initially(type: Type, value: Json): Defaulted {
  return { type, default: value, nullable: true };
}

/** An object: first the attributes that must be there, then those that may. */
export function object(
  required: Readonly<Record<string, Type>>,
  optional: Readonly<Record<string, Type | Defaulted>> = {},
): ObjectType {
  return {
    object: {
      ...mapValues(required, (type) => ({ type, required: true, nullable: false })),
      ...mapValues(optional, (entry) => ({
        required: false,
        ...('type' in entry ? entry : { type: entry, nullable: true }),
      })),
    },
  };
}

/** An object whose attributes are all optional. */
export function options(optional: Readonly<Record<string, Type | Defaulted>>): ObjectType {
  return object({}, optional);
}

function mapValues<Value, Result>(
  values: Readonly<Record<string, Value>>,
  convert: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, convert(value)]));
}
