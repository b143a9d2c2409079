import { spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the operating system says of one finished process, with all that it started and waited for. */
export type Usage = Readonly<{
  /** seconds */
  wall: number;
  /** seconds of processor, its own and the kernel's for it: these hardly change when something else runs beside */
  cpu: number;
  /** megabytes, of the largest single process */
  memory: number;
}>;

export type Ran = Usage & Readonly<{ out: string; error: string }>;

/** Longer than anything that is worth to be waited for. */
const LIMIT_MINUTES = 20;

const TIME = '/usr/bin/time';

/** @throws Error in one line when what measures is not there */
export function needTime(): void {
  try {
    accessSync(TIME, constants.X_OK);
    run(['true'], { folder: tmpdir() });
  } catch {
    throw new Error(`bench needs GNU time as ${TIME} (Debian: apt install time)`);
  }
}

/**
 * Runs a command to its end and measures it from outside, as a shell would start it.
 *
 * @param command a program and its arguments
 * @throws Error with the last lines it wrote, when it fails or takes too long
 */
export function run(
  command: readonly string[],
  { folder, environment = {} }: { folder: string; environment?: Readonly<Record<string, string>> },
): Ran {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-run-'));
  const figures = join(scratch, 'figures');
  // Files, because what is printed for 10,000 services is more than a pipe's reader should hold.
  const out = openSync(join(scratch, 'out'), 'w');
  const error = openSync(join(scratch, 'error'), 'w');
  try {
    const start = performance.now();
    const ended = spawnSync(TIME, ['-f', '%U %S %M', '-o', figures, ...command], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1', ...environment },
      stdio: ['ignore', out, error],
      timeout: LIMIT_MINUTES * 60_000,
      killSignal: 'SIGKILL',
    });
    const wall = (performance.now() - start) / 1000;
    const text = (name: string) => readFileSync(join(scratch, name), 'utf8');
    if (ended.error || ended.status !== 0) {
      const why = ended.error?.message ?? `exit code ${ended.status ?? ended.signal}`;
      const last = `${text('out').slice(-1000)}\n${text('error').slice(-1000)}`.split('\n').filter(Boolean).slice(-5);
      throw new Error([`${command.join(' ')}: ${why}`, ...last.map((line) => `  | ${line}`)].join('\n'));
    }
    const [user = 0, system = 0, kilobytes = 0] =
      text('figures').trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
    return { wall, cpu: user + system, memory: kilobytes / 1024, out: text('out'), error: text('error') };
  } finally {
    closeSync(out);
    closeSync(error);
    rmSync(scratch, { recursive: true, force: true });
  }
}
