import { readFile } from 'node:fs/promises';
import { type Finding, hasErrors } from '../finding/finding.ts';
import { dotted } from '../finding/words.ts';
import { differences } from '../model/difference.ts';
import { type Compilation, NAME, VERSION } from '../pipeline.ts';
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
  readArguments,
  sourceOf,
  type Terminal,
  tell,
  WRONG,
} from './command.ts';

const HELP = `npm run compile -- [--only <name>] [--force] [--json]

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
    return await compileOnce(
      source,
      { force: values.force ?? false, only: values.only, json: values.json ?? false },
      terminal,
    );
  },
};

export type CompileOnce = Readonly<{ force: boolean; only: readonly string[] | undefined; json: boolean }>;

/** The folder that compiles write to, and nobody else. */
export function outFolder(directory: string): Folder {
  return { directory, manifest: 'manifest.json', exclusive: true };
}

export const madeBy = { [NAME]: VERSION };

/** Compiles and writes once. @returns the exit code */
export async function compileOnce(
  source: { root: string; entry: string; out: string },
  { force, only, json }: CompileOnce,
  terminal: Terminal,
  onCompiled: (compilation: Compilation) => void = () => {},
): Promise<number> {
  const started = performance.now();
  const compilation = await compileWithProgress(source, terminal);
  onCompiled(compilation);
  const findings = inFolder(compilation.findings, source.out, terminal);
  const { outputs } = compilation;
  if (!outputs) return finish({ findings, steps: [], changes: [] });

  const filter = filterOf(only, compilation);
  const before = await lastModel(source.out);
  const plan = await planWrite(outFolder(source.out), outputs, { madeBy, force, ...(filter && { only: filter }) });
  const result = await write(plan.value);
  const steps = result.value.steps.filter(
    ({ action }) => action === 'create' || action === 'update' || action === 'delete',
  );
  return finish({
    findings: [...findings, ...inFolder(result.findings, source.out, terminal)],
    steps,
    changes: changesOf(before, compilation),
  });

  function finish({ findings, steps, changes }: Report): number {
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const code = hasErrors(findings) ? WRONG : DONE;
    if (json) {
      terminal.out(
        `${JSON.stringify({ ok: code === DONE, findings, steps: steps.map(({ action, path }) => ({ action, path })), changes }, null, 2)}\n`,
      );
      return code;
    }
    tell(findings, compilation.files, terminal);
    for (const { action, path } of steps) terminal.out(`${action} out/${path}\n`);
    if (code === DONE) {
      for (const change of changes.slice(0, CHANGES_SHOWN)) terminal.error(`${change}\n`);
      if (changes.length > CHANGES_SHOWN) terminal.error(`… and ${changes.length - CHANGES_SHOWN} more\n`);
      terminal.error(
        `${outputs?.length ?? 0} documents, ${steps.length === 0 ? 'none' : steps.length} written, ${seconds} s\n`,
      );
    } else if (!outputs || steps.length === 0) terminal.error('nothing was written\n');
    return code;
  }
}

type Report = Readonly<{
  findings: readonly Finding[];
  steps: readonly Readonly<{ action: string; path: string }>[];
  changes: readonly string[];
}>;

const CHANGES_SHOWN = 12;

/** The model that `out/` was last made from; `undefined` where there is none. */
async function lastModel(out: string): Promise<unknown> {
  try {
    const { _generated, ...model } = JSON.parse(await readFile(`${out}/model.json`, 'utf8')) as Record<string, unknown>;
    return model;
  } catch {
    return undefined;
  }
}

/** Why documents changed: each value of the model that is another one now, and the line that says so. */
function changesOf(before: unknown, { model, placeOf }: Compilation): string[] {
  if (before === undefined || !model || !placeOf) return [];
  return differences(before, model).map(({ path, called, before: was, after: is }) => {
    const { place } = placeOf(path);
    const where = place && is !== undefined ? `  (${place.file}:${place.line}:${place.column})` : '';
    return `because ${dotted(called)}: ${short(was)} → ${short(is)}${where}`;
  });
}

function short(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
