import type { Finding, Outcome } from '../finding/finding.ts';
import { hasErrors } from '../finding/finding.ts';
import { changesOf, compare, type Step } from './compare.ts';
import { digestOf } from './digest.ts';
import { type Disk, nodeDisk, within } from './disk.ts';
import { failure } from './failure.ts';
import * as findings from './findings.ts';
import { type File, type Folder, journalName, type MadeBy } from './folder.ts';
import { type JournalState, journalPath, readJournal } from './journal.ts';
import { isAbandoned, isLocked } from './lock.ts';
import type { ManifestEntry } from './manifest.ts';
import { checkRoot, survey } from './place.ts';
import { nodeProcesses, type Processes } from './processes.ts';

/** The machine it runs on; tests put one in that fails where they want. */
export type Host = Readonly<{ disk: Disk; processes: Processes }>;

export const nodeHost: Host = { disk: nodeDisk, processes: nodeProcesses };

export type Options = Readonly<{
  madeBy: MadeBy;
  /** overwrite and delete what was edited by hand; never what a person or a controller owns, never through links */
  force?: boolean;
  /** which documents it is about; all others stay as they are, in the folder and in the manifest */
  only?: (file: ManifestEntry) => boolean;
  host?: Host;
}>;

/** What a write would do, and all it needs to do it. */
export type Plan = Readonly<{
  folder: Folder;
  files: readonly File[];
  options: Options;
  /** by path; empty if the last write was interrupted, as what to do shows only once that one is completed */
  steps: readonly Step[];
  /** what becomes of the manifest itself; `null` as long as nobody can say */
  manifest: Step | null;
  /** the folder is what a write would make of it: all that `check` asks */
  isFresh: boolean;
  /** nothing of an earlier write lies about, as an interrupted one leaves it */
  isTidy: boolean;
  /** what was found and does not forbid to write */
  warnings: readonly Finding[];
}>;

/**
 * Compares documents with what lies in a folder. Nothing is touched.
 *
 * `check` asks whether it is fresh; `diff` and `--dry-run` list its steps; `write` carries it out.
 */
export async function planWrite(folder: Folder, files: readonly File[], options: Options): Promise<Outcome<Plan>> {
  const { disk, processes } = options.host ?? nodeHost;
  const unknown = { folder, files, options, steps: [], manifest: null, isFresh: false, isTidy: false, warnings: [] };
  try {
    const misplaced = checkRoot(disk, folder);
    if (misplaced) return { value: unknown, findings: [misplaced] };
    // another run may write while this one reads: then what was read is thrown away
    for (let attempt = 0; attempt < 3; attempt++) {
      const before = snapshotOf(disk, folder);
      const { journal } = before;
      if (journal.is === 'committed' || journal.is === 'unusable') {
        return {
          value: unknown,
          findings: [unfinished(journal, { disk, processes }, folder, options)],
        };
      }
      const { value, findings: found } = compare(disk, folder, files, options);
      const after = snapshotOf(disk, folder);
      if (after.journal.is !== journal.is || after.manifest !== before.manifest) continue;
      const isFresh = !hasErrors(found) && value.manifest !== null && changesOf(value).length === 0;
      const isTidy = journal.is === 'none' && !isAbandoned(disk, processes, folder);
      const plan = { ...unknown, ...value, isFresh, isTidy, warnings: found };
      return { value: plan, findings: found };
    }
    return { value: unknown, findings: [findings.unsteady({ file: folder.manifest })] };
  } catch (error) {
    return { value: unknown, findings: [failure(error, folder)] };
  }
}

function snapshotOf(disk: Disk, folder: Folder): Readonly<{ journal: JournalState; manifest: string | undefined }> {
  const isFile = survey(disk, folder.directory)(folder.manifest).is === 'file';
  const manifest = isFile ? digestOf(disk.read(within(folder.directory, folder.manifest))) : undefined;
  return { journal: readJournal(disk, folder), manifest };
}

function unfinished(
  journal: JournalState,
  { disk, processes }: Host,
  folder: Folder,
  { force = false }: Options,
): Finding {
  if (isLocked(disk, processes, folder)) return findings.unsteady({ file: folder.manifest });
  if (journal.is === 'unusable') return findings.badJournal({ file: journalName, problem: journal.problem, force });
  return findings.interrupted({ file: journalPath() });
}
