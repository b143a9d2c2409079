import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** How long children that were asked to end have for it. */
const GRACE_SECONDS = 5;

/**
 * Runs node:test on files, as many at once as there are cores, and whatever they start in one group of processes, so that Ctrl-C ends
 * all of it.
 *
 * @param args what node takes after `--test`: files, and options such as `--test-name-pattern=…`
 * @returns node's exit code
 */
export function runTests(args: readonly string[], environment: Record<string, string>): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--import', './test/seed.ts', '--test', ...concurrency(), ...args],
    { detached: true, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...environment } },
  );
  const stopListening = onInterrupt((signal) => endGroup(child.pid, signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      stopListening();
      resolve(code ?? 1);
    });
  });
}

/** Node has the option since 20.10. */
function concurrency(): string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 20 || minor >= 10 ? [`--test-concurrency=${availableParallelism()}`] : [];
}

function onInterrupt(end: (signal: NodeJS.Signals) => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, end);
  return () => {
    for (const signal of signals) process.off(signal, end);
  };
}

function endGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  tell(leader, signal);
  setTimeout(() => tell(leader, 'SIGKILL'), GRACE_SECONDS * 1000).unref();
}

/** The leader's number with a minus is its whole group. */
function tell(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // all of them have ended
  }
}
