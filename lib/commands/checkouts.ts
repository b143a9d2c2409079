import { execFile } from 'node:child_process';
import { lstat, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Finding } from '../finding/finding.ts';
import { type Terminal, WrongCall } from './command.ts';

/** A target and the folder that its repository is checked out in, absolute and without links. */
export type Checkout = Readonly<{ target: string; directory: string }>;

/** Reads `<target>=<checkout>` …. @throws WrongCall for another form, and for a target or a folder that is named twice */
export async function readCheckouts(positionals: readonly string[], { directory }: Terminal): Promise<Checkout[]> {
  if (positionals.length === 0) throw new WrongCall('name at least one <target>=<checkout>');
  const checkouts = await Promise.all(
    positionals.map(async (text) => {
      const [, target, path] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (target === undefined || path === undefined)
        throw new WrongCall(`${text} is not of the form <target>=<checkout>`);
      const named = resolve(directory, path);
      return { target, directory: await realpath(named).catch(() => named) };
    }),
  );
  for (const key of ['target', 'directory'] as const) {
    const seen = checkouts.map((checkout) => checkout[key]);
    const twice = seen.find((value, index) => seen.indexOf(value) !== index);
    if (twice !== undefined) throw new WrongCall(`${twice} is named twice`);
  }
  return checkouts;
}

/**
 * What is wrong with a checkout before anything in it is looked at.
 *
 * @param force a checkout of another repository may be meant: a fork, or a new name
 */
export async function refusalOf({ target, directory }: Checkout, force: boolean): Promise<Finding | undefined> {
  if (!(await lstat(`${directory}/.git`).catch(() => undefined)))
    return {
      code: 'deliver/no-checkout',
      severity: 'error',
      message: `${directory} is not a checkout of a git repository`,
      expected: 'a folder with `.git` in it',
      help: 'clone the repository there first',
    };
  const origin = await originOf(directory);
  if (force || origin === undefined || nameOf(origin) === target) return undefined;
  return {
    code: 'deliver/other-repository',
    severity: 'error',
    message: `${directory} is a checkout of \`${nameOf(origin)}\`, and documents of \`${target}\` would be laid there`,
    expected: `a checkout whose origin is named \`${target}\``,
    help: 'name the right checkout, or run with --force if this is the one',
  };
}

/** The URL that a checkout was cloned from; `undefined` for one that has none. */
async function originOf(directory: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['-C', directory, 'remote', 'get-url', 'origin']);
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** `git@github.com:owner/name.git` → `name` */
function nameOf(url: string): string {
  return url
    .replace(/\/$/, '')
    .replace(/\.git$/, '')
    .replace(/^.*[/:]/, '');
}
