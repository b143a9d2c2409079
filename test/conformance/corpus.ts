import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { readPath } from './path.ts';

/** One promise of the compiler. @see README.md */
export type Case = Readonly<{
  /** `<topic>/<name>` */
  id: string;
  promise: string;
  remove?: readonly string[];
  set?: Readonly<Record<string, unknown>>;
  /** every object of the configuration has its keys in the opposite order */
  reverse?: true;
  /** why the documents are those of the base */
  nothing?: string;
}>;

const folder = fileURLToPath(new URL('./', import.meta.url));

/** The configuration that cases change. */
export const base: unknown = parse(readFileSync(join(folder, 'base/platform.yaml'), 'utf8'));

export function readCases(): Case[] {
  return filesIn('cases').map((file) => {
    const read = parse(readFileSync(join(folder, 'cases', file), 'utf8')) as Omit<Case, 'id'>;
    const unknown = Object.keys(read).filter(
      (key) => !['promise', 'remove', 'set', 'reverse', 'nothing'].includes(key),
    );
    if (unknown.length > 0) throw new Error(`${file} has an unknown ${unknown[0]}`);
    return { id: file.replace(/\.yaml$/, ''), ...read };
  });
}

/** The configuration of a case. */
export function configurationOf({ id, remove = [], set = {}, reverse }: Case): unknown {
  const configuration = structuredClone(base) as Record<string | number, unknown>;
  for (const text of remove) {
    const { holder, key } = placeIn(configuration, text, false);
    if (!Object.hasOwn(holder, key)) throw new Error(`${id}: the base has no ${text}`);
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  }
  for (const [text, value] of Object.entries(set)) {
    const { holder, key } = placeIn(configuration, text, true);
    // An assignment to `__proto__` would set a prototype.
    Object.defineProperty(holder, key, { value, configurable: true, enumerable: true, writable: true });
  }
  return reverse ? reversed(configuration) : configuration;
}

type Holder = Record<string | number, unknown>;

function placeIn(root: Holder, text: string, make: boolean): { holder: Holder; key: string | number } {
  const path = readPath(text);
  let holder = root;
  for (const step of path.slice(0, -1)) {
    if (make && !Object.hasOwn(holder, step)) holder[step] = {};
    const next = Object.hasOwn(holder, step) ? holder[step] : undefined;
    if (typeof next !== 'object' || next === null) throw new Error(`nothing can stand at ${text}`);
    holder = next as Holder;
  }
  return { holder, key: path.at(-1) ?? '' };
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

/** Files below a folder of the corpus, sorted; none where there is no folder. */
export function filesIn(name: string): string[] {
  const root = join(folder, name);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

/** The text of a file of the corpus; `undefined` where there is none. */
export function textOf(file: string): string | undefined {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Makes a folder hold these files and no others. */
export function replaceFolder(name: string, files: ReadonlyMap<string, string>): void {
  rmSync(join(folder, name), { recursive: true, force: true });
  for (const [file, text] of files) {
    const path = join(folder, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
