import type { Path } from '../finding/finding.ts';
import { isObject } from '../json.ts';

/**
 * Merges a patch over a part of a document, as escape hatches do: objects key by key, `null` removes, all else replaces.
 *
 * @param at where in the document; objects that are missing on the way are made
 * @returns a new value; neither argument is changed
 * @throws when `at` leads through a scalar, or beside a list: plans name what templates make
 * @see RFC 7386
 */
export function applyPatch(value: unknown, patch: unknown, at: Path = []): unknown {
  const [step, ...rest] = at;
  if (step === undefined) return merge(value, patch);
  if (Array.isArray(value) && typeof step === 'number' && step < value.length) {
    return value.map((item, index) => (index === step ? applyPatch(item, patch, rest) : item));
  }
  if (typeof step === 'string' && (value === undefined || isObject(value))) {
    const inner = value && Object.hasOwn(value, step) ? value[step] : undefined;
    return { ...value, [step]: applyPatch(inner, patch, rest) };
  }
  throw new Error(`a document has no ${JSON.stringify(step)} to patch`);
}

function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, merge(result.get(key), value));
  }
  // Defines properties, where an assignment to `__proto__` would set a prototype.
  return Object.fromEntries(result);
}
