import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { day } from '../config/vocabulary.ts';
import type { Finding } from '../finding/finding.ts';
import { type Compilation, compile, type Judging, type Output, type Stage } from '../pipeline.ts';
import { dayOfLastCommit, modelAt } from './history.ts';
import { kept } from './kept.ts';
import { WrongCall } from './wrong-call.ts';

export const DONE = 0;
export const WRONG = 1;
export const WRONG_CALL = 2;
export const FAULT = 3;

/** Where a command prints, and what it may assume of it. */
export type Terminal = Readonly<{
  /** results: for people and for pipes */
  out(text: string): void;
  /** findings, progress, summaries: for people */
  error(text: string): void;
  isTerminal: boolean;
  colour: boolean;
  /** how wide a line may be on a terminal */
  columns?: number | undefined;
  /** absolute; paths in arguments are relative to it */
  directory: string;
}>;

export type Command = Readonly<{ run(args: readonly string[], terminal: Terminal): Promise<number> }>;

export { WrongCall } from './wrong-call.ts';

const common = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  format: { type: 'string', multiple: true },
  only: { type: 'string', multiple: true },
  config: { type: 'string' },
  today: { type: 'string' },
  base: { type: 'string' },
} as const;

export const COMMON_HELP = `  --only <name>     an environment, a service or a target: leave everything else as it is (may be repeated)
  --config <file>   the configuration, inside the current folder; platform.config.ts if not given
  --base <commit>   judge the change since that commit, too: its out/model.json is what is replaced
  --today <day>     the day that waivers end before, such as 2027-01-31; that of the last commit if not given
  --format <name>   print what was found on standard output as text, json, sarif, junit, tap, github or markdown
  --format <name>=<file>
                    write it to a file, also when something is wrong; may be repeated, for as many files
  --json            the same as --format json: one JSON object
  --help            print this

Exit codes: 0 done, 1 something is wrong with the configuration or the outputs, 2 wrong call, 3 a fault of the compiler.
`;

type Extra = NonNullable<ParseArgsConfig['options']>;

/** Reads arguments. @throws WrongCall for what is not known */
export function readArguments<const Options extends Extra>(
  args: readonly string[],
  options: Options,
  positionals = false,
) {
  try {
    const parsed = parseArgs({
      args: [...args],
      options: { ...common, ...options },
      allowPositionals: positionals,
      strict: true,
    });
    for (const [name, value] of Object.entries(parsed.values))
      if (value === '' || (Array.isArray(value) && value.includes(''))) throw new Error(`--${name} needs a value`);
    return parsed;
  } catch (error) {
    throw new WrongCall(error instanceof Error ? error.message.split('. ')[0] : String(error));
  }
}

/** Where the configuration of a call is. @throws WrongCall for one outside of the current folder */
export function sourceOf({ config = 'platform.config.ts' }: { config?: string | undefined }, { directory }: Terminal) {
  const file = resolve(directory, config);
  const entry = relative(directory, file).replaceAll(sep, '/');
  if (entry === '' || entry.startsWith('../') || isAbsolute(entry))
    throw new WrongCall(`--config ${config} lies outside of ${directory}`);
  return { root: directory, entry, out: resolve(dirname(file), 'out') };
}

export type Source = Readonly<{ root: string; entry: string; out: string }>;

/** As `--today` and `--base` say it. */
export type JudgingArguments = Readonly<{ today?: string | undefined; base?: string | undefined }>;

/**
 * What is judged beside the platform itself.
 *
 * @throws WrongCall for what is no day, or no commit
 */
export async function judgingOf(
  { today, base }: JudgingArguments,
  { root, out }: Source,
): Promise<Judging & Readonly<{ findings: readonly Finding[] }>> {
  if (today !== undefined && !day.safeParse(today).success)
    throw new WrongCall(`--today ${today}: a day such as 2027-01-31 is expected`);
  const model = base === undefined ? undefined : await modelAt(base, out, root);
  return {
    today: async () => today ?? (await dayOfLastCommit(root)),
    base: model,
    findings: base !== undefined && model === undefined ? [nothingAt(base)] : [],
  };
}

function nothingAt(base: string): Finding {
  return {
    code: 'commands/no-base',
    severity: 'notice',
    message: `\`${base}\` has no out/model.json, so no rule on changes was asked`,
    help: 'nothing, where this platform is new',
  };
}

/** Compiles, and says on a terminal which stage it is in once that takes long enough to notice. */
export async function compileWithProgress(
  source: Source,
  asked: JudgingArguments,
  terminal: Terminal,
): Promise<Compilation> {
  const { findings, ...judging } = await judgingOf(asked, source);
  let stage: Stage = 'load';
  const clear = '\r\u001b[K';
  const timer = terminal.isTerminal ? setInterval(() => terminal.error(`${clear}${stage} …`), 500) : undefined;
  try {
    const compilation = await compile({
      ...source,
      ...judging,
      kept,
      onStage: (name) => {
        stage = name;
      },
    });
    return { ...compilation, findings: [...compilation.findings, ...findings] };
  } finally {
    if (timer) {
      clearInterval(timer);
      terminal.error(clear);
    }
  }
}

/** Those who write know documents by their place in a folder: people open them from where they are. */
export function inFolder(findings: readonly Finding[], folder: string, { directory }: Terminal): Finding[] {
  return findings.map((finding) => {
    if (!finding.document) return finding;
    const file = relative(directory, resolve(folder, finding.document.file)).replaceAll(sep, '/');
    return { ...finding, document: { ...finding.document, file } };
  });
}

/**
 * Which documents `--only` leaves.
 *
 * @throws WrongCall for a name that is none of an environment, a service and a target
 */
export function filterOf(
  only: readonly string[] | undefined,
  { model, outputs }: Compilation,
): ((file: { target: string | null; path: string }) => boolean) | undefined {
  if (!only || !model || !outputs) return undefined;
  const environments = Object.keys(model.environments);
  const services = Object.keys(model.services);
  const targets = [...new Set(outputs.flatMap(({ target }) => target ?? []))];
  for (const name of only)
    if (![...environments, ...services, ...targets].includes(name))
      throw new WrongCall(
        `--only ${name}: there is no such environment (${environments.join(', ')}), service (${services.join(', ')}) or target (${targets.join(', ')})`,
      );
  const known = new Map(outputs.map((output) => [output.path, output]));
  return ({ target, path }) => {
    const output = known.get(path);
    return only.some((name) => name === target || (output ? isAbout(output, name) : wasAbout(path, name, model)));
  };
}

function isAbout({ environment, service }: Output, name: string): boolean {
  return name === environment || name === service;
}

/** An obsolete document is known by its path alone. */
function wasAbout(path: string, name: string, model: NonNullable<Compilation['model']>): boolean {
  const directory = Object.hasOwn(model.environments, name) ? model.environments[name]?.directory : name;
  return path.split('/').some((part) => part === directory || part.replace(/\.[a-z]+$/, '') === directory);
}
