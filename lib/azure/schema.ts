import type { JsonObject } from '../json.ts';
import type { Attribute, ObjectType, Scalar, Type } from './type.ts';

/** A place in a value; `*` is any key of a map or any item of a list. */
export type TypePath = readonly string[];

/** What a schema's `#/definitions` must have. */
export const definitions: JsonObject = {
  any: {
    anyOf: [
      { type: ['boolean', 'null', 'number', 'string'] },
      { type: 'array', items: { $ref: '#/definitions/any' } },
      { type: 'object', additionalProperties: { $ref: '#/definitions/any' } },
    ],
  },
};

/**
 * JSON Schema (draft-07) of the values of a type: closed, because Terraform drops an attribute that a type does not have without a
 * word. Stricter than Terraform, too, which takes `"3"` for a number.
 *
 * @param nullable whether null is a value as well
 */
export function schemaOf(type: Type, nullable = false): JsonObject {
  const typed = (name: string) => ({ type: nullable ? [name, 'null'] : name });
  if ('scalar' in type) return scalarSchema(type, nullable);
  if ('list' in type) {
    const { list, unordered, maxItems } = type;
    return {
      ...typed('array'),
      items: schemaOf(list),
      ...(unordered ? { uniqueItems: true } : {}),
      ...(maxItems === undefined ? {} : { maxItems }),
    };
  }
  if ('map' in type) return { ...typed('object'), additionalProperties: schemaOf(type.map) };
  const attributes = Object.entries(type.object);
  const required = attributes.filter(([, attribute]) => attribute.required).map(([name]) => name);
  return {
    ...typed('object'),
    properties: Object.fromEntries(attributes.map(([name, { type, nullable }]) => [name, schemaOf(type, nullable)])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

function scalarSchema(
  { scalar, enum: values, pattern, minimum, maximum, secret }: Scalar,
  nullable: boolean,
): JsonObject {
  if (scalar === 'any') return { $ref: '#/definitions/any' };
  if (secret) return nothing('it is a secret, and everyone can read this file');
  const name = scalar === 'bool' ? 'boolean' : scalar;
  return {
    type: nullable ? [name, 'null'] : name,
    ...(values === undefined ? {} : { enum: nullable ? [...values, null] : values }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}

/** Schema of what may not be there, because of `reason`. */
export function nothing(reason: string): JsonObject {
  return { type: 'null', description: `nothing: ${reason}` };
}

/** Schema of objects that have these fields. */
export function having(...names: readonly string[]): JsonObject {
  return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, true])), required: names };
}

/** The type without some of its attributes. */
export function without({ object }: ObjectType, names: readonly string[]): ObjectType {
  return { object: Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name))) };
}

/** The type, with the attribute at `path` optional: whoever reads the value adds it where it is absent. */
export function withOptional(type: Type, [step, ...rest]: TypePath): Type {
  if (step === undefined) return type;
  if ('list' in type) return { ...type, list: withOptional(type.list, rest) };
  if ('map' in type) return { map: withOptional(type.map, rest) };
  const attribute = 'object' in type ? type.object[step] : undefined;
  if (!('object' in type) || attribute === undefined) throw new Error(`the type has no attribute ${step}`);
  const changed: Attribute =
    rest.length === 0
      ? { ...attribute, required: false, nullable: false }
      : { ...attribute, type: withOptional(attribute.type, rest) };
  return { object: { ...type.object, [step]: changed } };
}
