import type { Finding, Outcome } from '../finding/finding.ts';
import { hasErrors } from '../finding/finding.ts';
import { digestOf } from './digest.ts';
import { type Disk, within } from './disk.ts';
import * as findings from './findings.ts';
import type { File, Folder } from './folder.ts';
import { lineDifference } from './line-difference.ts';
import { type LastManifest, type ManifestEntry, printManifest, readManifest } from './manifest.ts';
import { checkPaths, foldPath } from './paths.ts';
import { holdsOnly, type Spot, survey } from './place.ts';
import type { Options } from './plan.ts';
import { findStrays } from './strays.ts';

/** What is to become of one path. */
export type Step = Readonly<{
  path: string;
  /** `keep`: it differs from what the compiler would write, and stays */
  action: 'create' | 'update' | 'delete' | 'keep' | 'same';
  /** in a few words, for listings */
  reason: string;
  /** `null` for the manifest */
  entry: ManifestEntry | null;
  /** what lies there; `null` if nothing does */
  before: Buffer | null;
  /** what the compiler would write; `null` if nothing */
  after: Buffer | null;
  executable: boolean;
}>;

export type Comparison = Readonly<{ steps: readonly Step[]; manifest: Step | null }>;

/** The steps that change anything, the manifest's last. */
export function changesOf({ steps, manifest }: Comparison): Step[] {
  return [...steps, ...(manifest ? [manifest] : [])].filter(({ action }) => action !== 'same' && action !== 'keep');
}

type Judged = Readonly<{ step?: Step; entry?: ManifestEntry; finding?: Finding }>;

/** Compares documents with what lies in a folder, by the manifest of the last write. */
export function compare(disk: Disk, folder: Folder, files: readonly File[], options: Options): Outcome<Comparison> {
  const { force = false, madeBy, only = () => true } = options;
  const failed = (found: Finding[]) => ({ value: { steps: [], manifest: null }, findings: found });

  const look = survey(disk, folder.directory);
  const { value: last, findings: found } = readManifest(disk, folder, force);
  const foreign = last.entries.find(({ target }) => folder.target !== undefined && target !== folder.target);
  if (foreign)
    found.push(
      findings.otherTarget({ file: folder.manifest, target: folder.target ?? '', found: foreign.target ?? '' }),
    );
  if (hasErrors(found)) return failed(found);

  const documents = files
    .map((file) => ({ file, ...contentOf(file) }))
    .map(({ digest, ...one }) => ({ ...one, entry: entryOf(one.file, digest) }))
    .filter(({ entry }) => only(entry));
  const others = last.entries.filter((entry) => !only(entry));
  const unfit = checkPaths(
    [...documents, ...others].map((one) => ('entry' in one ? one.entry.path : one.path)),
    folder,
  );
  if (unfit.length > 0) return failed([...found, ...unfit]);

  const wanted = new Set(documents.map(({ entry }) => entry.path));
  const obsolete = last.entries.filter((entry) => only(entry) && !wanted.has(entry.path));
  const read = (path: string) => disk.read(within(folder.directory, path));
  const removals = obsolete.map((entry) => judgeObsolete(entry, { spot: look(entry.path), read, force }));
  const doomed = new Set(removals.flatMap(({ step }) => (step?.action === 'delete' ? [step.path] : [])));

  const byPath = new Map(last.entries.map((entry) => [entry.path, entry]));
  const byFold = new Map(last.entries.map((entry) => [foldPath(entry.path), entry]));
  /** What the last write knows of the file that stands at a path, under whichever spelling it wrote it. */
  const lastEntryOf = (path: string): ManifestEntry | undefined => {
    const alike = byPath.get(path) ?? byFold.get(foldPath(path));
    return alike && (alike.path === path || isOneFile(disk, folder, [alike.path, path])) ? alike : undefined;
  };
  const puts = documents.map(({ file, text, entry }): Judged => {
    const spot = clear(look(entry.path), entry.path, { disk, folder, doomed });
    if (spot.is === 'folder') return { finding: findings.inTheWay({ path: entry.path, at: entry.path, by: 'folder' }) };
    if (spot.is === 'blocked') return { finding: findings.inTheWay({ path: entry.path, ...spot }) };
    const lastEntry = lastEntryOf(entry.path);
    const isRespelled = lastEntry !== undefined && lastEntry.path !== entry.path && doomed.has(lastEntry.path);
    return judgeDocument({ file, text, entry, lastEntry, isRespelled, spot, read, force, folder });
  });

  const judged = [...removals, ...puts];
  for (const { finding } of judged) if (finding) found.push(finding);
  const steps = judged.flatMap(({ step }) => step ?? []).sort((a, b) => (a.path < b.path ? -1 : 1));
  const entries = [...puts.flatMap(({ entry }) => entry ?? []), ...others];
  if (folder.exclusive && !hasErrors(found)) {
    const known = new Set([...steps, ...others].map(({ path }) => path));
    found.push(...findStrays(disk, folder, known));
  }
  return { value: { steps, manifest: manifestStep(folder, last, printManifest(entries, madeBy)) }, findings: found };
}

function entryOf({ target, path, kind, owner }: File, digest: string): ManifestEntry & { digest: string } {
  return { target, path, kind, owner, digest };
}

type Content = Readonly<{ text: Buffer; digest: string }>;

/** Files are compared to plan a write, and again once the folder is locked. They are the same; what lies there may not be. */
const contents = new WeakMap<File, Content>();

