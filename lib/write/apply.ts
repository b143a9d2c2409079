import type { Finding } from '../finding/finding.ts';
import { digestOf } from './digest.ts';
import type { Disk } from './disk.ts';
import { parentOf, within } from './disk.ts';
import * as findings from './findings.ts';
import { type Folder, journalName } from './folder.ts';
import { discardJournal, type Journal, type JournalStep, journalPath, stagedDigest } from './journal.ts';
import { holdsOnly, survey } from './place.ts';

export type Obstacles = Readonly<{
  /** paths where there stands what the journal knows nothing of: someone's edit */
  edited: readonly string[];
  /** steps that are not to be done, as others wrote meanwhile what is theirs */
  kept: readonly JournalStep[];
  /** never written over, not even by force */
  blocked: readonly Finding[];
  /** why the journal does not fit the folder */
  problem?: string;
}>;

/** Looks for what keeps a journal from being carried out, whether none, some or all of it is done already. Touches nothing. */
export function findObstacles(disk: Disk, folder: Folder, { steps }: Journal): Obstacles {
  const look = survey(disk, folder.directory);
  const doomed = new Set(steps.filter(({ after }) => after === null).map(({ path }) => path));
  const edited: string[] = [];
  const kept: JournalStep[] = [];
  const blocked: Finding[] = [];
  let problem: string | undefined;
  for (const [index, step] of steps.entries()) {
    const { path, before, after } = step;
    const changed = () => (step.isTheirs ? kept.push(step) : edited.push(path));
    const spot = look(path);
    const isPut = after !== null;
    if (spot.is === 'blocked') {
      const isOnItsWayOut = spot.by === 'file' && (!isPut || doomed.has(spot.at));
      if (!isOnItsWayOut) blocked.push(findings.inTheWay({ path, ...spot }));
    } else if (spot.is === 'folder' && isPut && !holdsOnly(disk, folder.directory, path, doomed)) {
      blocked.push(findings.inTheWay({ path, at: path, by: 'folder' }));
    }
    const present = spot.is === 'file' ? digestOf(disk.read(within(folder.directory, path))) : null;
    if (!isPut) {
      if (present !== null && present !== before) changed();
      continue;
    }
    const staged = stagedDigest(disk, folder, index);
    if (staged === undefined) {
      // done already; what a person made of it since is for the next comparison to judge
      if (present === before && before !== after) problem = `the new text of \`${path}\` is gone`;
    } else if (staged !== after) problem = `the new text of \`${path}\` is not what it was`;
    else if (present !== null && present !== before && present !== after) changed();
  }
  return { edited, kept, blocked, ...(problem !== undefined && { problem }) };
}

/**
 * Carries out a committed journal: all of it but the steps that are kept, or what is left to do; then removes it.
 *
 * Right before each change the way to it is resolved anew and must be what its name says, so a folder swapped for a link is
 * noticed up to the last system call. What is not covered, as Node has no `renameat`: a swap between those two calls.
 */
export async function carryOut(
  disk: Disk,
  folder: Folder,
  { steps }: Journal,
  kept: readonly JournalStep[] = [],
): Promise<Finding[]> {
  const root = disk.realpath(folder.directory);
  const full = (path: string) => within(folder.directory, path);
  const touched = new Set<string>(['']);

  const isMisled = (parent: string) => disk.realpath(full(parent)) !== within(root, parent);
  const misled = (path: string) => findings.inTheWay({ path, at: parentOf(path), by: 'symlink' });

  for (const step of steps) {
    if (step.after !== null || kept.includes(step)) continue;
    const { path } = step;
    if (survey(disk, folder.directory)(path).is === 'file') {
      if (isMisled(parentOf(path))) return [misled(path)];
      disk.remove(full(path));
    }
    touched.add(removeEmpty(disk, folder, parentOf(path)));
  }

  const made = new Set<string>(['']);
  /** @returns whether all parts of it are folders now */
  const makeFolders = (path: string): boolean => {
    if (made.has(path)) return true;
    const parent = parentOf(path);
    if (!makeFolders(parent)) return false;
    const type = disk.look(full(path))?.type;
    if (type === undefined && !isMisled(parent)) {
      disk.createFolder(full(path), 0o755);
      touched.add(parent);
    } else if (type !== 'folder') return false;
    made.add(path);
    return true;
  };

  for (const [index, step] of steps.entries()) {
    const { path, after } = step;
    const staged = full(journalPath(index));
    if (after === null || kept.includes(step) || disk.look(staged)?.type !== 'file') continue;
    if (!makeFolders(parentOf(path)) || isMisled(parentOf(path))) return [misled(path)];
    if (disk.look(full(path))?.type === 'folder') removeEmptyTree(disk, full(path));
    if (isMisled(parentOf(path))) return [misled(path)];
    disk.move(staged, full(path));
    touched.add(parentOf(path));
  }

  // the journal must not be gone after a power cut while what it tells of is not there yet
  await disk.sync([...touched].map(full).filter((path) => disk.look(path)?.type === 'folder'));
  if (discardJournal(disk, folder)) return [];
  return [
    findings.badJournal({ file: journalName, problem: 'there is more in it than a write puts there', force: false }),
  ];
}

/** Removes folders that hold nothing, upwards. @returns the first that stays */
function removeEmpty(disk: Disk, { directory }: Folder, path: string): string {
  let at = path;
  for (; at !== ''; at = parentOf(at)) {
    const spot = survey(disk, directory)(at);
    if (spot.is === 'absent' || (spot.is === 'blocked' && spot.by === 'file')) continue;
    if (spot.is !== 'folder' || !disk.removeFolder(within(directory, at))) break;
  }
  return at;
}

/** Removes a folder that holds nothing but such folders, so that a file can take its name. */
function removeEmptyTree(disk: Disk, path: string): void {
  if (disk.look(path)?.type !== 'folder') return;
  for (const name of disk.list(path)) removeEmptyTree(disk, within(path, name));
  disk.removeFolder(path);
}
