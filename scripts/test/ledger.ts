import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/**
 * What tests write down for the tables at the end of a run: a line of JSON for each thing, appended to the file that `LEDGER` in their
 * environment names.
 */

/** One call of a judge. */
export type Reading = Readonly<{
  judge: string;
  /** how many documents of ours it was given */
  documents: number;
  /** `null`: another judge called it, and its seconds are that one's */
  seconds: number | null;
  refused: boolean;
  /** a fault was put into the documents, for the judge to find */
  planted: boolean;
}>;

/** One property of whole platforms that was tried. */
export type Trial = Readonly<{
  /** the file of the test, below the repository */
  file: string;
  /** the line in it that tries the property */
  line: number;
  cases: number;
  /** drawn beside these and not fit to be tried */
  discarded: number;
  seed: number;
  seconds: number;
  failed: boolean;
}>;

export type Ledger = Readonly<{ readings: readonly Reading[]; trials: readonly Trial[] }>;

export function writeReading(reading: Reading): void {
  write({ reading });
}

/** To be called by what tries a property, in the test that asks for it; gives what is to be called at the end. */
export function beginTrial(): (end: Pick<Trial, 'cases' | 'discarded' | 'seed' | 'failed'>) => void {
  const start = performance.now();
  // The outermost of the test's own lines: the others are helpers of its file.
  const frames = [...(new Error().stack ?? '').matchAll(/\b(test\/[^\s:]+\.test\.ts):(\d+)/g)];
  const [, file = '', line = '0'] = frames.at(-1) ?? [];
  return (end) => {
    const seconds = (performance.now() - start) / 1000;
    write({ trial: { file, line: Number(line), seconds, ...end } satisfies Trial });
  };
}

function write(entry: object): void {
  const { LEDGER } = process.env;
  if (LEDGER) appendFileSync(LEDGER, `${JSON.stringify(entry)}\n`);
}

export function readLedger(file: string): Ledger {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const entries = lines.map((line) => JSON.parse(line) as { reading?: Reading; trial?: Trial });
  return {
    readings: entries.flatMap(({ reading }) => reading ?? []),
    trials: entries.flatMap(({ trial }) => trial ?? []),
  };
}
