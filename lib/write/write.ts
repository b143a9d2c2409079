import type { Finding, Outcome } from '../finding/finding.ts';
import { hasErrors } from '../finding/finding.ts';
import { carryOut, findObstacles } from './apply.ts';
import { changesOf, compare, type Step } from './compare.ts';
import { decide, findUnfit, journalOf } from './decide.ts';
import type { Disk } from './disk.ts';
import { failure } from './failure.ts';
import * as findings from './findings.ts';
import { type Folder, journalName } from './folder.ts';
import { discardJournal, journalPath, readJournal } from './journal.ts';
import { takeLock } from './lock.ts';
import { checkRoot } from './place.ts';
import { nodeHost, type Plan } from './plan.ts';
import { type Hold, holdSignals } from './signals.ts';

/** What a write did. */
export type Result = Readonly<{
  /** what became of each document, by path; the manifest is not among them */
  steps: readonly Step[];
  /** paths of all files that were created, updated or deleted, by path; the manifest is among them */
  changed: readonly string[];
}>;

const nothing: Result = { steps: [], changed: [] };

/**
 * Carries a plan out, all or nothing: whatever ends it, the folder is as before, or the next write completes this one. A write
 * that had been interrupted is completed first. The folder is compared anew once it is locked, so a plan cannot be out of date.
 */
export async function write(plan: Plan): Promise<Outcome<Result>> {
  const { folder } = plan;
  const { disk, processes } = plan.options.host ?? nodeHost;
  if (plan.isFresh && plan.isTidy) {
    return { value: { steps: plan.steps, changed: [] }, findings: [...plan.warnings] };
  }

  const hold = holdSignals();
  const progress: Progress = { is: 'untouched' };
  try {
    const misplaced = checkRoot(disk, folder);
    if (misplaced) return refused(misplaced);
    if (!disk.look(folder.directory)) disk.createFolder(folder.directory, 0o755);
    const lock = takeLock(disk, processes, folder);
    if ('code' in lock) return refused(lock);
    try {
      return await writeLocked(plan, { disk, hold, isHeld: lock.isHeld, progress });
    } finally {
      lock.release();
    }
  } catch (error) {
    return refused(failure(error, folder, progress.is));
  } finally {
    await hold.release();
  }
}

const refused = (...found: Finding[]): Outcome<Result> => ({ value: nothing, findings: found });

type Surroundings = Readonly<{ disk: Disk; hold: Hold; isHeld: () => boolean; progress: Progress }>;
type Progress = { is: 'untouched' | 'half' | 'done' };

async function writeLocked(plan: Plan, surroundings: Surroundings): Promise<Outcome<Result>> {
  const { folder, files, options } = plan;
  const { disk, progress } = surroundings;
  const past = await recover(folder, options.force ?? false, surroundings);
  if (hasErrors(past)) return refused(...past);

  const { value, findings: found } = compare(disk, folder, files, options);
  const all = [...past, ...found];
  if (hasErrors(all)) return refused(...all);
  const { steps } = value;
  const changed = changesOf(value);
  const result = { steps, changed: changed.map(({ path }) => path) };
  if (changed.length === 0) return { value: result, findings: all };
  const unfit = findUnfit(disk, folder, changed);
  if (unfit.length > 0) return refused(...all, ...unfit);

  const { journal, texts } = journalOf(changed);
  const refusal = await decide(folder, { journal, texts, ...surroundings });
  if (refusal) return refused(...all, refusal);
  progress.is = 'half';
  const stuck = await carryOut(disk, folder, journal);
  if (stuck.length > 0) return refused(...all, ...stuck);
  progress.is = 'done';
  return { value: result, findings: all };
}

/** Completes a write that was decided, throws away one that was not. */
async function recover(folder: Folder, force: boolean, { disk, progress }: Surroundings): Promise<Finding[]> {
  const state = readJournal(disk, folder);
  if (state.is === 'none') return [];
  const unusable = (problem: string, force: boolean) => findings.badJournal({ file: journalName, problem, force });
  const discard = () => (discardJournal(disk, folder) ? [] : [unusable('it holds what no write puts there', false)]);
  if (state.is === 'uncommitted') return discard();
  if (state.is === 'unusable') return [unusable(state.problem, force), ...(force ? discard() : [])];

  progress.is = 'half';
  const { journal } = state;
  const { edited, kept, blocked, problem } = findObstacles(disk, folder, journal);
  if (blocked.length > 0) return [...blocked];
  if (problem !== undefined) return [unusable(problem, force), ...(force ? discard() : [])];
  if (edited.length > 0 && !force) return edited.map((path) => findings.editedSince({ path }));
  const stuck = await carryOut(disk, folder, journal, kept);
  if (stuck.length === 0) progress.is = 'untouched';
  const orphans = kept.filter(({ after }) => after === null).map(({ path }) => findings.orphanScaffold({ path }));
  return [...stuck, ...orphans, findings.recovered({ file: journalPath(), count: journal.steps.length })];
}
