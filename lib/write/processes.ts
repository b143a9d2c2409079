import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, so that no other is ever taken for it. What a system does not tell is `''`. */
export type Holder = Readonly<{
  pid: number;
  /** in ticks since the boot: process numbers are used again */
  started: string;
  /** id of the boot */
  boot: string;
  /** of process numbers: a container has one of its own */
  namespace: string;
  machine: string;
}>;

export type Processes = Readonly<{
  self: Holder;
  /** `unknown`: it is one of another machine or container */
  state(holder: Holder): 'alive' | 'dead' | 'unknown';
}>;

export const nodeProcesses: Processes = {
  self: {
    pid: process.pid,
    started: startOf(process.pid),
    boot: orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: orEmpty(() => readlinkSync('/proc/self/ns/pid')),
    machine: hostname(),
  },
  state(holder) {
    const { self } = nodeProcesses;
    if (holder.machine !== self.machine) return 'unknown';
    if (holder.boot !== self.boot) return 'dead';
    if (holder.namespace !== self.namespace) return 'unknown';
    return isAlive(holder.pid) && startOf(holder.pid) === holder.started ? 'alive' : 'dead';
  },
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is another user's
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * When a process started; `''` also for one that ended and whose parent has not noticed yet, which still has its number.
 *
 * @see proc_pid_stat(5), fields 3 and 22; field 2, the program's name in parentheses, may hold spaces and parentheses itself
 */
function startOf(pid: number): string {
  return orEmpty(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return /[ZX]/.test(fields[0] ?? '') ? '' : (fields[19] ?? '');
  });
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
