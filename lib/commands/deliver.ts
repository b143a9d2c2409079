import { lstat, readFile } from 'node:fs/promises';
import { type Finding, hasErrors } from '../finding/finding.ts';
import type { Output } from '../pipeline.ts';
import type { File, Folder } from '../write/folder.ts';
import { type Plan, planWrite } from '../write/plan.ts';
import { write } from '../write/write.ts';
import { readCheckouts, refusalOf } from './checkouts.ts';
import {
  COMMON_HELP,
  type Command,
  compileWithProgress,
  DONE,
  filterOf,
  inFolder,
  readArguments,
  sourceOf,
  WRONG,
  WrongCall,
} from './command.ts';
import { changesIn, madeBy } from './compile.ts';
import { readFormats } from './reports.ts';
import { staleness } from './stale.ts';

const HELP = `npm run deliver -- <target>=<checkout> … [--dry-run] [--force] [--only <name>] [--format <name>[=<file>]]

Lays the documents of targets, as they lie in out/, into checkouts of their repositories. Files of the compiler's are replaced;
scaffolds are written only where they are absent; what a controller writes is never touched; a hand edit is shown and refused;
what is obsolete is removed by the manifest of the last delivery (.platform-manifest.json). Nothing is committed: that is yours.

  --dry-run         show what would be done, and do nothing
  --force           overwrite files of the compiler's that were edited by hand, and files that are in the way;
                    deliver into a checkout whose origin has another name
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
    const checkouts = await readCheckouts(positionals, terminal);
    const force = values.force ?? false;
    const source = sourceOf(values, terminal);
    const reporter = await readFormats(values, source, terminal);
    const compilation = await compileWithProgress(source, values, terminal);
    const { outputs } = compilation;
    const findings = inFolder(compilation.findings, source.out, terminal);
    const done: Step[] = [];
    if (outputs) {
      // What nobody compiled nobody has reviewed.
      if (hasErrors(await staleness(source.out, outputs))) findings.push(stale(source.out));
      const filter = filterOf(values.only, compilation);
      const targets = [...new Set(outputs.flatMap(({ target }) => target ?? []))];
      const plans: Plan[] = [];
      for (const checkout of checkouts) {
        const { target, directory } = checkout;
        if (!targets.includes(target))
          throw new WrongCall(`there is no target ${target}; there are ${targets.join(', ')}`);
        const refusal = await refusalOf(checkout, force);
        if (refusal) {
          findings.push(refusal);
          continue;
        }
        const files = await filesFor(target, outputs, source.out);
        const folder: Folder = { directory, manifest: MANIFEST, target };
        const plan = await planWrite(folder, files, {
          madeBy,
          force,
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
    const ok = !hasErrors(findings);
    const { files, asked } = compilation;
    const answer = { ok, dryRun: values['dry-run'] ?? false, findings, steps: done };
    const isTold = await reporter.report({ ok, findings, files, asked, answer });
    const code = ok && isTold ? DONE : WRONG;
    if (!reporter.isForPeople) return code;
    for (const { action, target, path } of done) terminal.out(`${action} ${target}/${path}\n`);
    if (ok || values['dry-run'])
      terminal.error(
        `${done.length === 0 ? 'nothing' : done.length} ${values['dry-run'] ? 'to be done' : 'done'} in ${checkouts.length} checkout${checkouts.length === 1 ? '' : 's'}\n`,
      );
    return code;
  },
};

type Step = Readonly<{ action: string; target: string; path: string }>;

function stale(out: string): Finding {
  return {
    code: 'deliver/stale',
    severity: 'error',
    message: `${out} is not what the configuration says: what would be delivered, nobody has seen`,
    help: 'run `npm run compile`, look at what it changed, and deliver then',
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
  return changesIn(steps).map(({ action, path }) => ({ action, target, path }));
}
