import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

// oxc-parser recurses without a limit of its own. Of what nests tightest, lists in lists, it takes some 5,000 levels; then it ends the
// process with a segmentation fault.
const FEWEST_TO_TRY = 2000;
// Half of what the main thread has: what is survived with so much is safe here.
const STACK_MEGABYTES = 4;
const MOST_MILLISECONDS = 10_000;

/**
 * Whether a text can be parsed without danger. No scanner knows for sure what a parser takes for a string, a comment or a regular
 * expression, so a text with enough in it to nest too deeply is parsed in a process of its own first, which may end.
 */
export async function isParsable(text: string): Promise<boolean> {
  return mostLevels(text) <= FEWEST_TO_TRY || (await isParsedElsewhere(text));
}

/** What can open a level, wherever it stands, in strings and comments as well: every sign but a few, and words that take an operand. */
const OPENING =
  /\b(?:as|asserts|await|delete|do|else|in|infer|instanceof|is|keyof|new|readonly|satisfies|typeof|unique|void|yield)\b|[^\w\s$,;)\]}'"]/g;

function mostLevels(text: string): number {
  let count = 0;
  for (OPENING.lastIndex = 0; count <= FEWEST_TO_TRY && OPENING.test(text); ) count++;
  return count;
}

const OXC = JSON.stringify(createRequire(import.meta.url).resolve('oxc-parser'));
const PARSE = `require(${OXC}).parseSync('a.ts', require('node:worker_threads').workerData, { lang: 'ts', sourceType: 'module' })`;
/** Parses standard input, and ends with 0 when that went well. The tree itself is made when it is asked for: never. */
const SCRIPT = `
const text = require('node:fs').readFileSync(0, 'utf8');
const options = { eval: true, workerData: text, resourceLimits: { stackSizeMb: ${STACK_MEGABYTES} } };
new (require('node:worker_threads').Worker)(${JSON.stringify(PARSE)}, options);
`;

function isParsedElsewhere(text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    // Nothing of the environment: it has nothing to do there.
    const child = spawn(process.execPath, ['-e', SCRIPT], {
      env: {},
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: MOST_MILLISECONDS,
      killSignal: 'SIGKILL',
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code === 0));
    // It may end before it has read all.
    child.stdin.on('error', () => {});
    child.stdin.end(text);
  });
}
