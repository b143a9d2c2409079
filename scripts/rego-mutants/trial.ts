import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../mutants/report.ts';
import type { Change } from './mutate.ts';

/** `invalid`: OPA does not take it, so nobody could have written it by mistake and not seen it. */
export type Ending = Verdict | 'invalid';

/** A mutant that makes a rule endless, or nearly so. */
const SECONDS = 20;

/** Puts a mutant into a copy of the rules, asks their tests, and puts back what was there. @param tests what OPA loads, in `folder` */
export async function trial(
  opa: string,
  folder: string,
  { mutant: { file }, source }: Change,
  { original, tests }: Readonly<{ original: string; tests: readonly string[] }>,
): Promise<Ending> {
  writeFileSync(join(folder, file), source);
  try {
    const { code, isLate } = await run(opa, ['test', '--timeout', `${SECONDS}s`, ...tests], folder);
    if (isLate) return 'late';
    return code === 0 ? 'survived' : code === FAILED ? 'killed' : 'invalid';
  } finally {
    writeFileSync(join(folder, file), original);
  }
}

/** `opa test` has another exit code for what does not compile. */
const FAILED = 2;

function run(program: string, args: readonly string[], cwd: string): Promise<{ code: number; isLate: boolean }> {
  return new Promise((resolve) => {
    execFile(program, [...args], { cwd, timeout: (SECONDS + 5) * 1000, maxBuffer: 1 << 28 }, (error) => {
      const code = error ? Number((error as { code?: number | string }).code ?? 1) : 0;
      resolve({ code, isLate: error !== null && 'killed' in error && error.killed === true });
    });
  });
}
