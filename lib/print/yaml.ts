import type { Path } from '../finding/finding.ts';
import { isObject } from '../json.ts';
import { blockLines, inlineString, numberText, shown } from './scalar.ts';

export type YamlSettings = Readonly<{
  /** the keys of an object, in the order in which they are printed */
  keys: (object: Readonly<Record<string, unknown>>) => readonly string[];
  /** a comment for the end of the line where the scalar at `path` stands */
  comments?: ((path: Path, value: unknown) => string | undefined) | undefined;
}>;

/** Longer keys need a `?` in front. @see yaml.org/spec/1.2.2, 8.2.2 */
const LONGEST_KEY = 1000;

/**
 * Writes plain JSON as YAML in block style, without aliases, tags and folded lines.
 *
 * The package `yaml` took 1.4 to 4.6 s for 10,000 documents of 60 lines, by the way it was called, this takes 0.2 s. Its reader,
 * in both of its schemas, and those of Python and Go hold in tests that what is written here is what was meant.
 *
 * @throws for what is no JSON
 */
export function yamlLines(value: unknown, settings: YamlSettings): string[] {
  const lines: string[] = [];
  const path: (string | number)[] = [];

  /** `lead` begins the first line: indentation and what of the parent stands on it; `indent` begins the others. */
  function write(value: unknown, lead: string, indent: string): void {
    if (Array.isArray(value) && value.length > 0) {
      let before = lead;
      for (const [index, item] of value.entries()) {
        path.push(index);
        write(item, `${before}- `, `${indent}  `);
        path.pop();
        before = indent;
      }
    } else if (isObject(value) && Object.keys(value).length > 0) {
      let before = lead;
      for (const key of settings.keys(value)) {
        path.push(key);
        writeEntry(inlineString(key), value[key], before, indent);
        path.pop();
        before = indent;
      }
    } else {
      writeScalar(value, lead, indent);
    }
  }

  function writeEntry(key: string, value: unknown, lead: string, indent: string): void {
    const deeper = `${indent}  `;
    if (key.length > LONGEST_KEY) {
      lines.push(`${lead}? ${key}`);
      write(value, `${indent}: `, deeper);
    } else if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
      lines.push(`${lead}${key}:`);
      write(value, deeper, deeper);
    } else {
      writeScalar(value, `${lead}${key}: `, deeper);
    }
  }

  function writeScalar(value: unknown, lead: string, indent: string): void {
    const comment = settings.comments?.(path, value);
    const end = comment === undefined ? '' : ` # ${shown(comment)}`;
    // A block at the root would have no indentation that tells it from what follows.
    const block = typeof value === 'string' && indent !== '' ? blockLines(value) : undefined;
    const [first, ...rest] = block ?? [scalarText(value)];
    lines.push(`${lead}${first}${end}`);
    for (const line of rest) lines.push(line && `${indent}${line}`);
  }

  write(value, '', '');
  return lines;
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return inlineString(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) return '[]';
  if (isObject(value)) return '{}';
  throw new Error(`${typeof value} is no JSON`);
}
