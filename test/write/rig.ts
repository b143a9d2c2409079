import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import type { Finding, Outcome } from '../../lib/finding/finding.ts';
import { type Disk, nodeDisk } from '../../lib/write/disk.ts';
import type { File, Folder } from '../../lib/write/folder.ts';
import { type Host, nodeHost, type Options, type Plan, planWrite } from '../../lib/write/plan.ts';
import type { Holder, Processes } from '../../lib/write/processes.ts';
import { type Result, write } from '../../lib/write/write.ts';

export const madeBy = { compiler: '1.0.0' };

/** A folder of its own, gone after the test. */
export function temporary(t: TestContext): string {
  // in memory where that is to be had; its real path, as `/tmp` is a link on macOS
  const parent = fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();
  const directory = fs.realpathSync(fs.mkdtempSync(path.join(parent, 'write-')));
  t.after(() => fs.rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function outOf(t: TestContext): Folder {
  return { directory: path.join(temporary(t), 'out'), manifest: 'manifest.json', exclusive: true };
}

/** With a folder of its own around it: what lies beside it is nobody else's. */
export function checkoutOf(t: TestContext): Folder {
  const directory = path.join(temporary(t), 'checkout');
  fs.mkdirSync(directory);
  return { directory, manifest: '.platform-manifest.json' };
}

export function file(path: string, text: string, rest: Partial<File> = {}): File {
  return { path, target: path.split('/')[0] ?? null, kind: 'thing', owner: 'compiler', text, ...rest };
}

/** Plans and writes, as a command does. */
export async function lay(
  folder: Folder,
  files: readonly File[],
  options: Partial<Options> = {},
): Promise<Outcome<Result>> {
  const plan = await planWrite(folder, files, { madeBy, ...options });
  return write(plan.value);
}

export async function planned(folder: Folder, files: readonly File[], options: Partial<Options> = {}) {
  return planWrite(folder, files, { madeBy, ...options });
}

/** `action path (reason)` of all that does not stay the same. */
export function steps({ value }: Outcome<Plan>): string[] {
  return value.steps
    .filter(({ action }) => action !== 'same')
    .map(({ action, path, reason }) => `${action} ${path} (${reason})`);
}

export function codes({ findings }: Readonly<{ findings: readonly Finding[] }>): string[] {
  return findings.map(({ code, document }) => `${code} ${document?.file}`);
}

export function put(folder: Folder, path: string, text: string): void {
  const full = at(folder, path);
  fs.mkdirSync(full.slice(0, full.lastIndexOf('/')), { recursive: true });
  fs.writeFileSync(full, text);
}

export function at(folder: Folder, relative: string): string {
  return path.join(folder.directory, relative);
}

export function textAt(folder: Folder, path: string): string | undefined {
  return fs.existsSync(at(folder, path)) ? fs.readFileSync(at(folder, path), 'utf8') : undefined;
}

/** All that lies in a folder, but for a repository's own files: path → text; of a folder that holds nothing, `/`. */
export function contents(directory: string): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (parent: string) => {
    const entries = fs.existsSync(path.join(directory, parent)) ? fs.readdirSync(path.join(directory, parent)) : [];
    if (entries.length === 0 && parent !== '') found[parent] = '/';
    for (const name of entries.sort()) {
      const relative = parent === '' ? name : `${parent}/${name}`;
      const stats = fs.lstatSync(path.join(directory, relative));
      if (name === '.git') continue;
      if (stats.isDirectory()) visit(relative);
      else found[relative] = stats.isFile() ? fs.readFileSync(path.join(directory, relative), 'utf8') : 'special';
    }
  };
  visit('');
  return found;
}

/** What a test throws in the place of an end by `kill -9`. */
export class Kill extends Error {}

/** The real disk, but for waiting for it: a process that dies loses nothing that it wrote. */
export const quickDisk: Disk = { ...nodeDisk, sync: async () => {} };

export type Fault = Readonly<{
  /** which operation, from 0 */
  at: number;
  /** the end of the process, or the code of an error; `… in the middle`: with half of a file written */
  how: 'kill' | string;
  /** all that follow fail too, unless they only read or remove */
  lasting?: boolean;
}>;

export const reads: readonly (keyof Disk)[] = ['look', 'realpath', 'list', 'read', 'demandWritable'];
const removes: readonly (keyof Disk)[] = ['remove', 'removeFolder'];

/**
 * A disk that fails at one operation. After a kill nothing works: what a process would still do in `finally` is not done.
 *
 * @param uncounted operations that do not fail; of kills, all that only read: one there leaves what one at the next change leaves
 */
export function faulty(
  fault: Fault | undefined,
  uncounted: readonly (keyof Disk)[] = [],
): Readonly<{ disk: Disk; count: () => number; changes: () => number }> {
  let count = 0;
  let changes = 0;
  let isDead = false;
  const disk = Object.fromEntries(
    (Object.keys(nodeDisk) as (keyof Disk)[]).map((name) => {
      const operate = (...args: unknown[]): unknown => {
        if (isDead) throw new Kill();
        if (!reads.includes(name)) changes++;
        const index = uncounted.includes(name) ? -1 : count++;
        const isPassive = reads.includes(name) || removes.includes(name);
        if (fault && (index === fault.at || (fault.lasting && index > fault.at && !isPassive))) {
          const [code = ''] = fault.how.split(' ');
          if (fault.how.endsWith(' in the middle') && name === 'create') {
            const [path, bytes, mode] = args as Parameters<Disk['create']>;
            if (!fs.existsSync(path)) nodeDisk.create(path, bytes.subarray(0, bytes.length / 2), mode);
          }
          if (code === 'kill') {
            isDead = true;
            throw new Kill();
          }
          throw Object.assign(new Error(code), { code, path: String(args[0]) });
        }
        return (quickDisk[name] as (...args: unknown[]) => unknown)(...args);
      };
      return [name, name === 'sync' ? async (...args: unknown[]) => operate(...args) : operate];
    }),
  ) as unknown as Disk;
  return { disk, count: () => count, changes: () => changes };
}

/** The real disk, on which something else happens right before one operation. */
export function meddled(at: number, act: () => void): Disk {
  let count = 0;
  return Object.fromEntries(
    Object.entries(quickDisk).map(([name, operate]) => [
      name,
      (...args: never[]) => {
        if (count++ === at) act();
        return (operate as (...args: never[]) => unknown)(...args);
      },
    ]),
  ) as unknown as Disk;
}

/** The `pid`th process of a machine where all others are dead, but those in `alive`. */
export function processNumber(pid: number, alive: readonly number[] = [], unknown: readonly number[] = []): Processes {
  const self: Holder = { pid, started: String(pid), boot: 'b', namespace: 'n', machine: 'm' };
  return {
    self,
    state: (holder) =>
      unknown.includes(holder.pid) ? 'unknown' : [pid, ...alive].includes(holder.pid) ? 'alive' : 'dead',
  };
}

export function hostOf(disk: Disk, processes: Processes = nodeHost.processes): Host {
  return { disk, processes };
}
