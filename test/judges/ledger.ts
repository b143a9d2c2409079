import { AsyncLocalStorage } from 'node:async_hooks';
import { spawnSync } from 'node:child_process';
import nodeTest, { type TestContext } from 'node:test';
import { customResourceSchemas, fileOf, judge, schemas } from '../../scripts/judges/find.ts';
import { judgeNamed, kubernetesVersions } from '../../scripts/judges/judges.ts';
import { writeReading } from '../../scripts/test/ledger.ts';

/**
 * Calls of judges, each written down: `npm test` shows at its end who read how much. A judge that is not installed leaves out the tests
 * that call it, and the table says so; where judges are demanded (`JUDGES=demanded`, as in `.ci/run`), those tests fail.
 */

export type Call = Readonly<{
  /** how many documents of ours the judge reads in this call */
  documents: number;
  /** judges that this one calls by itself, with the same documents: their seconds are its own */
  through?: readonly string[];
  folder?: string;
  input?: string;
  /** all that the program finds in its environment; by default what this process has */
  environment?: NodeJS.ProcessEnv;
}>;

export type Verdict = Readonly<{ code: number | null; out: string; error: string }>;

const faults = new AsyncLocalStorage<boolean>();

/** Judges are in Go, most of them, and end soon: up to this size they tidy no memory, which took a quarter of their time. */
const untidy = { GOGC: 'off', GOMEMLIMIT: '256MiB' };

/** Marks calls inside of `work` as about documents with a planted fault: a refusal is then what was hoped for. */
export function planted<Result>(work: () => Result): Result {
  return faults.run(true, work);
}

/** Has a judge read something, and gives what it says. */
export function consult(name: string, args: readonly string[], call: Call): Verdict {
  const { documents, through = [], folder, input, environment } = call;
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(judge(name), args, {
    encoding: 'utf8',
    maxBuffer: 256 * 2 ** 20,
    cwd: folder,
    env: { ...untidy, ...(environment ?? process.env) },
    ...(input !== undefined && { input }),
  });
  if (error) throw error;
  const seconds = (performance.now() - start) / 1000;
  const reading = { documents, refused: status !== 0, planted: faults.getStore() ?? false };
  writeReading({ ...reading, judge: name, seconds });
  for (const other of through) writeReading({ ...reading, judge: other, seconds: null });
  return { code: status, out: stdout, error: stderr };
}

/**
 * Has a judge read something that it has to take.
 *
 * @returns what it wrote to stdout
 * @throws Error with its words when it refuses
 */
export function accepted(name: string, args: readonly string[], call: Call): string {
  const { code, out, error } = consult(name, args, call);
  if (code !== 0)
    throw new Error(`${name} ${args.slice(0, 12).join(' ')}: exit code ${code}\n${lastLines(out + error)}`);
  return out;
}

/** `test` for tests that call these judges. */
export function testWith(...names: readonly string[]): (name: string, work: (context: TestContext) => unknown) => void {
  return (name, work) => {
    nodeTest(name, { skip: without(names) }, async (context) => {
      await work(context);
    });
  };
}

function without(names: readonly string[]): string | false {
  if (process.env.JUDGES === 'demanded') return false;
  const missing = names.filter((name) => fileOf(judgeNamed(name)) === undefined || !hasSchemas(name));
  return missing.length > 0 && `not installed: ${missing.join(', ')}; npm run judges -- install`;
}

function hasSchemas(name: string): boolean {
  if (name !== 'kubeconform') return true;
  try {
    kubernetesVersions.forEach(schemas);
    customResourceSchemas();
    return true;
  } catch {
    return false;
  }
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-60).join('\n');
}
