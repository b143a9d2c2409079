import { spawnSync } from 'node:child_process';

/** Longer than the slowest build takes beside another one; a download that hangs ends here. */
const LIMIT_MINUTES = 20;

/**
 * Runs a program to its end.
 *
 * @returns what it wrote to stdout
 * @throws Error with the last lines it wrote, when it cannot be started, fails or takes too long
 */
export function run(
  program: string,
  args: readonly string[],
  { folder, environment }: { folder?: string; environment?: Record<string, string> } = {},
): string {
  const { error, status, signal, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 2 ** 20,
    timeout: LIMIT_MINUTES * 60_000,
  });
  if (error === undefined && status === 0) return stdout;
  if (error !== undefined && 'code' in error && error.code === 'ENOENT')
    throw new Error(`${program} is not on the PATH`);
  const end = error?.message ?? (signal === null ? `exit code ${status}` : `ended by ${signal}`);
  throw new Error(
    [`${[program, ...args].join(' ')}: ${end}`, ...lastLines(`${stdout ?? ''}\n${stderr ?? ''}`)].join('\n'),
  );
}

function lastLines(log: string): string[] {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-15).map((line) => `  | ${line}`);
}
