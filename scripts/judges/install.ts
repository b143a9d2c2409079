import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureCustomResourceSchemas } from './custom-resources.ts';
import { binFolder, judge as find } from './find.ts';
import { buildInformation, ensureGoJudge, isPinnedBuild } from './go.ts';
import { type Judge, judgeNamed, judges } from './judges.ts';
import { ensurePythonJudge, isPinnedEnvironment } from './python.ts';
import { run } from './run.ts';

/**
 * Installs judges, one at a time (a Go build uses all cores by itself), in the table's order, with a line for each on stderr.
 *
 * @param names none means all
 * @returns whether all of them are there now
 * @throws Error when a name is no judge's
 */
export function install(names: readonly string[]): boolean {
  const wanted = new Set(names.map(judgeNamed));
  const chosen = wanted.size === 0 ? judges : judges.filter((judge) => wanted.has(judge));
  return chosen.map(installOne).every(Boolean);
}

function installOne(judge: Judge): boolean {
  process.stderr.write(`${judge.name} ${judge.version} `);
  const start = performance.now();
  try {
    const { file, cached } = ensure(judge);
    if (judge.source !== 'machine') link(judge, file);
    process.stderr.write(cached ? 'cached\n' : `${((performance.now() - start) / 1000).toFixed(0)} s\n`);
    return true;
  } catch (error) {
    process.stderr.write(`failed\n${error instanceof Error ? error.message : error}\n`);
    process.stderr.write(
      `  help: npm run judges -- install ${judge.name} tries it again\n  fallback: ${judge.fallback}\n`,
    );
    return false;
  }
}

function ensure(judge: Judge): { file: string; cached: boolean } {
  if (judge.source === 'go') {
    const built = ensureGoJudge(judge);
    if (judge.name !== 'controller-gen') return built;
    const { cached } = ensureCustomResourceSchemas(judge, built.file);
    return { ...built, cached: built.cached && cached };
  }
  if (judge.source === 'python') return ensurePythonJudge(judge);
  return { file: verify(judge), cached: true };
}

/**
 * Looks into a judge: its place in the cache says which one it should be, its content which one it is.
 *
 * @returns its file
 * @throws Error when it is not there or is not the pinned one
 */
export function verify(judge: Judge): string {
  const file = find(judge.name);
  if (!isPinned(judge, file)) {
    const help =
      judge.source === 'machine' ? 'put that version on the PATH' : `npm run judges -- install ${judge.name}`;
    throw new Error(`${file} is not ${judge.name} ${judge.version}\n  help: ${help}`);
  }
  return file;
}

function isPinned(judge: Judge, file: string): boolean {
  if (judge.source === 'go') return isPinnedBuild(judge, buildInformation(file));
  if (judge.source === 'python') return isPinnedEnvironment(dirname(dirname(file)));
  const information = run(file, ['version', '-json'], { environment: { CHECKPOINT_DISABLE: '1' } });
  return JSON.parse(information).terraform_version === judge.version;
}

/** By renaming, so that another process meets the old link or the new one, never none. */
function link({ name }: Judge, file: string): void {
  mkdirSync(binFolder(), { recursive: true });
  const temporary = join(binFolder(), `.${name}-${process.pid}`);
  symlinkSync(file, temporary);
  renameSync(temporary, join(binFolder(), name));
}
