import type { Path } from '../finding/finding.ts';
import { isObject } from '../json.ts';
import { inlineStyle, isBlock, numberText, shown } from './scalar.ts';

export type YamlSettings = Readonly<{
  /** the keys of an object, in the order in which they are printed */
  keys: (object: Readonly<Record<string, unknown>>) => readonly string[];
  /** a comment for the end of the line where the scalar at `path` stands */
  comments?: ((path: Path, value: unknown) => string | undefined) | undefined;
}>;

/** A longer key stands behind a `?`: YAML has readers look no further for its colon. */
const LONGEST_KEY = 1024;

/**
 * Writes plain JSON as YAML in block style, without aliases, tags and folded lines.
 *
 * By hand, since nine tenths of a library's time are for what is not written here: of `yaml`, 0.3 ms a document, which was 2 s of 1,000
 * services' 12. A test holds that what this writes is that library's text, letter by letter.
 *
 * @throws for what is no JSON
 */
export function yamlLines(value: unknown, { keys, comments }: YamlSettings): string[] {
  const lines: string[] = [];
  const path: (string | number)[] = [];

  /** @param lead what stands on the first line before the value; @param indent before each of the following ones */
  function write(value: unknown, lead: string, indent: string): void {
    if (Array.isArray(value) && value.length > 0) {
      for (const [index, item] of value.entries()) {
        path.push(index);
        write(item, `${index === 0 ? lead : indent}- `, `${indent}  `);
        path.pop();
      }
    } else if (isObject(value) && Object.keys(value).length > 0) {
      for (const [index, key] of keys(value).entries()) {
        path.push(key);
        entry(inline(key), value[key], index === 0 ? lead : indent, indent);
        path.pop();
      }
    } else leaf(value, lead, indent);
  }

  function entry(key: string, value: unknown, lead: string, indent: string): void {
    const deeper = `${indent}  `;
    if (key.length > LONGEST_KEY) {
      lines.push(`${lead}? ${key}`);
      write(value, `${indent}: `, deeper);
    } else if (isNested(value)) {
      lines.push(`${lead}${key}:`);
      write(value, deeper, deeper);
    } else leaf(value, `${lead}${key}: `, deeper);
  }

  function leaf(value: unknown, lead: string, indent: string): void {
    const said = comments?.([...path], value);
    const comment = said === undefined ? '' : ` # ${shown(said)}`;
    // A block at the root would have no indentation that tells it from what follows.
    if (typeof value !== 'string' || path.length === 0 || !isBlock(value)) {
      lines.push(`${lead}${scalar(value)}${comment}`);
      return;
    }
    const isClosed = value.endsWith('\n');
    lines.push(`${lead}${isClosed ? '|' : '|-'}${comment}`);
    for (const line of (isClosed ? value.slice(0, -1) : value).split('\n')) lines.push(line && `${indent}${line}`);
  }

  write(value, '', '');
  return lines;
}

function isNested(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
}

/** What stands on one line: a scalar, or an empty list or object. */
function scalar(value: unknown): string {
  if (typeof value === 'string') return inline(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) return '[]';
  if (isObject(value)) return '{}';
  throw new Error(`${typeof value} is no JSON`);
}

function inline(text: string): string {
  switch (inlineStyle(text)) {
    case 'plain':
      return text;
    case 'single':
      return `'${text.replaceAll("'", "''")}'`;
    case 'double':
      // As in JSON it stays on one line, whatever it holds.
      return shown(JSON.stringify(text));
  }
}
