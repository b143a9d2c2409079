import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileOf } from './find.ts';
import { install, verify } from './install.ts';
import { type Judge, judgeNamed, judges } from './judges.ts';

const USAGE = `npm run judges -- [command]

  run [test file…]   lets the judges judge: test/judges/*.judge.ts, or the files named (default)
  install [judge…]   installs the pinned judges, or those named; what is there is kept
  list               prints each judge: version, file, what it judges

Judges are installed into $PLATFORM_JUDGES, by default ~/.cache/platform-compiler/judges.
Exit codes: 0 all is well, 1 a judge is missing or finds fault, 2 wrong call.
`;

const TESTS = join('test', 'judges');

process.exitCode = main(process.argv.slice(2));

function main(args: string[]): number {
  let call: () => number;
  try {
    call = parse(args);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${USAGE}`);
    return 2;
  }
  return call();
}

/** @throws Error when the call is wrong */
function parse(args: string[]): () => number {
  const { values, positionals } = parseArgs({ args, options: { help: { type: 'boolean' } }, allowPositionals: true });
  const [command = 'run', ...names] = positionals;
  if (values.help) return help;
  if (command === 'run') return () => runTests(names);
  if (command === 'list' && names.length === 0) return list;
  if (command !== 'install') throw new Error(`wrong call: ${args.join(' ')}`);
  names.forEach(judgeNamed);
  return () => (install(names) ? 0 : 1);
}

function help(): number {
  process.stdout.write(USAGE);
  return 0;
}

function list(): number {
  for (const judge of judges) {
    process.stdout.write(`${judge.name} ${judge.version}\t${fileOf(judge) ?? 'not installed'}\t${judge.judges}\n`);
  }
  return 0;
}

function runTests(named: readonly string[]): number {
  const problems = judges.flatMap(problemWith);
  if (problems.length > 0) {
    process.stderr.write(`${problems.join('\n')}\nall of them: npm run judges -- install\n`);
    return 1;
  }
  const files = named.length > 0 ? named : testFiles();
  if (files.length === 0) {
    process.stderr.write(`${TESTS} has no test\n`);
    return 1;
  }
  return spawnSync(process.execPath, ['--import', 'tsx', '--test', ...files], { stdio: 'inherit' }).status ?? 1;
}

function problemWith(judge: Judge): string[] {
  try {
    verify(judge);
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}

/** Node 20's `--test` knows no patterns. */
function testFiles(): string[] {
  return readdirSync(TESTS)
    .filter((name) => name.endsWith('.judge.ts'))
    .sort()
    .map((name) => join(TESTS, name));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