function contentOf(file: File): Content {
  const known = contents.get(file);
  if (known) return known;
  const text = Buffer.from(file.text);
  const content = { text, digest: digestOf(text) };
  contents.set(file, content);
  return content;
}

/** Takes away what will be gone by the time a document is written: files to delete, and folders that hold nothing else. */
function clear(
  spot: Spot,
  path: string,
  { disk, folder, doomed }: { disk: Disk; folder: Folder; doomed: ReadonlySet<string> },
): Spot {
  const goes =
    (spot.is === 'blocked' && spot.by === 'file' && doomed.has(spot.at)) ||
    (spot.is === 'folder' && holdsOnly(disk, folder.directory, path, doomed));
  return goes ? { is: 'absent' } : spot;
}

/** Whether two spellings lead to one file, as they do where letter case does not count. */
function isOneFile(disk: Disk, { directory }: Folder, spellings: readonly [string, string]): boolean {
  const [one, other] = spellings.map((path) => disk.look(within(directory, path)));
  return one !== undefined && one.inode === other?.inode && one.device === other.device;
}

/** Judges a file of the last write for which there is no document any more. */
function judgeObsolete(
  entry: ManifestEntry,
  { spot, read, force }: { spot: Spot; read: (path: string) => Buffer; force: boolean },
): Judged {
  const { path, owner } = entry;
  if (spot.is === 'blocked' && spot.by !== 'file') return { finding: findings.inTheWay({ path, ...spot }) };
  if (spot.is !== 'file') return {}; // someone deleted it, or made a folder of it
  const before = read(path);
  const isUntouched = isAsWritten(entry, digestOf(before));
  const step = { path, entry, before, after: null, executable: spot.executable };
  // a controller's file is about something that is gone now; git has its last text
  if (isUntouched || owner === 'controller') return { step: { ...step, action: 'delete', reason: 'obsolete' } };
  if (owner === 'scaffold') {
    return {
      step: { ...step, action: 'keep', reason: 'obsolete, edited' },
      finding: findings.orphanScaffold({ path }),
    };
  }
  if (force) return { step: { ...step, action: 'delete', reason: 'obsolete, edited, by force' } };
  return { step: { ...step, action: 'keep', reason: 'obsolete, edited' }, finding: findings.editedObsolete({ path }) };
}

/** Whether a file is as the last write left it. What belongs to no target has no digest: nobody edits it. */
function isAsWritten(entry: ManifestEntry | undefined, digest: string): boolean {
  return entry !== undefined && (entry.digest === null || entry.digest === digest);
}

type Subject = Readonly<{
  file: File;
  text: Buffer;
  entry: ManifestEntry;
  lastEntry: ManifestEntry | undefined;
  /** another spelling of the same file is to be deleted, and this file goes with it */
  isRespelled: boolean;
  spot: Spot;
  read: (path: string) => Buffer;
  force: boolean;
  folder: Folder;
}>;

function judgeDocument(subject: Subject): Judged {
  const { file, text, entry, lastEntry, isRespelled, spot, read, force, folder } = subject;
  const { path, owner } = entry;
  const step = { path, entry, after: text, executable: file.executable ?? false };
  if (spot.is !== 'file') {
    return {
      entry,
      step: { ...step, action: 'create', reason: lastEntry?.path === path ? 'missing' : 'new', before: null },
    };
  }

  const before = read(path);
  const found = digestOf(before);
  const isUntouched = isAsWritten(lastEntry, found);
  const update = (reason: string): Judged => ({ entry, step: { ...step, action: 'update', reason, before } });
  const keep = (reason: string, finding?: Finding): Judged => ({
    // an untouched seed of an earlier compile stays known as untouched
    entry: isUntouched ? { ...entry, digest: found } : entry,
    step: { ...step, action: 'keep', reason, before },
    ...(finding && { finding }),
  });

  if (isRespelled) return update('name respelled');
  if (found === entry.digest) {
    const isModeRight = owner !== 'compiler' || process.platform === 'win32' || spot.executable === step.executable;
    return isModeRight ? { entry, step: { ...step, action: 'same', reason: 'same', before } } : update('mode changed');
  }
  if (owner !== 'compiler') {
    if (isUntouched && lastEntry?.owner === 'compiler') return update('owner changed');
    if (isUntouched && folder.exclusive) return update('seed changed');
    return keep(owner === 'scaffold' ? 'a person’s' : 'a controller’s');
  }
  if (isUntouched) return update('text changed');
  // What a controller wrote last is nobody's edit.
  if (lastEntry?.owner === 'controller') return update('owner changed');
  if (lastEntry?.owner === 'scaffold') return keep('a person’s', findings.wasScaffold({ path }));
  if (force) return update(lastEntry ? 'edited by hand, by force' : 'not in the manifest, by force');
  return keep(
    'edited by hand',
    lastEntry ? findings.handEdit({ path, ...lineDifference(before, text) }) : findings.notOurs({ path }),
  );
}

function manifestStep(folder: Folder, { bytes: before }: LastManifest, text: string): Step {
  const after = Buffer.from(text);
  const step = { path: folder.manifest, entry: null, before, after, executable: false };
  if (before === null) return { ...step, action: 'create', reason: 'new' };
  return before.equals(after)
    ? { ...step, action: 'same', reason: 'same' }
    : { ...step, action: 'update', reason: 'text changed' };
}
