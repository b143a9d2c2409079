import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '../judges/install.ts';
import { judges } from '../judges/judges.ts';
import { grouped } from './group.ts';
import { readLedger } from './ledger.ts';
import { runTests } from './run.ts';
import { judgesTable, trialsTable } from './table.ts';

export type Session = Readonly<{
  /** what node takes after `--test`; a folder stands for the tests in it, and without a file all are meant */
  args: readonly string[];
  /** what of the judges: one that is missing is left out and named at the end, or is an error; or none is asked */
  judges: 'installed' | 'demanded' | 'none';
  /** tries as much as a night allows, and tells what was tried */
  deep?: boolean;
}>;

/** As a night allows it; what the person says goes before. */
const night = { STRENGTH: '20', RUNS: '1000', JUDGED: '200' };

/**
 * Runs tests, and shows at the end which judge read how much.
 *
 * @returns node's exit code
 */
export async function runSession({ args, judges, deep = false }: Session): Promise<number> {
  if (judges === 'demanded' && !allInstalled()) return 1;
  const given = args.flatMap(filesOf);
  const isNamed = given.some(isFile);
  const files = isNamed ? [] : testFiles('test', judges === 'none' ? TEST : TEST_OR_JUDGE);

  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  try {
    const ledger = join(folder, 'ledger');
    const code = await runTests([...given, ...grouped(files, folder)], {
      ...(deep && { ...night, ...chosen(Object.keys(night)) }),
      ...(judges === 'demanded' && { JUDGES: 'demanded' }),
      LEDGER: ledger,
    });
    const { readings, trials } = readLedger(ledger);
    if ([...given, ...files].some((file) => JUDGE.test(file))) process.stdout.write(`\n${judgesTable(readings)}`);
    if (deep) process.stdout.write(`\n${trialsTable(trials)}`);
    return code;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function chosen(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** Looks into each judge: which one it is, its content says. */
function allInstalled(): boolean {
  const problems = judges.flatMap((judge) => {
    try {
      verify(judge);
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
  if (problems.length > 0) process.stderr.write(`${problems.join('\n')}\nall of them: npm run judges -- install\n`);
  return problems.length === 0;
}

const TEST = /\.test\.ts$/;
const JUDGE = /\.judge\.ts$/;
const TEST_OR_JUDGE = /\.(test|judge)\.ts$/;

function isFile(arg: string): boolean {
  return !arg.startsWith('-') && (existsSync(arg) || /\*|\.ts$/.test(arg));
}

/** A folder as the tests in it: releases of Node do not agree what a folder means. */
function filesOf(arg: string): string[] {
  return existsSync(arg) && statSync(arg).isDirectory() ? testFiles(arg, TEST_OR_JUDGE) : [arg];
}

/** Node 20's `--test` knows no patterns. */
export function testFiles(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file))
    .sort()
    .map((file) => join(folder, file));
}
