import { isObject } from '../json.ts';
import type { Planned } from '../render/render.ts';
import { jsonString, numberText, shown } from './scalar.ts';
import { yamlLines } from './yaml.ts';

type Keys = (object: Readonly<Record<string, unknown>>) => readonly string[];

/** The key that holds the header of a JSON document, which has no comments. */
const HEADER_KEY = '_generated';

/**
 * Prints a document: the same value gives the same bytes, whatever the order of its keys.
 *
 * @param value JSON; of a text document, the text
 * @param header says who wrote the file: comments at its top, in JSON the field `_generated`
 * @throws for a value that its format cannot hold: templates made it, so it is a fault of ours
 */
export function print({ kind, plan }: Planned, value: unknown, header: readonly string[]): string {
  const keys = keysInOrder(kind.keyOrder ?? []);
  switch (kind.format) {
    case 'yaml': {
      const lines = yamlLines(value, { keys, comments: kind.comments });
      return `${[...commentLines(['# ', ''], header), ...lines].join('\n')}\n`;
    }
    case 'json':
      return `${jsonText(withHeader(value, header), '', (object) => putFirst(HEADER_KEY, keys(object)))}\n`;
    case 'text':
      if (typeof value !== 'string') throw new Error(`a text document of kind ${kind.name} is no string`);
      return withComment(value, header, kind.comment?.(plan.path));
    default:
      throw new Error(`kind ${kind.name} has the unknown format ${JSON.stringify(kind.format satisfies never)}`);
  }
}

/** The keys of `keyOrder` first, all others by code unit: no locale has a say. */
function keysInOrder(keyOrder: readonly string[]): Keys {
  const ranks = new Map(keyOrder.map((key, index) => [key, index]));
  const rank = (key: string) => ranks.get(key) ?? keyOrder.length;
  return (object) => Object.keys(object).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function putFirst(first: string, keys: readonly string[]): readonly string[] {
  return keys.includes(first) ? [first, ...keys.filter((key) => key !== first)] : keys;
}

function withHeader(value: unknown, header: readonly string[]): unknown {
  return isObject(value) && header.length > 0 ? { ...value, [HEADER_KEY]: header.join(' ') } : value;
}

/** Not `JSON.stringify`: it cannot put a key that looks like a number anywhere but first. */
function jsonText(value: unknown, indent: string, keys: Keys): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `${deeper}${jsonText(item, deeper, keys)}`);
    return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (isObject(value)) {
    const entries = keys(value).map((key) => `${deeper}${jsonString(key)}: ${jsonText(value[key], deeper, keys)}`);
    return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`;
  }
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  throw new Error(`${typeof value} is no JSON`);
}

type Marks = readonly [before: string, after: string];

function commentLines([before, after]: Marks, header: readonly string[]): string[] {
  return header.map((line) => `${before}${shown(line)}${after}`.trimEnd());
}

function withComment(text: string, header: readonly string[], marks: Marks | undefined): string {
  if (marks === undefined) return text;
  const [, shebang = '', rest = ''] = /^(#!.*\n)?([\s\S]*)$/.exec(text) ?? [];
  return `${shebang}${commentLines(marks, header)
    .map((line) => `${line}\n`)
    .join('')}${rest}`;
}
