import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Fault, faults } from '../../test/faults/faults.ts';
import { COPIED } from './copied.ts';

/** `npm run faults [-- <word>]`: makes each deliberate fault in a copy of this repository and runs the test that must catch it. */

const root = fileURLToPath(new URL('../..', import.meta.url));
type Result = Readonly<{ fault: Fault; caught: boolean; seconds: number; says: string }>;

const wanted = process.argv[2];
const chosen = faults.filter(({ name, file, caughtBy }) => !wanted || `${name} ${file} ${caughtBy}`.includes(wanted));
if (chosen.length === 0) {
  process.stderr.write(`faults: there is none with ${JSON.stringify(wanted)} in its name, file or test\n`);
  process.exit(2);
}

const red = await withoutFaults();
if (red.length > 0) {
  process.stderr.write(`faults: red without any fault: ${red.join(', ')}\n`);
  process.exit(1);
}
const waiting = [...chosen];
const results: Result[] = [];
await Promise.all(Array.from({ length: availableParallelism() }, worker));

const missed = results.filter(({ caught }) => !caught).length;
process.stdout.write(`${results.length - missed} of ${results.length} faults caught\n`);
process.exitCode = missed === 0 ? 0 : 1;

/** A test that is red anyway would catch everything. */
async function withoutFaults(): Promise<string[]> {
  const red: string[] = [];
  for (const test of new Set(chosen.map(({ caughtBy }) => caughtBy)))
    if ((await run(test, root)).code !== 0) red.push(test);
  return red;
}

/** One copy for each worker: a fault is mended again before the next is made. */
async function worker(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'faults-'));
  try {
    for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (let fault = waiting.shift(); fault !== undefined; fault = waiting.shift()) {
      const result = await tried(fault, copy);
      results.push(result);
      process.stdout.write(inOneLine(result));
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function inOneLine({ fault: { name, file, caughtBy }, caught, seconds, says }: Result): string {
  const verdict = caught ? `caught by ${caughtBy}: ${says}` : `MISSED by ${caughtBy}`;
  return `${seconds.toFixed(0).padStart(4)} s  ${name} (${file})\n        ${verdict}\n`;
}

async function tried(fault: Fault, copy: string): Promise<Result> {
  const file = join(copy, fault.file);
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(fault.from, () => fault.to),
  );
  const started = performance.now();
  const { code, output } = await run(fault.caughtBy, copy);
  writeFileSync(file, text);
  const says = /^(?: *)not ok \d+ - (.*)$/m.exec(output)?.[1] ?? 'it does not run';
  // What is no program any more is caught by nobody.
  const runs = /^ok \d+ - /m.test(output) || /code: 'ERR_(ASSERTION|TEST_FAILURE)'/.test(output);
  return { fault, caught: code !== 0 && runs, seconds: (performance.now() - started) / 1000, says };
}

/** The first failure is enough: shrinking what is wrong on purpose is not worth the time. */
function run(test: string, copy: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--import', './test/seed.ts', '--test', test], {
      cwd: copy,
      env: { ...process.env, END_ON_FAILURE: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('close', (code) => resolve({ code, output }));
  });
}
