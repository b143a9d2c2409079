import { z } from 'zod';
import { platform as schema } from '../../lib/config/schema.ts';
import type { Path } from '../../lib/finding/finding.ts';
import { isObject } from '../../lib/json.ts';
import { definitionOf } from './from-schema.ts';
import { type Mutation, put } from './mutations.ts';
import { wrongValuesOf } from './wrong-values.ts';

const UNKNOWN_KEY = 'qqUnknownqq';
/** A name that no generator makes, and which is legal wherever names are. */
const UNKNOWN_NAME = 'qqnobodyqq';

/** Every mistake in the shape, the limits or the names of this platform that a person could make at one place, by the schema. */
export function wrongShapesOf(platform: unknown): Mutation[] {
  const found: Mutation[] = [];
  visit(schema, platform, [], found);
  return found;
}

/** @param value `undefined`: it is taken away */
function mistake(name: string, code: string, path: Path, value: unknown, at = path): Mutation {
  return {
    name: `${name} at ${path.join('.')}`,
    paths: [path],
    apply: (root) => put(root, path, structuredClone(value)),
    told: [{ code, at }],
    maybe: [],
  };
}

function visit(declared: z.ZodType, value: unknown, path: Path, found: Mutation[]): void {
  if (value === undefined || value === null) return;
  const { type, innerType, options } = definitionOf(declared);
  if (innerType) return void visit(innerType, value, path, found);
  if (options) {
    const option = options.find((one) => one.safeParse(value).success);
    if (option && isObject(value) && !isLooseJson(declared)) visitInside(option, value, path, found, true);
    return;
  }
  if (type === 'lazy') return;
  const set = (name: string, wrong: unknown, code = 'config/value') =>
    path.length > 0 && found.push(mistake(name, code, path, wrong));
  const reference = z.globalRegistry.get(declared)?.['x-reference'];
  if (reference !== undefined) set('a name of nothing', UNKNOWN_NAME, `config/unknown-${reference}`);
  if (type === 'string') set('a number for a text', 7);
  if (type === 'number' || type === 'boolean') set('a list for a number or a boolean', ['x']);
  if (type === 'enum' || type === 'literal') set('another word', 'qqwordqq');
  if (type === 'array') set('an object for a list', { 0: 'x' });
  if (type === 'object' || type === 'record') set('a text for an object', 'qqtextqq');
  if (path.length > 0)
    for (const { name, wrong, code = 'config/value', within = [] } of wrongValuesOf(declared, value))
      found.push(mistake(name, code, path, wrong, [...path, ...within]));
  visitInside(declared, value, path, found);
}

/** @param isForm of a union: it is known by its keys, so that one that is missing may make it another form, or none */
function visitInside(declared: z.ZodType, value: unknown, path: Path, found: Mutation[], isForm = false): void {
  const { type, shape, element, keyType, valueType } = definitionOf(declared);
  if (type === 'object' && shape && isObject(value)) {
    if (isStrict(declared)) found.push(mistake('an unknown key', 'config/unknown-key', [...path, UNKNOWN_KEY], 1));
    for (const [key, field] of Object.entries(shape)) {
      if (!Object.hasOwn(value, key)) continue;
      const at = [...path, key];
      if (definitionOf(field).type !== 'optional' && !isForm)
        found.push(mistake('nothing', 'config/missing', at, undefined));
      // The word that tells which form it is decides what all else in it should be.
      if (isForm && definitionOf(field).type === 'literal') inside(field, value[key], at, path, found);
      else visit(field, value[key], at, found);
    }
  }
  if (type === 'record' && isObject(value)) {
    const first = Object.keys(value)[0];
    const isReference = keyType && z.globalRegistry.get(keyType)?.['x-reference'];
    if (first !== undefined && keyType && !isReference && !keyType.safeParse('qq qq').success)
      found.push(mistake('a name that cannot be', 'config/name', [...path, 'qq qq'], value[first]));
    for (const [key, item] of Object.entries(value)) visit(valueType as z.ZodType, item, [...path, key], found);
  }
  if (type === 'array' && Array.isArray(value))
    for (const [index, item] of value.entries()) visit(element as z.ZodType, item, [...path, index], found);
}

function inside(declared: z.ZodType, value: unknown, at: Path, path: Path, found: Mutation[]): void {
  const own: Mutation[] = [];
  visit(declared, value, at, own);
  found.push(...own.map((mutation) => ({ ...mutation, paths: [path] })));
}

function isStrict(declared: z.ZodType): boolean {
  return definitionOf((declared.def as unknown as { catchall?: z.ZodType }).catchall ?? z.unknown()).type === 'never';
}

/** Data of somebody else's shape. */
function isLooseJson(declared: z.ZodType): boolean {
  return (definitionOf(declared).options ?? []).some((option) => definitionOf(option).type === 'record');
}
