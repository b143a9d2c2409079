import { lstat, readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { type Finding, hasErrors } from '../finding/finding.ts';
import { type Compilation, NAME, type Output, VERSION } from '../pipeline.ts';
import type { Step } from '../write/compare.ts';
import type { Folder } from '../write/folder.ts';
import { planWrite } from '../write/plan.ts';
import { write } from '../write/write.ts';
import {
  COMMON_HELP,
  type Command,
  compileWithProgress,
  DONE,
  filterOf,
  inFolder,
  type JudgingArguments,
  readArguments,
  sourceOf,
  type Terminal,
  WRONG,
} from './command.ts';
import { type Reason, reasonInWords, reasonsOf } from './reasons.ts';
import { type Reporter, readFormats } from './reports.ts';

const HELP = `npm run compile -- [--only <name>] [--force] [--format <name>[=<file>]]

Compiles platform.config.ts and writes what changed to out/. While anything is wrong, nothing is written.

  --force           overwrite files of the compiler's that were edited by hand
${COMMON_HELP}`;

export const compileCommand: Command = {
  async run(args, terminal) {
    const { values } = readArguments(args, { force: { type: 'boolean' } });
    if (values.help) {
      terminal.out(HELP);
      return DONE;
    }
    const source = sourceOf(values, terminal);
    const reporter = await readFormats(values, source, terminal);
    const options = { force: values.force ?? false, only: values.only, judging: values, reporter };
    return await compileOnce(source, options, terminal);
  },
};

export type CompileOnce = Readonly<{
  force: boolean;
  only: readonly string[] | undefined;
  judging: JudgingArguments;
  reporter: Reporter;
}>;

/** The folder that compiles write to, and nobody else. */
export function outFolder(directory: string): Folder {
  return { directory, manifest: 'manifest.json', exclusive: true };
}

/** The steps that change a document. */
export function changesIn(steps: readonly Step[]): Step[] {
  return steps.filter(({ action }) => action === 'create' || action === 'update' || action === 'delete');
}

export const madeBy = { [NAME]: VERSION };

/** Compiles and writes once. @returns the exit code */
export async function compileOnce(
  source: { root: string; entry: string; out: string },
  { force, only, judging, reporter }: CompileOnce,
  terminal: Terminal,
  onCompiled: (compilation: Compilation) => void = () => {},
): Promise<number> {
  const started = performance.now();
  const shown = (path: string) => `${relative(terminal.directory, source.out).replaceAll(sep, '/')}/${path}`;
  const compilation = await compileWithProgress(source, judging, terminal);
  onCompiled(compilation);
  const findings = inFolder(compilation.findings, source.out, terminal);
  const { outputs } = compilation;
  if (!outputs) return await finish({ findings, steps: [], reasons: [], left: 0 });

  const filter = filterOf(only, compilation);
  const before = await lastModel(source.out);
  const plan = await planWrite(outFolder(source.out), outputs, { madeBy, force, ...(filter && { only: filter }) });
  const result = await write(plan.value);
  const steps = changesIn(result.value.steps);
  return await finish({
    findings: [...findings, ...inFolder(result.findings, source.out, terminal)],
    steps,
    // With --only, documents that were left alone changed for some of the reasons: `check` tells them all.
    reasons: only ? [] : reasonsOf(before, compilation),
    left: filter ? await staleBeside(source.out, outputs, filter) : 0,
  });

  async function finish({ findings, steps, reasons, left }: Outcome): Promise<number> {
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const ok = !hasErrors(findings);
    const { files, asked } = compilation;
    const written = steps.map(({ action, path }) => ({ action, path: shown(path) }));
    const answer = { ok, findings, steps: written, reasons, left };
    const isTold = await reporter.report({ ok, findings, files, asked, answer });
    const code = ok && isTold ? DONE : WRONG;
    if (!reporter.isForPeople) return code;
    for (const { action, path } of written) terminal.out(`${action} ${path}\n`);
    if (ok) {
      for (const reason of reasons.slice(0, REASONS_SHOWN)) terminal.error(`${reasonInWords(reason)}\n`);
      if (reasons.length > REASONS_SHOWN) terminal.error(`… and ${reasons.length - REASONS_SHOWN} more reasons\n`);
      if (left > 0) terminal.error(`left as they are: ${left} other stale document${left === 1 ? '' : 's'}\n`);
      terminal.error(
        `${outputs?.length ?? 0} documents, ${steps.length === 0 ? 'none' : steps.length} written, ${seconds} s\n`,
      );
    } else if (!outputs || steps.length === 0) terminal.error('nothing was written\n');
    return code;
  }
}

type Outcome = Readonly<{
  findings: readonly Finding[];
  steps: readonly Readonly<{ action: string; path: string }>[];
  reasons: readonly Reason[];
  /** stale documents that `--only` left alone */
  left: number;
}>;

const REASONS_SHOWN = 12;

async function staleBeside(
  out: string,
  outputs: readonly Output[],
  filter: NonNullable<ReturnType<typeof filterOf>>,
): Promise<number> {
  const plan = await planWrite(outFolder(out), outputs, { madeBy, only: (file) => !filter(file) });
  return changesIn(plan.value.steps).length;
}

/** The model that `out/` was last made from; `undefined` where there is none, and where something else lies in its place. */
async function lastModel(out: string): Promise<unknown> {
  try {
    // A link would show what it leads to among the reasons.
    if (!(await lstat(out)).isDirectory() || !(await lstat(`${out}/model.json`)).isFile()) return undefined;
    const { _generated, ...model } = JSON.parse(await readFile(`${out}/model.json`, 'utf8')) as Record<string, unknown>;
    return model;
  } catch {
    return undefined;
  }
}
