import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { judgesFolder } from './find.ts';
import { type GoJudge, type Judge, pinnedFile } from './judges.ts';
import { run } from './run.ts';

/**
 * Builds a judge, unless the pinned one is there. It is built under a temporary name: a build that was cut short leaves nothing
 * that looks like a judge.
 *
 * @returns the binary and whether it was there already
 */
export function ensureGoJudge(judge: Judge & GoJudge): { file: string; cached: boolean } {
  const file = goJudgeFile(judge);
  if (isBuilt(judge, file)) return { file, cached: true };

  const building = join(dirname(dirname(file)), `.building-${judge.name}-${process.pid}`);
  mkdirSync(building, { recursive: true });
  try {
    const built = build(judge, building);
    const information = buildInformation(built);
    if (!isPinnedBuild(judge, information)) {
      throw new Error(`what was built is not ${judge.package} ${judge.version}:\n${information}`);
    }
    mkdirSync(dirname(file), { recursive: true });
    renameSync(built, file);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return { file, cached: false };
}

/** Where a judge's binary lies, once it is built. */
export function goJudgeFile(judge: Judge & GoJudge): string {
  const goVersion = run('go', ['env', 'GOVERSION'], { environment: environmentOf(judge) }).trim();
  return join(judgesFolder(), goVersion, pinnedFile(judge));
}

/** Tells whether the pinned binary is there. */
export function isBuilt(judge: Judge & GoJudge, file: string): boolean {
  return existsSync(file) && isPinnedBuild(judge, buildInformation(file));
}

/**
 * Tells whether a binary is the pinned one, by what the linker wrote into it.
 *
 * @param information what `go version -m` prints
 */
export function isPinnedBuild(judge: Judge & GoJudge, information: string): boolean {
  const rows = information.split('\n').map((line) => line.trim().split('\t'));
  const path = rows.find(([key]) => key === 'path')?.[1];
  const [, module = '', version, sum = ''] = rows.find(([key]) => key === 'mod') ?? [];
  const isOfModule = `${judge.package}/`.startsWith(`${module}/`);
  return path === judge.package && isOfModule && version === judge.version && sum.startsWith('h1:');
}

export function buildInformation(file: string): string {
  return run('go', ['version', '-m', file], { environment });
}

/** Where a judge's own go.mod lies. */
export function moduleFolder({ name }: Judge): string {
  return join(import.meta.dirname, 'modules', name);
}

/** Whatever the person's own settings are: no toolchain is fetched but a judge's own, and the same source gives the same bytes. */
const environment = { GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: '-trimpath' };

export function environmentOf({ toolchain }: GoJudge): Record<string, string> {
  return toolchain === undefined ? environment : { ...environment, GOTOOLCHAIN: toolchain };
}

function build(judge: Judge & GoJudge, folder: string): string {
  const file = join(folder, basename(judge.package));
  const ldflags = judge.ldflags === undefined ? [] : [`-ldflags=${judge.ldflags}`];
  if (judge.ownModule) {
    const args = ['build', '-mod=readonly', ...ldflags, '-o', file, judge.package];
    run('go', args, { folder: moduleFolder(judge), environment: environmentOf(judge) });
  } else {
    const args = ['install', ...ldflags, `${judge.package}@${judge.version}`];
    run('go', args, { environment: { ...environmentOf(judge), GOBIN: folder } });
  }
  return file;
}
