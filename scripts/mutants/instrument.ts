import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { judgesFolder } from '../judges/find.ts';
import { run } from '../judges/run.ts';

/** Stryker's own, which knows where a mutant can stand in TypeScript. The rest of Stryker starts a test run for each, which is not needed. */
const INSTRUMENTER = '@stryker-mutator/instrumenter';
const VERSION = '9.6.1';

/** A small change of the code, which some test ought to notice. */
export type Mutant = Readonly<{
  id: string;
  /** relative to the repository */
  file: string;
  /** from 1 */
  line: number;
  column: number;
  /** the sort of change, by Stryker's name */
  mutator: string;
  original: string;
  replacement: string;
}>;

/**
 * Puts all mutants of a folder into its files at once: none of them is active until its id is in `__STRYKER_ACTIVE_MUTANT__` of a
 * process's environment, and each tells `globalThis.__stryker__` when it is reached.
 *
 * @param root a copy of the repository, which is changed
 */
export async function instrument(root: string, folders: readonly string[]): Promise<Mutant[]> {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .map((file) => join(folder, file)),
  );
  const sources = new Map(paths.map((path) => [join(root, path), readFileSync(join(root, path), 'utf8')]));
  const instrumenter = await load();
  const files = [...sources].map(([name, content]) => ({ name, content, mutate: true }));
  const made = await instrumenter.instrument(files, { plugins: null, ignorers: [], excludedMutations: [] });
  for (const { name, content } of made.files) writeFileSync(name, content);
  return made.mutants.map(({ id, fileName, location: { start, end }, mutatorName, replacement }) => ({
    id,
    file: fileName.slice(root.length + 1),
    line: start.line + 1,
    column: start.column + 1,
    mutator: mutatorName,
    original: between(sources.get(fileName) ?? '', start, end),
    replacement,
  }));
}

type Position = Readonly<{ line: number; column: number }>;
type Made = Readonly<{
  files: readonly Readonly<{ name: string; content: string }>[];
  mutants: readonly Readonly<{
    id: string;
    fileName: string;
    location: Readonly<{ start: Position; end: Position }>;
    mutatorName: string;
    replacement: string;
  }>[];
}>;
type Instrumenter = Readonly<{ instrument(files: readonly object[], options: object): Promise<Made> }>;

/** Beside the judges, and not among this project's packages: it brings Babel, which nothing else needs. */
async function load(): Promise<Instrumenter> {
  const folder = join(dirname(judgesFolder()), 'mutants', VERSION);
  const modules = join(folder, 'node_modules');
  if (!existsSync(join(modules, '.package-lock.json'))) {
    mkdirSync(folder, { recursive: true });
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--prefix', folder];
    run('npm', ['install', ...options, `${INSTRUMENTER}@${VERSION}`]);
  }
  const { resolve } = createRequire(join(modules, INSTRUMENTER, 'package.json'));
  const { createInjector } = await import(pathToFileURL(resolve('typed-inject')).href);
  const { createInstrumenter } = await import(pathToFileURL(resolve(INSTRUMENTER)).href);
  const logger = new Proxy({}, { get: () => () => false });
  return createInjector()
    .provideValue('logger', logger)
    .provideValue('getLogger', () => logger)
    .injectFunction(createInstrumenter);
}

function between(text: string, start: Position, end: Position): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  lines.push((lines.pop() ?? '').slice(0, end.column));
  return lines.join('\n').slice(start.column);
}
