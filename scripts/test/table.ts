import { readFileSync } from 'node:fs';
import { fileOf } from '../judges/find.ts';
import { type Judge, judges } from '../judges/judges.ts';
import type { Reading, Trial } from './ledger.ts';

/** A table's rows as lines, its columns as wide as they have to be; of these, `right` are numbers. */
function table(rows: readonly (readonly string[])[], right: readonly number[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** Who read how much, and what they said of it. */
export function judgesTable(readings: readonly Reading[]): string {
  const rows = judges.map((judge) => rowOf(judge, readings));
  return table([['judge', 'version', 'documents', 'seconds', 'verdict'], ...rows], [2, 3]);
}

function rowOf(judge: Judge, all: readonly Reading[]): string[] {
  const readings = all.filter(({ judge: name }) => name === judge.name);
  const earnest = readings.filter(({ planted }) => !planted);
  const documents = earnest.reduce((sum, reading) => sum + reading.documents, 0);
  const timed = readings.flatMap(({ seconds }) => seconds ?? []);
  const seconds = timed.reduce((sum, one) => sum + one, 0);
  return [
    judge.name,
    judge.version,
    documents > 0 ? String(documents) : '',
    timed.length > 0 ? seconds.toFixed(1) : '',
    verdict(judge, readings),
  ];
}

function verdict(judge: Judge, readings: readonly Reading[]): string {
  if (fileOf(judge) === undefined)
    return `not installed: ${judge.source === 'machine' ? 'put it on the PATH' : 'npm run judges -- install'}`;
  if (readings.length === 0) return judge.brings ? `brings ${judge.brings}` : 'not asked';
  const refused = readings.filter((reading) => reading.refused && !reading.planted).length;
  const found = readings.filter((reading) => reading.refused && reading.planted).length;
  const words = refused > 0 ? `${refused} refused` : 'all read';
  return found > 0 ? `${words}; of planted faults, ${found} found` : words;
}

/** What was tried how often. */
export function trialsTable(trials: readonly Trial[]): string {
  const rows = [...trials]
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
    .map(({ file, line, cases, discarded, seed, seconds, failed }) => [
      nameAt(file, line),
      `${file}:${line}`,
      String(cases),
      String(discarded),
      String(seed),
      (seconds / 60).toFixed(1),
      failed ? 'does not hold' : 'holds',
    ]);
  return table([['property', 'place', 'cases', 'discarded', 'seed', 'minutes', 'verdict'], ...rows], [2, 3, 4, 5]);
}

/** The name of the test that a line is in. */
function nameAt(file: string, line: number): string {
  const above = readFileSync(file, 'utf8').split('\n').slice(0, line).reverse().join('\n');
  return /\btest(?:\.\w+)?\(\s*(['"`])(.*?)\1/.exec(above)?.[2] ?? '';
}
