import fc from 'fast-check';
import { z } from 'zod';
import { platform as schema } from '../../lib/config/schema.ts';
import type { Path } from '../../lib/finding/finding.ts';
import { isObject } from '../../lib/json.ts';
import { definitionOf } from './from-schema.ts';
import { textOf } from './words.ts';

/** A value at the end of a path of a configuration, and another one that its schema takes as well. */
export type Leaf = Readonly<{
  path: Path;
  /** the path with `*` for names and for items of lists */
  sort: string;
  other: unknown;
}>;

/** Every text, number and boolean of a platform that is not the name of something else. */
export function leavesOf(platform: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  visit(schema, platform, [], '', leaves);
  return leaves;
}

function visit(declared: z.ZodType, value: unknown, path: Path, sort: string, leaves: Leaf[]): void {
  if (value === undefined || value === null || z.globalRegistry.get(declared)?.['x-reference'] !== undefined) return;
  const { type, shape, innerType, element, valueType, options } = definitionOf(declared);
  if (innerType) visit(innerType, value, path, sort, leaves);
  else if (options) {
    const option = options.find((one) => one.safeParse(value).success);
    if (option) visit(option, value, path, sort, leaves);
  } else if (type === 'object' && shape && isObject(value))
    for (const [key, field] of Object.entries(shape))
      visit(field, value[key], [...path, key], sort === '' ? key : `${sort}.${key}`, leaves);
  else if (valueType && isObject(value))
    for (const [key, item] of Object.entries(value)) visit(valueType, item, [...path, key], `${sort}.*`, leaves);
  else if (element && Array.isArray(value))
    for (const [index, item] of value.entries()) visit(element, item, [...path, index], `${sort}.*`, leaves);
  else {
    const other = otherThan(value, declared);
    if (other !== undefined) leaves.push({ path, sort, other });
  }
}

function otherThan(value: unknown, declared: z.ZodType): unknown {
  const { type, entries, values } = definitionOf(declared);
  const candidates = (): readonly unknown[] => {
    switch (type) {
      case 'boolean':
        return [!value];
      case 'number':
        return [Number(value) + 1, Number(value) - 1];
      case 'enum':
        return Object.values(entries ?? {});
      case 'literal':
        return values ?? [];
      case 'string':
        return fc.sample(textOf(declared), { numRuns: 8, seed: 1 });
      default:
        return [];
    }
  };
  return candidates().find((candidate) => candidate !== value && declared.safeParse(candidate).success);
}

/** The same value with something else at a path. */
export function replaced(root: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const copy = (Array.isArray(root) ? [...root] : { ...(root as object) }) as Record<string | number, unknown>;
  copy[step] = replaced(copy[step], rest, value);
  return copy;
}
