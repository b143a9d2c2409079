import { lstat, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Finding, hasErrors } from '../finding/finding.ts';
import type { Output } from '../pipeline.ts';
import type { File, Folder } from '../write/folder.ts';
import { type Plan, planWrite } from '../write/plan.ts';
import { write } from '../write/write.ts';
import {
  COMMON_HELP,
  type Command,
  compileWithProgress,
  DONE,
  filterOf,
  inFolder,
  readArguments,
  sourceOf,
  type Terminal,
  tell,
  WRONG,
  WrongCall,
} from './command.ts';
import { madeBy } from './compile.ts';

const HELP = `npm run deliver -- <target>=<checkout> … [--dry-run] [--force] [--only <name>]

Lays the documents of targets into checkouts of their repositories. Files of the compiler's are replaced; scaffolds are written
only where they are absent; what a controller writes is never touched; a hand edit is shown and refused; what is obsolete is
removed by the manifest of the last delivery (.platform-manifest.json). Nothing is committed: that is yours to do.

  --dry-run         show what would be done, and do nothing
  --force           overwrite files of the compiler's that were edited by hand, and files that are in the way
${COMMON_HELP}`;

/** In a repository of other people's: a name that says whose it is. */
const MANIFEST = '.platform-manifest.json';

export const deliver: Command = {
  async run(args, terminal) {
    const { values, positionals } = readArguments(
      args,
      { force: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
      true,
    );
    if (values.help) {
      terminal.out(HELP);
      return DONE;
    }
    const checkouts = readCheckouts(positionals, terminal);
    const source = sourceOf(values, terminal);
    const compilation = await compileWithProgress(source, terminal);
    const { outputs } = compilation;
    const findings = inFolder(compilation.findings, source.out, terminal);
    const done: Step[] = [];
    if (outputs) {
      const filter = filterOf(values.only, compilation);
      const targets = [...new Set(outputs.flatMap(({ target }) => target ?? []))];
      const plans: Plan[] = [];
      for (const { target, directory } of checkouts) {
        if (!targets.includes(target))
          throw new WrongCall(`there is no target ${target}; there are ${targets.join(', ')}`);
        const absent = await notACheckout(directory);
        if (absent) {
          findings.push(absent);
          continue;
        }
        const files = await filesFor(target, outputs, source.out);
        const folder: Folder = { directory, manifest: MANIFEST };
        const plan = await planWrite(folder, files, {
          madeBy,
          force: values.force ?? false,
          ...(filter && { only: (file) => filter({ target, path: `${target}/${file.path}` }) }),
        });
        findings.push(...inFolder(plan.findings, directory, terminal));
        plans.push(plan.value);
        if (values['dry-run']) done.push(...stepsOf(plan.value, target));
      }
      // One checkout that refuses stops all: a release is laid out whole or not at all.
      if (!hasErrors(findings) && !values['dry-run'])
        for (const [index, plan] of plans.entries()) {
          const result = await write(plan);
          const errors = result.findings.filter(({ severity }) => severity === 'error');
          findings.push(...inFolder(errors, plan.folder.directory, terminal));
          done.push(...stepsOf({ ...plan, steps: result.value.steps }, checkouts[index]?.target ?? ''));
        }
    }
    const code = hasErrors(findings) ? WRONG : DONE;
    if (values.json) {
      terminal.out(
        `${JSON.stringify({ ok: code === DONE, dryRun: values['dry-run'] ?? false, findings, steps: done }, null, 2)}\n`,
      );
      return code;
    }
    tell(findings, compilation.files, terminal);
    for (const { action, target, path } of done) terminal.out(`${action} ${target}/${path}\n`);
    if (code === DONE || values['dry-run'])
      terminal.error(
        `${done.length === 0 ? 'nothing' : done.length} ${values['dry-run'] ? 'to be done' : 'done'} in ${checkouts.length} checkout${checkouts.length === 1 ? '' : 's'}\n`,
      );
    return code;
  },
};

type Checkout = Readonly<{ target: string; directory: string }>;
type Step = Readonly<{ action: string; target: string; path: string }>;

function readCheckouts(positionals: readonly string[], { directory }: Terminal): Checkout[] {
  if (positionals.length === 0) throw new WrongCall('name at least one <target>=<checkout>');
  const checkouts = positionals.map((text) => {
    const [, target, path] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (target === undefined || path === undefined)
      throw new WrongCall(`${text} is not of the form <target>=<checkout>`);
    return { target, directory: resolve(directory, path) };
  });
  for (const key of ['target', 'directory'] as const) {
    const seen = checkouts.map((checkout) => checkout[key]);
    const twice = seen.find((value, index) => seen.indexOf(value) !== index);
    if (twice !== undefined) throw new WrongCall(`${twice} is named twice`);
  }
  return checkouts;
}

async function notACheckout(directory: string): Promise<Finding | undefined> {
  const git = await lstat(`${directory}/.git`).catch(() => undefined);
  if (git) return undefined;
  return {
    code: 'deliver/no-checkout',
    severity: 'error',
    message: `${directory} is not a checkout of a git repository`,
    expected: 'a folder with `.git` in it',
    help: 'clone the repository there first',
  };
}

/**
 * The documents of one target as they go into its repository. A scaffold is a person's from the first compile on, so it goes as it
 * lies in `out/`.
 */
async function filesFor(target: string, outputs: readonly Output[], out: string): Promise<File[]> {
  const files = outputs.filter((output) => output.target === target);
  return await Promise.all(
    files.map(async ({ environment, service, ...file }): Promise<File> => {
      const path = file.path.slice(target.length + 1);
      if (file.owner !== 'scaffold') return { ...file, path };
      const kept = await readScaffold(`${out}/${file.path}`);
      return { ...file, path, text: kept ?? file.text };
    }),
  );
}

async function readScaffold(path: string): Promise<string | undefined> {
  const standing = await lstat(path).catch(() => undefined);
  return standing?.isFile() ? await readFile(path, 'utf8') : undefined;
}

function stepsOf({ steps }: Plan, target: string): Step[] {
  return steps
    .filter(({ action }) => action === 'create' || action === 'update' || action === 'delete')
    .map(({ action, path }) => ({ action, target, path }));
}
