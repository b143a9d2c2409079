import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { COPIED } from '../faults/copied.ts';
import { testFiles } from '../test/session.ts';
import { instrument, type Mutant } from './instrument.ts';
import { report, scoreOf, type Tried } from './report.ts';
import { type Reach, reachOf, tryMutant } from './trial.ts';

/** In per cent. */
const AIM = 85;

const USAGE = `npm run mutants [-- options]

Changes the code of the compiler in small ways, one at a time, and counts how many of the changes some test notices.

  --sample <n>     how many mutants are tried, drawn from all (default 200); 0 means all of them
  --seed <n>       which ones are drawn (default 1)
  --file <word>    only mutants of files with this in their path
  --verbose        what each test file reaches, and how long it takes
  --json <file>    where the results go; .cache/mutants.json if not given

Exit codes: 0 the score is ${AIM} % or more, 1 it is less, 2 wrong call.
`;

/** Where a fault changes what reaches production: what is decided, how it is written down, and what becomes of files. */
const MUTATED = ['lib/model', 'lib/print', 'lib/write'];

/** Those that are about these folders, and the promises. Others reach them as well, and take long for what they add. */
const TESTS = [
  'test/model',
  'test/print',
  'test/write',
  'test/conformance',
  'test/mistakes',
  'test/kinds',
  'test/promises',
];
const TOO_LONG = /determinism|upgrade|isolation/;

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

process.exitCode = await main();

async function main(): Promise<number> {
  const options = optionsOf(process.argv.slice(2));
  if (typeof options === 'number') return options;
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  try {
    for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const all = (await instrument(copy, MUTATED)).filter(({ file }) => file.includes(options.file));
    const chosen = draw(all, options);
    say(`${all.length} mutants, ${chosen.length} of them tried, seed ${options.seed}`);

    const tests = TESTS.flatMap((folder) => testFiles(folder, /\.test\.ts$/)).filter((file) => !TOO_LONG.test(file));
    const reaches = (await atOnce(tests, (test) => reachOf(copy, test))).sort((a, b) => a.seconds - b.seconds);
    if (options.verbose)
      for (const { test, seconds, mutants } of reaches)
        say(`${seconds.toFixed(1)} s, ${mutants.size} mutants: ${test}`);
    say(
      `${tests.length} test files, ${reaches.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(0)} s without a mutant`,
    );

    const start = performance.now();
    const kills: Kills = new Map();
    let done = 0;
    const tried = await atOnce(chosen, async (mutant) => {
      const one = await verdictOf(copy, mutant, reaches, kills);
      done++;
      if (done % 20 === 0)
        say(`${done} of ${chosen.length}, ${((performance.now() - start) / 60_000).toFixed(1)} minutes`);
      return one;
    });
    process.stdout.write(report(tried, all));
    mkdirSync(join(root, '.cache'), { recursive: true });
    writeFileSync(options.json, `${JSON.stringify({ seed: options.seed, tried }, null, 1)}\n`);
    return scoreOf(tried) >= AIM ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

type Options = Readonly<{ sample: number; seed: number; file: string; json: string; verbose: boolean }>;

/** @returns an exit code when there is nothing to do */
function optionsOf(args: string[]): Options | number {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const { values } = parseArgs({
      args,
      options: { sample: text, seed: text, file: text, json: text, help: flag, verbose: flag },
    });
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    const number = (name: 'sample' | 'seed', otherwise: number) => {
      const given = values[name];
      if (given !== undefined && !/^\d+$/.test(given)) throw new Error(`--${name} takes a whole number`);
      return given === undefined ? otherwise : Number(given);
    };
    const { file = '', json = join(root, '.cache/mutants.json'), verbose = false } = values;
    return { sample: number('sample', 200), seed: number('seed', 1), file, json, verbose };
  } catch (error) {
    process.stderr.write(`mutants: ${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 2;
  }
}

function draw(all: readonly Mutant[], { sample, seed }: Options): Mutant[] {
  if (sample === 0 || sample >= all.length) return [...all];
  const lengths = { minLength: sample, maxLength: sample };
  const [drawn = []] = fc.sample(fc.shuffledSubarray([...all], lengths), { numRuns: 1, seed });
  return drawn;
}

/** Tests that have killed most in the least time come first. */
async function verdictOf(copy: string, mutant: Mutant, reaches: readonly Reach[], kills: Kills): Promise<Tried> {
  const worth = ({ test, seconds }: Reach) => {
    const { tried = 0, killed = 0 } = kills.get(test) ?? {};
    return (killed + 1) / (tried + 2) / (seconds + 0.5);
  };
  const reaching = reaches.filter(({ mutants }) => mutants.has(mutant.id)).sort((a, b) => worth(b) - worth(a));
  for (const reach of reaching) {
    const ending = await tryMutant(copy, reach, mutant.id);
    const { tried = 0, killed = 0 } = kills.get(reach.test) ?? {};
    kills.set(reach.test, { tried: tried + 1, killed: killed + (ending === 'green' ? 0 : 1) });
    if (ending !== 'green') return { mutant, verdict: ending === 'late' ? 'late' : 'killed', by: reach.test };
  }
  return { mutant, verdict: reaching.length === 0 ? 'unreached' : 'survived' };
}

/** By test file. */
type Kills = Map<string, Readonly<{ tried: number; killed: number }>>;

/** As many at once as there are cores; results in the order of what was given. */
async function atOnce<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
