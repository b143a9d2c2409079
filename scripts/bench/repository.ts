import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Ran, run } from './process.ts';

const root = join(import.meta.dirname, '../..');

/** What a repository with a platform needs no copy of. */
const NOT_COPIED = new Set(['.git', '.ci', '.cache', 'docs', 'node_modules', 'out', 'test', 'services']);

/** A copy of this repository with a platform of its own, so that what is measured is what people run. */
export type Repository = Readonly<{
  folder: string;
  /** writes files of the platform, by path */
  write(files: ReadonlyMap<string, string>): void;
  /** takes away all that compiles leave, as in a fresh clone; `outputs`: only those, and what was kept about them */
  forget(what: 'everything' | 'outputs'): void;
  /** `npm run compile` without npm, which costs the same for everything: what package.json says, run by a shell */
  compile(): Ran & { documents: number; written: number };
  /** the very `npm run --silent compile` */
  npmRunCompile(): Ran;
  /** a script of this repository, run in this folder */
  script(file: string): Ran;
}>;

/** @param parent an empty folder, or one with other repositories in it */
export function repository(parent: string): Repository {
  const folder = mkdtempSync(join(parent, 'repository-'));
  for (const name of readdirSync(root))
    if (!NOT_COPIED.has(name)) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { compile } = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageJson).scripts;

  // Whatever keeps something between two runs keeps it in one of these.
  const caches = join(folder, '.bench-caches');
  const environment = { TMPDIR: caches, XDG_CACHE_HOME: caches };
  mkdirSync(caches);

  return {
    folder,
    write(files) {
      for (const [path, text] of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
    },
    forget(what) {
      for (const path of ['out', '.cache']) rmSync(join(folder, path), { recursive: true, force: true });
      if (what === 'outputs') return;
      for (const kept of [caches, join(root, 'node_modules/.cache/platform-compiler')])
        rmSync(kept, { recursive: true, force: true });
      mkdirSync(caches);
    },
    compile() {
      const ran = run(['sh', '-c', `exec ${compile}`], { folder, environment: { ...environment, PATH: path(folder) } });
      return { ...ran, ...summaryOf(ran.error) };
    },
    npmRunCompile() {
      return run(['npm', 'run', '--silent', 'compile'], { folder, environment });
    },
    script(file) {
      return run([process.execPath, '--import', 'tsx', file], { folder, environment });
    },
  };
}

type PackageJson = Readonly<{ scripts: Readonly<{ compile: string }> }>;

/** npm puts the commands of packages there. */
function path(folder: string): string {
  return `${join(folder, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`;
}

/**
 * What compile says it did.
 *
 * @throws Error when it says nothing of the kind: then nothing was measured
 */
export function summaryOf(text: string): { documents: number; written: number } {
  const [, documents, written] = /^(\d+) documents, (none|\d+) written, /m.exec(text) ?? [];
  if (documents === undefined || written === undefined)
    throw new Error(`compile did not say how many documents it made:\n${text.slice(-500)}`);
  return { documents: Number(documents), written: written === 'none' ? 0 : Number(written) };
}
