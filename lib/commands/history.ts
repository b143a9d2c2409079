import { execFile } from 'node:child_process';
import { relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { WrongCall } from './wrong-call.ts';

const run = promisify(execFile);

/** Enough for the model of 10,000 services. */
const MOST_BYTES = 1024 * 1024 * 1024;

async function git(directory: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', directory, ...args], { maxBuffer: MOST_BYTES });
  return stdout;
}

/** The day of the last commit: the same commit then has the same findings. @returns `undefined` where there is none, or no git */
export async function dayOfLastCommit(directory: string): Promise<string | undefined> {
  try {
    const day = (await git(directory, 'log', '-1', '--format=%cs')).trim();
    return day === '' ? undefined : day;
  } catch {
    return undefined;
  }
}

/**
 * The model that a commit was compiled to.
 *
 * @param out absolute folder of outputs
 * @returns `undefined` where that commit has none
 * @throws WrongCall where git knows no such commit, and where what lies there is no model
 */
export async function modelAt(ref: string, out: string, directory: string): Promise<JsonObject | undefined> {
  const commit = await commitOf(ref, directory);
  const file = relative(directory, resolve(out, 'model.json')).replaceAll(sep, '/');
  const text = await git(directory, 'show', `${commit}:./${file}`).catch(() => undefined);
  if (text === undefined) return undefined;
  const model = parsed(text);
  if (!isObject(model)) throw new WrongCall(`--base ${ref}: ${file} of that commit is not a model`);
  const { _generated, ...rest } = model as JsonObject;
  return rest;
}

async function commitOf(ref: string, directory: string): Promise<string> {
  try {
    return (await git(directory, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)).trim();
  } catch {
    throw new WrongCall(
      `--base ${ref}: git knows no such commit here; in CI, fetch it first (actions/checkout with \`fetch-depth: 0\`)`,
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
