import { randomUUID } from 'node:crypto';
import { lstat, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type FormatName, formatNames, formats } from '../finding/formats/formats.ts';
import type { Report } from '../finding/formats/report.ts';
import { text } from '../finding/formats/text.ts';
import { visible } from '../finding/print.ts';
import { policiesFolder } from '../judge/lock.ts';
import { readPolicies } from '../judge/policies.ts';
import { NAME, VERSION } from '../pipeline.ts';
import { type Terminal, WrongCall } from './command.ts';

/** A format that was asked for, and the file it goes to; without one, to standard output. */
type Asked = Readonly<{ format: FormatName; file?: Target }>;

type Target = Readonly<{
  /** absolute, without links */
  path: string;
  /** as the compiler would name it among sources */
  name: string;
  /** as it was written */
  shown: string;
}>;

/** Tells what a command found, in the formats that it was called with. */
export type Reporter = Readonly<{
  /** whether people read standard error: what else there is to say may go there, too */
  isForPeople: boolean;
  /** @returns whether all of it arrived; what did not is said on standard error */
  report(found: Found): Promise<boolean>;
}>;

export type Found = Pick<Report, 'ok' | 'findings' | 'files' | 'asked' | 'answer'>;

/** Reads `--format <name>` and `--format <name>=<file>`, of which there may be several, and `--json`. @throws WrongCall */
export async function readFormats(
  { format = [], json = false }: { format?: readonly string[] | undefined; json?: boolean | undefined },
  source: Readonly<{ entry: string; out: string }>,
  terminal: Terminal,
): Promise<Reporter> {
  const texts = json ? [...format, 'json'] : format;
  const asked = await Promise.all(texts.map((one) => readFormat(one, source, terminal)));
  const printed = asked.filter(({ file }) => file === undefined);
  if (printed.length > 1)
    throw new WrongCall(
      `standard output takes one format, not ${printed.length}: write \`--format ${printed[1]?.format}=<file>\``,
    );
  const paths = asked.flatMap(({ file }) => file?.path ?? []);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new WrongCall(`${twice} is named twice`);
  const [onOutput] = printed;
  return {
    isForPeople: onOutput === undefined || onOutput.format === 'text',
    report: async (found) => await tell(await reportOf(found, source.entry, asked), asked, terminal),
  };
}

async function readFormat(text: string, { entry, out }: { entry: string; out: string }, { directory }: Terminal) {
  const [word = '', ...rest] = text.split('=');
  const format = formatNames.find((known) => known === word);
  if (format === undefined) throw new WrongCall(`--format ${word}: there are ${formatNames.join(', ')}`);
  if (rest.length === 0) return { format };
  const shown = rest.join('=');
  if (shown === '') throw new WrongCall(`--format ${text} names no file`);
  const named = resolve(directory, shown);
  const folder = await realpath(dirname(named)).catch(() => undefined);
  if (folder === undefined || !(await lstat(folder)).isDirectory())
    throw new WrongCall(`--format ${text}: there is no folder ${dirname(shown)}`);
  const path = join(folder, basename(named));
  // It need not be there yet.
  const outputs = await realpath(out).catch(async () => join(await realpath(dirname(out)), basename(out)));
  if (path === outputs || path.startsWith(`${outputs}${sep}`))
    throw new WrongCall(`--format ${text} lies in ${relative(directory, out)}/, where compile alone writes`);
  if (path === (await realpath(resolve(directory, entry)).catch(() => undefined)))
    throw new WrongCall(`--format ${text} would overwrite the configuration`);
  // Neither a device nor what a link leads to: a rename would replace them.
  const standing = await lstat(path).catch(() => undefined);
  if (standing && !standing.isFile()) throw new WrongCall(`--format ${text}: ${shown} is there, and no file`);
  const name = relative(await realpath(directory), path).replaceAll(sep, '/');
  return { format, file: { path, name, shown } };
}

async function reportOf(found: Found, configuration: string, asked: readonly Asked[]): Promise<Report> {
  const isAboutRules = asked.some(({ format }) => !['text', 'json'].includes(format));
  const policies = isAboutRules ? await readPolicies(policiesFolder) : { stale: 'not read' };
  const rules = 'rules' in policies ? policies.rules : [];
  return { ...found, tool: { name: NAME, version: VERSION }, configuration, rules };
}

async function tell(report: Report, asked: readonly Asked[], terminal: Terminal): Promise<boolean> {
  const written = await Promise.all(
    asked.map(async ({ format, file }) => {
      if (file === undefined) return true;
      const problem = report.files.has(file.name)
        ? 'the configuration is made of it'
        : await replace(file.path, formats[format](report));
      if (problem !== undefined) terminal.error(`${visible(`cannot write ${file.shown}: ${problem}`)}\n`);
      return problem === undefined;
    }),
  );
  const onOutput = asked.find(({ file }) => file === undefined);
  if (onOutput) terminal.out(formats[onOutput.format](report));
  else terminal.error(text(report, terminal));
  return written.every((isWritten) => isWritten);
}

/** Whole or not at all: who uploads a report never reads half of it. @returns what is in the way, in words */
async function replace(path: string, content: string): Promise<string | undefined> {
  const beside = join(dirname(path), `.${NAME}-${randomUUID()}`);
  try {
    await writeFile(beside, content, { flag: 'wx' });
    await rename(beside, path);
    return undefined;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    await rm(beside, { force: true }).catch(() => {});
    return PROBLEMS[code] ?? message;
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk may only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  ENAMETOOLONG: 'the name is too long',
};
