import { isObject } from '../json.ts';
import { digestOf, isDigest } from './digest.ts';
import type { Disk } from './disk.ts';
import { within } from './disk.ts';
import { type Folder, journalName } from './folder.ts';
import { badPath } from './paths.ts';
import { survey } from './place.ts';

/**
 * What a write is about to do. It lies beside the new texts in a folder of its own; from the moment its name is `journal.json`
 * the write is decided: whoever comes next completes it. Before that, whoever comes next throws it away.
 *
 * ```
 * .platform-journal/
 *   journal.json.new → journal.json
 *   0 1 2 …            new text of step 0, 1, 2 …; moved into place, so gone once the step is done
 * ```
 */
export type Journal = Readonly<{
  /** deletions, then new texts; the manifest's last, if it changes */
  steps: readonly JournalStep[];
}>;

export type JournalStep = Readonly<{
  path: string;
  /** digest of what stood there when this was decided; `null`: nothing */
  before: string | null;
  /** digest of what is to stand there; `null`: nothing */
  after: string | null;
  /** what others make of it after the decision stays: a seed, and a scaffold that is to go */
  isTheirs?: true;
}>;

export type NewText = Readonly<{ text: Buffer; executable: boolean }>;

export type JournalState =
  | Readonly<{ is: 'none' }>
  | Readonly<{ is: 'uncommitted' }>
  | Readonly<{ is: 'committed'; journal: Journal }>
  | Readonly<{ is: 'unusable'; problem: string }>;

const version = 1;
const committed = 'journal.json';
const uncommitted = 'journal.json.new';

/** The path of a step's new text, or of the journal's other files. */
export function journalPath(name: string | number = committed): string {
  return `${journalName}/${name}`;
}

/** Reads what the last write left. Anyone may have put it there: paths are checked, and so is that it was made in this place. */
export function readJournal(disk: Disk, folder: Folder): JournalState {
  const directory = within(folder.directory, journalName);
  const look = survey(disk, folder.directory);
  const around = look(journalName);
  if (around.is === 'absent') return { is: 'none' };
  if (around.is !== 'folder') return { is: 'unusable', problem: 'it is no folder' };
  const spot = look(journalPath());
  if (spot.is === 'absent') return { is: 'uncommitted' };
  if (spot.is !== 'file') return { is: 'unusable', problem: `its \`${committed}\` is no file` };

  const bytes = disk.read(within(directory, committed));
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString());
  } catch {
    return { is: 'unusable', problem: 'it is not JSON' };
  }
  if (!isObject(json) || json.version !== version || !Array.isArray(json.steps)) {
    return { is: 'unusable', problem: 'it is not a journal of this compiler' };
  }
  // a journal that came with a clone, a pull request or a copy would have this machine do what it says
  if (json.inode !== disk.look(directory)?.inode) return { is: 'unusable', problem: 'it was not made here' };

  const steps: JournalStep[] = [];
  for (const [index, value] of json.steps.entries()) {
    const step = parseStep(value);
    if (!step) return { is: 'unusable', problem: `its steps[${index}] is no step` };
    const isManifest = step.path === folder.manifest && step.after !== null && index === json.steps.length - 1;
    const bad = isManifest ? undefined : badPath(step.path, folder);
    if (bad) return { is: 'unusable', problem: `it would change \`${step.path}\`, which ${bad}` };
    steps.push(step);
  }
  return { is: 'committed', journal: { steps } };
}

function parseStep(value: unknown): JournalStep | undefined {
  if (!isObject(value)) return undefined;
  const { path, before, after, isTheirs } = value;
  if (typeof path !== 'string') return undefined;
  if ((before !== null && !isDigest(before)) || (after !== null && !isDigest(after))) return undefined;
  if (before === null && after === null) return undefined;
  return { path, before, after, ...(isTheirs === true && { isTheirs }) };
}

/** Puts new texts (by the index of their step) beside a journal to come. A full disk is met here, before anything changed. */
export async function stage(
  disk: Disk,
  { directory }: Folder,
  texts: ReadonlyMap<number, NewText>,
  pause: () => Promise<boolean>,
): Promise<'staged' | 'stopped'> {
  disk.createFolder(within(directory, journalName), 0o755);
  const paths: string[] = [];
  for (const [index, { text, executable }] of texts) {
    const path = within(directory, journalPath(index));
    disk.create(path, text, executable ? 0o755 : 0o644);
    paths.push(path);
    if (paths.length % 64 === 0 && (await pause())) return 'stopped';
  }
  await disk.sync(paths);
  return (await pause()) ? 'stopped' : 'staged';
}

/** Decides the write: it will be done, by this run or a later one. */
export async function commit(disk: Disk, { directory }: Folder, { steps }: Journal): Promise<void> {
  const folder = within(directory, journalName);
  const inode = disk.look(folder)?.inode;
  const text = `${JSON.stringify({ version, inode, steps }, null, 1)}\n`;
  const fresh = within(directory, journalPath(uncommitted));
  disk.create(fresh, Buffer.from(text), 0o644);
  await disk.sync([fresh, folder, directory]);
  disk.move(fresh, within(directory, journalPath()));
  await disk.sync([folder]);
}

/**
 * Removes a journal and the texts beside it: first what makes it valid, so that dying on the way leaves an uncommitted one. Only
 * files that a write makes are removed.
 *
 * @returns whether nothing is left of it
 */
export function discardJournal(disk: Disk, { directory }: Folder): boolean {
  const folder = within(directory, journalName);
  const type = disk.look(folder)?.type;
  if (type === undefined) return true;
  if (type !== 'folder') return false;
  const names = disk.list(folder).filter((name) => /^([0-9]+|journal\.json(\.new)?)$/.test(name));
  for (const name of names.sort((a, b) => Number(b === committed) - Number(a === committed))) {
    if (disk.look(within(folder, name))?.type !== 'folder') disk.remove(within(folder, name));
  }
  return disk.removeFolder(folder) || disk.look(folder) === undefined;
}

/** Reads a staged text; `undefined` once it was moved into place. */
export function stagedDigest(disk: Disk, { directory }: Folder, index: number): string | undefined {
  const path = within(directory, journalPath(index));
  return disk.look(path)?.type === 'file' ? digestOf(disk.read(path)) : undefined;
}
