import type { Finding } from '../finding/finding.ts';
import { isObject } from '../json.ts';
import type { Disk } from './disk.ts';
import { absentAs, codeOf, within } from './disk.ts';
import * as findings from './findings.ts';
import { type Folder, lockName, staleLockName } from './folder.ts';
import type { Holder, Processes } from './processes.ts';

export type Lock = Readonly<{
  /** Whether nobody took the lock away, taking its holder for dead. */
  isHeld(): boolean;
  release(): void;
}>;

/** Locks that a run of this very process has now. Another one with its name is of a run that could not remove it. */
const held = new Set<string>();

/**
 * Takes the lock of a folder, that of a dead run too.
 *
 * A stale lock is moved aside and only then judged again, as two runs may find it at the same time: the slower of them moves the
 * faster one's new lock, sees that by its text, and puts it back.
 */
export function takeLock(disk: Disk, processes: Processes, { directory }: Folder): Lock | Finding {
  const path = within(directory, lockName);
  const stalePath = within(directory, staleLockName);
  const { self } = processes;
  const text = Buffer.from(`${JSON.stringify(self)}\n`);

  const removeStale = () => {
    if (disk.look(stalePath)?.type === 'file') absentAs(undefined, () => disk.remove(stalePath));
  };
  removeStale(); // a run may have died while it moved one

  const isHeld = () => absentAs(false, () => disk.look(path)?.type === 'file' && disk.read(path).equals(text));
  for (let attempt = 0; attempt < 5; attempt++) {
    if (isCreated(disk, path, text)) {
      if (!isHeld()) continue; // it was empty for a moment, and another run took it for a dead one's
      held.add(path);
      const release = () => {
        held.delete(path);
        if (isHeld()) disk.remove(path);
      };
      return { isHeld, release };
    }

    const type = disk.look(path)?.type;
    if (type === undefined) continue;
    if (type !== 'file') return findings.inTheWay({ path: lockName, at: lockName, by: type });
    const bytes = absentAs(undefined, () => disk.read(path));
    if (!bytes) continue;
    const holder = readHolder(bytes);
    const state = stateOf(holder, processes, path);
    if (holder && state !== 'dead') return findings.busy({ pid: holder.pid, isHere: state === 'alive' });

    absentAs(undefined, () => disk.move(path, stalePath));
    const moved = absentAs(undefined, () => disk.read(stalePath));
    if (moved && !moved.equals(bytes)) isCreated(disk, path, moved);
    removeStale();
  }
  return findings.unsteady({ file: lockName });
}

/** @param holder `undefined`: a lock without text, as its run died before it wrote it */
function stateOf(holder: Holder | undefined, { self, state }: Processes, path: string): ReturnType<Processes['state']> {
  if (!holder) return 'dead';
  const isOfThisProcess = JSON.stringify(holder) === JSON.stringify(self);
  return isOfThisProcess && !held.has(path) ? 'dead' : state(holder);
}

/** Whether a live run, or one of which nothing is known, holds the lock. Touches nothing. */
export function isLocked(disk: Disk, processes: Processes, { directory }: Folder): boolean {
  const path = within(directory, lockName);
  if (disk.look(path)?.type !== 'file') return false;
  const holder = absentAs(undefined, () => readHolder(disk.read(path)));
  return stateOf(holder, processes, path) !== 'dead';
}

/** Whether a run that ended early left its lock, which a commit would carry to other machines. Touches nothing. */
export function isAbandoned(disk: Disk, processes: Processes, folder: Folder): boolean {
  const stands = (name: string) => disk.look(within(folder.directory, name))?.type === 'file';
  return stands(staleLockName) || (stands(lockName) && !isLocked(disk, processes, folder));
}

function isCreated(disk: Disk, path: string, text: Buffer): boolean {
  try {
    disk.create(path, text, 0o644);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(bytes: Buffer): Holder | undefined {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
  if (!isObject(json)) return undefined;
  const { pid, started, boot, namespace, machine } = json;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined;
  if (typeof started !== 'string' || typeof boot !== 'string') return undefined;
  if (typeof namespace !== 'string' || typeof machine !== 'string') return undefined;
  return { pid, started, boot, namespace, machine };
}
