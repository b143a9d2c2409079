import type { z } from 'zod';
import type { Path } from '../finding/finding.ts';
import { isObject } from '../json.ts';

/** What is read of zod's schemas: their published definitions (`schema.def`). */
type Definition = Readonly<{
  type: string;
  shape?: Readonly<Record<string, z.ZodType>>;
  innerType?: z.ZodType;
  element?: z.ZodType;
  keyType?: z.ZodType;
  valueType?: z.ZodType;
  options?: readonly z.ZodType[];
}>;

function definitionOf(schema: z.ZodType): Definition {
  return schema.def as unknown as Definition;
}

/** The schema itself, or each of a union's, without `optional` and `nullable` around them. */
export function alternatives(schema: z.ZodType): z.ZodType[] {
  const { innerType, options } = definitionOf(schema);
  if (innerType) return alternatives(innerType);
  return options ? options.flatMap(alternatives) : [schema];
}

/** Every schema that may judge what stands at `path` below a value of `schema`. */
export function schemasAt(schema: z.ZodType, path: Path): z.ZodType[] {
  let schemas = alternatives(schema);
  for (const step of path) schemas = schemas.flatMap((one) => childAlternatives(one, step));
  return schemas;
}

function childAlternatives(schema: z.ZodType, step: string | number): z.ZodType[] {
  const child = childOf(schema, step);
  return child ? alternatives(child) : [];
}

function childOf(schema: z.ZodType, step: string | number): z.ZodType | undefined {
  const { type, shape, element, valueType } = definitionOf(schema);
  if (type === 'object' && shape && Object.hasOwn(shape, step)) return shape[step];
  if (type === 'array' && typeof step === 'number') return element;
  return type === 'record' ? valueType : undefined;
}

/** Every schema that may judge the name of what stands at `path`. */
export function nameSchemasAt(schema: z.ZodType, path: Path): z.ZodType[] {
  return schemasAt(schema, path.slice(0, -1)).flatMap((one) => definitionOf(one).keyType ?? []);
}

/** The keys that an object may have at `path`; empty where any key may stand. */
export function keysAt(schema: z.ZodType, path: Path): string[] {
  return [...new Set(schemasAt(schema, path).flatMap((one) => Object.keys(definitionOf(one).shape ?? {})))];
}

/**
 * Calls `see` with every text of a value, and every key of its maps, that some schema judges: in the order of the value. What is not of
 * the schema's shape is passed over.
 */
export function walkTexts(
  schema: z.ZodType,
  value: unknown,
  see: (text: string, path: Path, schema: z.ZodType, part: 'key' | 'value') => void,
  path: Path = [],
): void {
  if (value === null || value === undefined) return;
  const judge = judgeOf(alternatives(schema), value);
  if (!judge) return;
  if (typeof value === 'string') {
    see(value, path, judge, 'value');
  } else if (Array.isArray(value)) {
    const { element } = definitionOf(judge);
    if (element) for (const [index, item] of value.entries()) walkTexts(element, item, see, [...path, index]);
  } else if (isObject(value)) {
    const { keyType } = definitionOf(judge);
    for (const [key, item] of Object.entries(value)) {
      if (keyType) see(key, [...path, key], keyType, 'key');
      const child = childOf(judge, key);
      if (child) walkTexts(child, item, see, [...path, key]);
    }
  }
}

/** Of several forms the one that takes a value; where something is amiss in it, the one that knows most of its keys. */
function judgeOf(candidates: readonly z.ZodType[], value: unknown): z.ZodType | undefined {
  if (candidates.length < 2) return candidates[0];
  const whole = candidates.find((candidate) => candidate.safeParse(value).success);
  if (whole || !isObject(value)) return whole;
  const known = (candidate: z.ZodType) => Object.keys(value).filter((key) => knows(candidate, key, value[key])).length;
  return candidates.filter((candidate) => known(candidate) > 0).sort((a, b) => known(b) - known(a))[0];
}

function knows(schema: z.ZodType, key: string, value: unknown): boolean {
  const { shape = {} } = definitionOf(schema);
  const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
  // A word that tells forms apart, as the `kind` of a volume, counts only where it is the right one.
  return field !== undefined && (definitionOf(field).type !== 'literal' || field.safeParse(value).success);
}
