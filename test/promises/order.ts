import { createHash } from 'node:crypto';
import type { Locate } from '../../lib/config/findings.ts';
import type { Finding, Path, Place } from '../../lib/finding/finding.ts';
import { isObject } from '../../lib/json.ts';

/** The same value with the keys of every object in another order. */
export function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, seed));
  if (!isObject(value)) return value;
  const place = (key: string) => createHash('sha256').update(`${seed} ${key}`).digest('hex');
  const keys = Object.keys(value).sort((a, b) => (place(a) < place(b) ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, shuffled(value[key], seed)]));
}

/** Where values would stand in a source. */
export type Places = Readonly<{
  locate: Locate;
  /** what stands at a line */
  pathAt: (line: number) => Path;
}>;

/** The places of a source that says a value in the order of its keys, each part of it in a line of its own. */
export function placesIn(configuration: unknown): Places {
  const paths: Path[] = [];
  const lines = new Map<string, number>();
  const visit = (value: unknown, path: Path): void => {
    lines.set(JSON.stringify(path), paths.push(path));
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) visit(item, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  visit(configuration, []);
  const lineOf = (path: Path): number => lines.get(JSON.stringify(path)) ?? lineOf(path.slice(0, -1));
  return {
    // What is missing stands where its parent does, as in a source that is read.
    locate: (path, part) => ({ place: placeAt(lineOf(path), part === 'key' ? 1 : 2) }),
    pathAt: (line) => paths[line - 1] ?? [],
  };
}

function placeAt(line: number, column: number): Place {
  return { file: 'platform.config.ts', line, column, endLine: line, endColumn: column + 1 };
}

/** Of two that are in conflict, the one that stands later is told, and the other beside it. */
export const SIDES = /^(config\/duplicate|model\/)/;

/**
 * A finding without what follows from the order of keys on purpose.
 *
 * @param pathAt what stands at a line, where places move with keys; `undefined`: they do not move
 */
export function regardless(finding: Finding, pathAt?: Places['pathAt']): object {
  const { code, message, place, other, path } = finding;
  const at = (where: Place | undefined) => where && { ...where, ...(pathAt && movedTo(pathAt(where.line))) };
  const isDuplicate = code === 'config/duplicate';
  const isTurned = other !== undefined && SIDES.test(code) && (isDuplicate || pathAt !== undefined);
  return {
    ...finding,
    place: isTurned ? undefined : at(place),
    other: isTurned ? undefined : at(other),
    path: isDuplicate ? path?.at(-1) : isTurned ? undefined : path,
    ...(isTurned && { sides: [at(place), at(other)].map((side) => JSON.stringify(side)).sort() }),
    ...(isDuplicate && { message: words(message) }),
  };
}

function movedTo(path: Path) {
  return { line: path, endLine: path };
}

function words(text: string): string {
  return text.split(/[ ,]+/).sort().join(' ');
}
