import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a test file reaches while nothing is wrong, and how long it takes. */
export type Reach = Readonly<{ test: string; seconds: number; mutants: ReadonlySet<string> }>;

export type Ending = 'green' | 'red' | 'late';

/** How much longer than without a mutant a test may take before it counts as one that does not end. */
const SLOWER = 5;
const GRACE_SECONDS = 20;

/** @throws when a test is red without any mutant: it would kill all of them */
export async function reachOf(root: string, test: string): Promise<Reach> {
  const folder = mkdtempSync(join(tmpdir(), 'reached-'));
  try {
    const start = performance.now();
    const hook = `--import ${pathToFileURL(join(root, 'scripts/mutants/reached.mjs')).href}`;
    const ending = await run(root, test, { REACHED: folder, NODE_OPTIONS: hook }, 600);
    if (ending !== 'green') throw new Error(`${test} is ${ending} without any mutant`);
    const reached = readdirSync(folder).flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
    return { test, seconds: (performance.now() - start) / 1000, mutants: new Set(reached) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs a test with a mutant. @param grace seconds that it may take in any case */
export function tryMutant(root: string, { test, seconds }: Reach, id: string, grace = GRACE_SECONDS): Promise<Ending> {
  return run(root, test, { __STRYKER_ACTIVE_MUTANT__: id }, seconds * SLOWER + grace);
}

function run(root: string, test: string, more: Record<string, string>, seconds: number): Promise<Ending> {
  const args = ['--import', 'tsx', '--import', './test/seed.ts', test];
  const env = { ...process.env, ...more };
  const child = spawn(process.execPath, args, { cwd: root, detached: true, stdio: 'ignore', env });
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      // With all that it has started.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, seconds * 1000);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(isLate ? 'late' : code === 0 ? 'green' : 'red');
    });
  });
}
