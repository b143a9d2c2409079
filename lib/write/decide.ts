import type { Finding } from '../finding/finding.ts';
import { findObstacles } from './apply.ts';
import type { Step } from './compare.ts';
import { digestOf } from './digest.ts';
import { type Disk, parentOf, within } from './disk.ts';
import { failure } from './failure.ts';
import * as findings from './findings.ts';
import { type Folder, journalName } from './folder.ts';
import { commit, discardJournal, type Journal, type NewText, stage } from './journal.ts';
import { holdsOnly } from './place.ts';
import { type Hold, turn } from './signals.ts';

/** Where files would be added and removed, asked before anything is: whether that is allowed, and can be done by moving files. */
export function findUnfit(disk: Disk, folder: Folder, changed: readonly Step[]): Finding[] {
  const found: Finding[] = [];
  const device = disk.look(folder.directory)?.device;
  const asked = new Set<string>();
  for (const path of [...changed.map(({ path }) => path), ...emptiedFolders(disk, folder, changed)]) {
    let parent = parentOf(path);
    while (parent !== '' && !asked.has(parent) && disk.look(within(folder.directory, parent))?.type !== 'folder') {
      asked.add(parent); // it is yet to be made, so what matters is where
      parent = parentOf(parent);
    }
    if (asked.has(parent)) continue;
    asked.add(parent);
    try {
      disk.demandWritable(within(folder.directory, parent));
    } catch (error) {
      found.push(failure(error, folder));
      continue;
    }
    const standing = disk.look(within(folder.directory, parent));
    if (standing?.device !== device) found.push(findings.otherFileSystem({ path, at: parent }));
  }
  return found;
}

/** Folders that go with the last file in them. */
function emptiedFolders(disk: Disk, { directory }: Folder, changed: readonly Step[]): Set<string> {
  const doomed = new Set(changed.filter(({ after }) => after === null).map(({ path }) => path));
  const emptied = new Set<string>();
  const looked = new Set(['']);
  for (const path of doomed)
    for (let parent = parentOf(path); !looked.has(parent); parent = parentOf(parent)) {
      looked.add(parent);
      if (!holdsOnly(disk, directory, parent, doomed)) break;
      emptied.add(parent);
    }
  return emptied;
}

/** The journal of a write, and the new texts by the index of their step. Deletions come first: they make room. */
export function journalOf(changed: readonly Step[]): Readonly<{ journal: Journal; texts: Map<number, NewText> }> {
  const ordered = [...changed.filter(({ after }) => after === null), ...changed.filter(({ after }) => after !== null)];
  const texts = new Map<number, NewText>();
  const steps = ordered.map(({ path, before, after, executable, entry }, index) => {
    if (after !== null) texts.set(index, { text: after, executable });
    const isTheirs = entry?.owner === 'scaffold' || (entry?.owner === 'controller' && after !== null);
    const digests = { before: before && digestOf(before), after: after && digestOf(after) };
    return { path, ...digests, ...(isTheirs && { isTheirs }) };
  });
  return { journal: { steps }, texts };
}

type Decision = Readonly<{
  journal: Journal;
  texts: ReadonlyMap<number, NewText>;
  disk: Disk;
  hold: Hold;
  isHeld: () => boolean;
}>;

/** Stages and commits; whatever keeps it from that, the folder is as before. */
export async function decide(
  folder: Folder,
  { journal, texts, disk, hold, isHeld }: Decision,
): Promise<Finding | undefined> {
  const pause = async () => {
    await turn();
    return hold.asked() !== undefined;
  };
  let isCommitted = false;
  try {
    if ((await stage(disk, folder, texts, pause)) === 'stopped') {
      return findings.stopped({ signal: hold.asked() ?? 'a signal' });
    }
    const { edited, kept, blocked, problem } = findObstacles(disk, folder, journal);
    if (blocked[0]) return blocked[0];
    const path = edited[0] ?? kept[0]?.path;
    if (path !== undefined) return findings.changedMeanwhile({ path });
    if (problem !== undefined) return findings.badJournal({ file: journalName, problem, force: false });
    if (!isHeld()) return findings.unsteady({ file: journalName });
    await commit(disk, folder, journal);
    isCommitted = true;
    return undefined;
  } catch (error) {
    return failure(error, folder);
  } finally {
    if (!isCommitted) undo(disk, folder);
  }
}

/** What it cannot remove now, the next write does. */
function undo(disk: Disk, folder: Folder): void {
  try {
    discardJournal(disk, folder);
  } catch (error) {
    failure(error, folder); // throws on what no disk said
  }
}
