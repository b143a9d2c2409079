import fc from 'fast-check';
import { z } from 'zod';
import { type PlatformInput, platform as schema } from '../../lib/config/schema.ts';
import { parseCidr } from '../../lib/config/vocabulary.ts';
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
  return leaves.map((leaf) => ({ ...leaf, other: otherRange(leaf, platform as PlatformInput) ?? leaf.other }));
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
        return [...textsOf(declared), String(value).replace(/\d/, (digit) => String((Number(digit) + 1) % 10))];
      default:
        return [];
    }
  };
  return candidates().find((candidate) => candidate !== value && declared.safeParse(candidate).success);
}

const drawn = new Map<z.ZodType, readonly unknown[]>();

/** Some texts that a schema takes, always the same; drawn once, since a platform has hundreds of texts. */
function textsOf(declared: z.ZodType): readonly unknown[] {
  const known = drawn.get(declared);
  if (known) return known;
  const texts = fc.sample(textOf(declared), { numRuns: 8, seed: 1 });
  drawn.set(declared, texts);
  return texts;
}

const RANGES = ['addressSpace', 'nodeSubnet', 'databaseSubnet', 'podRange', 'serviceRange'] as const;

/**
 * Another range for one of a network's: the ranges of a network lie apart and its subnets inside, so of what the schema takes the
 * model refuses nearly all. `undefined` for what is no such range.
 */
function otherRange({ path, sort }: Leaf, { environments }: PlatformInput): string | undefined {
  const key = RANGES.find((range) => sort === `environments.*.network.${range}`);
  const network = environments[String(path[1])]?.network;
  const own = parseCidr(network?.[key ?? 'addressSpace'] ?? '');
  if (!key || !network || !own) return undefined;
  if (key === 'addressSpace') return written({ ...own, prefix: own.prefix - 1 });
  const space = parseCidr(network.addressSpace);
  const others = RANGES.filter((other) => other !== key && other !== 'addressSpace').flatMap(
    (other) => parseCidr(network[other] ?? '') ?? [],
  );
  const size = own.last - own.first + 1;
  // As large, further on; where there is no room for that, half as large.
  const moved = [1, 2, 3, -1].map((steps) => ({ first: own.first + steps * size, prefix: own.prefix }));
  return [...moved, { first: own.first, prefix: own.prefix + 1 }].map(written).find((text) => {
    const range = parseCidr(text);
    if (!range || !space) return false;
    const isInside = space.first <= range.first && range.last <= space.last;
    const isApart = (other: Range) => range.last < other.first || other.last < range.first;
    return (key.endsWith('Subnet') ? isInside : isApart(space)) && others.every(isApart);
  });
}

type Range = Readonly<{ first: number; last: number }>;

/** A range of this size that holds an address. */
function written({ first, prefix }: { first: number; prefix: number }): string {
  const size = 2 ** (32 - prefix);
  const start = Math.floor(first / size) * size;
  return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')}/${prefix}`;
}

/** The same value with something else at a path. */
export function replaced(root: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const copy = (Array.isArray(root) ? [...root] : { ...(root as object) }) as Record<string | number, unknown>;
  copy[step] = replaced(copy[step], rest, value);
  return copy;
}
