import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { judge } from '../judges/find.ts';
import { report, scoreOf, type Tried } from '../mutants/report.ts';
import { excuses } from './excuses.ts';
import { type Change, mutantsOf } from './mutate.ts';
import { trial } from './trial.ts';

/** In per cent. */
const AIM = 95;

const USAGE = `npm run mutants:rules [-- options]

Changes the rules in small ways, one at a time, and counts how many of the changes their own tests notice.

  --file <word>    only files with this in their path
  --json <file>    where the results go; .cache/rego-mutants.json if not given

Exit codes: 0 the score is ${AIM} % or more and each that survives has a reason, 1 not so, 2 wrong call, or opa is not installed.
`;

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const options = optionsOf(args);
  if (typeof options === 'number') return options;
  const sources = sourcesIn(join(root, 'policies'), options.file);
  const opa = opaIfThere();
  if (sources.size === 0 || opa === undefined) {
    process.stderr.write(
      opa === undefined
        ? 'mutants:rules: opa is not installed: npm run judges -- install opa\n'
        : `mutants:rules: no rule has \`${options.file}\` in its path\n`,
    );
    return 2;
  }
  const folders = Array.from({ length: availableParallelism() }, () => mkdtempSync(join(tmpdir(), 'rego-')));
  try {
    for (const folder of folders) cpSync(join(root, 'policies'), join(folder, 'policies'), { recursive: true });
    const all = [...sources].flatMap(([file, source]) => mutantsOf(opa, file, source, root));
    const tried: Tried[] = [];
    let invalid = 0;
    await Promise.all(
      folders.map(async (folder, worker) => {
        for (const [index, change] of all.entries()) {
          if (index % folders.length !== worker) continue;
          const { file } = change.mutant;
          const original = sources.get(file) ?? '';
          const verdict = await trial(opa, folder, change, { original, tests: testsOf(file, sources, root) });
          if (verdict === 'invalid') invalid++;
          else tried.push({ mutant: change.mutant, verdict });
        }
      }),
    );
    return told(tried, { all, invalid, json: options.json, isWhole: options.file === '' });
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

function opaIfThere(): string | undefined {
  try {
    return judge('opa');
  } catch {
    return undefined;
  }
}

type Told = Readonly<{ all: readonly Change[]; invalid: number; json: string; isWhole: boolean }>;

function told(tried: readonly Tried[], { all, invalid, json, isWhole }: Told): number {
  const survived = tried.filter(({ verdict }) => verdict === 'survived').map(({ mutant }) => mutant);
  const keys = survived.map(({ file, original, replacement }) => `${file}: ${original} → ${replacement}`);
  const unexplained = keys.filter((key) => !Object.hasOwn(excuses, key));
  const outdated = isWhole ? Object.keys(excuses).filter((key) => !keys.includes(key)) : [];
  const mutants = all.map(({ mutant }) => mutant);
  process.stdout.write(report(tried, mutants));
  process.stdout.write(`${invalid} of ${mutants.length} are nothing that OPA takes, and not counted\n`);
  for (const key of unexplained) process.stdout.write(`no reason: ${key}\n`);
  for (const key of outdated) process.stdout.write(`a reason for what does not survive: ${key}\n`);
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify({ tried }, null, 1)}\n`);
  return scoreOf(tried) >= AIM && unexplained.length === 0 && outdated.length === 0 ? 0 : 1;
}

/** By path below the repository: rules and what they share, without tests. */
function sourcesIn(folder: string, word: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.rego') && !file.endsWith('_test.rego') && !file.startsWith('main/'))
    .map((file) => `policies/${file}`)
    .filter((file) => file.includes(word))
    .sort();
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

/** A rule is held by the tests beside it, with what it imports; what rules share is held by all of them. */
function testsOf(file: string, sources: ReadonlyMap<string, string>, folder: string): string[] {
  if (file.startsWith('policies/lib/')) return ['policies'];
  const needed = new Set([dirname(file)]);
  for (const one of needed)
    for (const name of readdirSync(join(folder, one)).filter((name) => name.endsWith('.rego'))) {
      const text = sources.get(`${one}/${name}`) ?? readFileSync(join(folder, one, name), 'utf8');
      for (const [, path = ''] of text.matchAll(/^import data\.([\w.]+)/gm))
        needed.add(`policies/${path.replaceAll('.', '/')}`);
    }
  const [own = '', ...others] = needed;
  // Tests of what is imported would be run with it.
  return [own, ...others.flatMap((one) => rulesIn(folder, one))];
}

function rulesIn(folder: string, one: string): string[] {
  return readdirSync(join(folder, one))
    .filter((name) => name.endsWith('.rego') && !name.endsWith('_test.rego'))
    .map((name) => `${one}/${name}`);
}

/** @returns an exit code when there is nothing to do */
function optionsOf(args: string[]): Readonly<{ file: string; json: string }> | number {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args, options: { file: text, json: text, help: { type: 'boolean' } } });
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    const { file = '', json = join(root, '.cache/rego-mutants.json') } = values;
    return { file, json };
  } catch (error) {
    process.stderr.write(`mutants:rules: ${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 2;
  }
}
