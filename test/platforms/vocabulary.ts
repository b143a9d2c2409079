import type { z } from 'zod';
import { platform as schema } from '../../lib/config/schema.ts';
import { isObject } from '../../lib/json.ts';
import { definitionOf } from './from-schema.ts';

/**
 * What can be said or left unsaid in a configuration: each optional field there, absent or `null`, each form of a union, each word.
 *
 * Presets, services and what a service says for one environment have one vocabulary: each of their fields counts for each of the three,
 * what is inside of a field counts once.
 */
export function vocabulary(): string[] {
  const all = new Set<string>();
  list(schema, 'platform', all);
  return [...new Set([...all].map(ofAnyLayer))].sort();
}

/** Which parts of the vocabulary these platforms have. */
export function reached(platforms: readonly unknown[]): Set<string> {
  const seen = new Set<string>();
  for (const platform of platforms) visit(schema, platform, 'platform', seen);
  return new Set([...seen].map(ofAnyLayer));
}

function ofAnyLayer(part: string): string {
  return part.replace(/^platform\.(presets\.\*|services\.\*|services\.\*\.in\.\*)\.(?!in\b)(\w+)(?=[.[])/, 'layer.$2');
}

function list(schema: z.ZodType, path: string, all: Set<string>): void {
  const { type, shape, innerType, element, valueType, options, entries } = definitionOf(schema);
  if (type === 'nullable') all.add(`${path}: null`);
  if (innerType) list(innerType, path, all);
  for (const [key, field] of Object.entries(shape ?? {})) {
    const here = `${path}.${key}`;
    if (isOptional(field)) all.add(`${here}: there`).add(`${here}: absent`);
    list(field, here, all);
  }
  if (element) list(element, `${path}[]`, all);
  if (valueType) list(valueType, `${path}.*`, all);
  for (const [index, option] of (options ?? []).entries()) {
    all.add(`${path}: form ${index + 1}`);
    list(option, path, all);
  }
  for (const word of Object.values(entries ?? {})) all.add(`${path}: ${word}`);
}

function visit(schema: z.ZodType, value: unknown, path: string, seen: Set<string>): void {
  const { type, shape, innerType, element, valueType, options, entries } = definitionOf(schema);
  if (value === undefined) return;
  if (type === 'nullable' && value === null) {
    seen.add(`${path}: null`);
    return;
  }
  if (innerType) visit(innerType, value, path, seen);
  if (entries) seen.add(`${path}: ${value}`);
  if (shape && isObject(value))
    for (const [key, field] of Object.entries(shape)) {
      const here = `${path}.${key}`;
      if (isOptional(field)) seen.add(`${here}: ${Object.hasOwn(value, key) ? 'there' : 'absent'}`);
      visit(field, value[key], here, seen);
    }
  if (element && Array.isArray(value)) for (const item of value) visit(element, item, `${path}[]`, seen);
  if (valueType && isObject(value)) for (const item of Object.values(value)) visit(valueType, item, `${path}.*`, seen);
  const form = (options ?? []).findIndex((option) => option.safeParse(value).success);
  if (form >= 0) {
    seen.add(`${path}: form ${form + 1}`);
    visit(options?.[form] as z.ZodType, value, path, seen);
  }
}

function isOptional(schema: z.ZodType): boolean {
  return definitionOf(schema).type === 'optional';
}
