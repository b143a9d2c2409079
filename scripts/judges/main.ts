import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runSession, testFiles } from '../test/session.ts';
import { fileOf } from './find.ts';
import { install } from './install.ts';
import { judgeNamed, judges } from './judges.ts';

const USAGE = `npm run judges -- [command]

  run [test file…]   lets the judges judge: test/judges/*.judge.ts, or the files named (default)
  install [judge…]   installs the pinned judges, or those named; what is there is kept
  list               prints each judge: version, file, what it judges

Judges are installed into $PLATFORM_JUDGES, by default ~/.cache/platform-compiler/judges.
Exit codes: 0 all is well, 1 a judge is missing or finds fault, 2 wrong call.
`;

const TESTS = join('test', 'judges');

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let call: () => number | Promise<number>;
  try {
    call = parse(args);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${USAGE}`);
    return 2;
  }
  return call();
}

/** @throws Error when the call is wrong */
function parse(args: string[]): () => number | Promise<number> {
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

function runTests(named: readonly string[]): Promise<number> {
  return runSession({ args: named.length > 0 ? named : testFiles(TESTS, /\.judge\.ts$/), judges: 'demanded' });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
