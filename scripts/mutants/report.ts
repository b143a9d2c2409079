import { dirname } from 'node:path';
import type { Mutant } from './instrument.ts';

/** `unreached`: no test runs the code of it; `survived`: tests run it, and none minds. */
export type Verdict = 'killed' | 'late' | 'survived' | 'unreached';
export type Tried = Readonly<{ mutant: Mutant; verdict: Verdict; by?: string }>;

/** Killed of those tried, in per cent; one that does not end is killed. */
export function scoreOf(tried: readonly Tried[]): number {
  const killed = tried.filter(({ verdict }) => verdict === 'killed' || verdict === 'late').length;
  return tried.length === 0 ? 100 : (100 * killed) / tried.length;
}

/** A row for each folder, and what survived. */
export function report(tried: readonly Tried[], all: readonly Mutant[]): string {
  const folders = [...new Set(all.map(folderOf))].sort();
  const rows = [...folders, 'all'].map((folder) => {
    const isIn = (mutant: Mutant) => folder === 'all' || folderOf(mutant) === folder;
    const own = tried.filter(({ mutant }) => isIn(mutant));
    const count = (verdict: Verdict) => own.filter((one) => one.verdict === verdict).length;
    const numbers = [
      all.filter(isIn).length,
      ...[own.length, count('killed'), count('late'), count('survived'), count('unreached')],
    ];
    return [folder, ...numbers.map(String), `${scoreOf(own).toFixed(1)} %`];
  });
  const table = [['folder', 'mutants', 'tried', 'killed', 'endless', 'survived', 'unreached', 'score'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join('  '),
  );
  const left = tried
    .filter(({ verdict }) => verdict === 'survived' || verdict === 'unreached')
    .sort((a, b) => a.mutant.file.localeCompare(b.mutant.file) || a.mutant.line - b.mutant.line)
    .map(
      ({ mutant, verdict }) =>
        `${placeOf(mutant)} ${verdict}: ${inOneLine(mutant.original)} → ${inOneLine(mutant.replacement)}`,
    );
  return `${[...left, '', ...lines].join('\n')}\n`;
}

function folderOf({ file }: Mutant): string {
  return dirname(file).split('/').slice(0, 2).join('/'); // `lib/model`, also of what is deeper
}

function placeOf({ file, line, column }: Mutant): string {
  return `${file}:${line}:${column}`;
}

const LONGEST = 70;

function inOneLine(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
