import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

// oxc-parser recurses without a limit of its own. Of what nests tightest, lists in lists, it takes some 5,000 levels; then it ends the
// process with a segmentation fault.
const FEWEST_TO_TRY = 2000;
// Half of what the main thread has: what is survived with so much is safe here.
const STACK_MEGABYTES = 4;
const MOST_MILLISECONDS = 10_000;

/**
 * Whether texts can be parsed without danger. No scanner knows for sure what a parser takes for a string, a comment or a regular
 * expression, so those with enough in them to nest too deeply are parsed in a process of their own first, which may end. One process
 * for all of them: starting one takes as long as parsing hundreds of services.
 *
 * @returns for each text whether it can be parsed, in their order
 */
export async function areParsable(texts: readonly string[]): Promise<boolean[]> {
  const parsable = texts.map((text) => mostLevels(text) <= FEWEST_TO_TRY);
  let left = [...parsable.keys()].filter((index) => !parsable[index]);
  while (left.length > 0) {
    const survived = await survivedElsewhere(left.map((index) => texts[index] ?? ''));
    for (const index of left.slice(0, survived)) parsable[index] = true;
    // It ended at the next one, or not at all.
    left = left.slice(survived + 1);
  }
  return parsable;
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
/** Says a byte for each text that went well. The tree itself is made when it is asked for: never. */
const PARSE = `
const { parseSync } = require(${OXC});
for (const text of require('node:worker_threads').workerData) {
  parseSync('a.ts', text, { lang: 'ts', sourceType: 'module' });
  require('node:fs').writeSync(1, '.');
}
`;
/** Parses the texts of standard input, a list in JSON, one after the other. */
const SCRIPT = `
const texts = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const options = { eval: true, workerData: texts, resourceLimits: { stackSizeMb: ${STACK_MEGABYTES} } };
new (require('node:worker_threads').Worker)(${JSON.stringify(PARSE)}, options);
`;

/** @returns how many of the texts, from the first on, were parsed before the process ended */
function survivedElsewhere(texts: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    // Nothing of the environment: it has nothing to do there.
    const child = spawn(process.execPath, ['-e', SCRIPT], {
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: MOST_MILLISECONDS,
      killSignal: 'SIGKILL',
    });
    let survived = 0;
    child.stdout.on('data', (said: Buffer) => {
      survived += said.length;
    });
    child.on('error', reject);
    child.on('close', () => resolve(survived));
    // It may end before it has read all.
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(texts));
  });
}
