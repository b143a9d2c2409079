import type { Place } from '../finding/finding.ts';

/** A stretch of a module's text, as offsets: turned into lines and columns only for what is printed. */
export type Span = Readonly<{ module: number; start: number; end: number }>;

export type Text = Readonly<{ file: string; text: string }>;

export function contains(outer: Span, inner: Span): boolean {
  return outer.module === inner.module && outer.start <= inner.start && inner.end <= outer.end;
}

/** @returns turns spans into places; finds the starts of a file's lines once, when first asked about that file */
export function placer(modules: readonly Text[]): (span: Span) => Place {
  const starts = new Map<number, number[]>();
  return ({ module, start, end }) => {
    const { file, text } = modules[module] ?? { file: '', text: '' };
    const lines = starts.get(module) ?? lineStarts(text);
    starts.set(module, lines);
    const [line, column] = position(lines, start);
    const [endLine, endColumn] = position(lines, end);
    return { file, line, column, endLine, endColumn };
  };
}

/** The offsets at which lines start; the first is 0. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: ending } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + ending.length);
  return starts;
}

/** The index of the last entry that is not greater than `value`; -1 when all are. `sorted` rises. */
export function lastNotAbove(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function position(starts: readonly number[], offset: number): [line: number, column: number] {
  const line = lastNotAbove(starts, offset);
  return [line + 1, offset - (starts[line] ?? 0) + 1];
}
