import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { main } from '../../lib/commands/main.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A folder of its own with a configuration in it, gone when the test is. */
export type Workspace = Readonly<{
  directory: string;
  write(path: string, text: string): void;
  read(path: string): string;
  /** replaces a text that must be there, in the configuration */
  edit(from: string | RegExp, to: string): void;
  /** runs a command as `npm run` would */
  run(...args: string[]): Promise<{ code: number; out: string; error: string }>;
  /** every file below a folder with its text, by path, sorted */
  tree(folder?: string): Record<string, string>;
}>;

/** @param organisation a folder under `test/organisations`, or nothing for the platform of this repository */
export function workspace(t: TestContext, organisation?: string): Workspace {
  const directory = mkdtempSync(join(tmpdir(), 'platform-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(join(directory, 'lib'));
  cpSync(join(root, 'lib/index.ts'), join(directory, 'lib/index.ts'));
  if (organisation === undefined) {
    for (const file of ['platform.config.ts', 'platform.sealed.json']) cpSync(join(root, file), join(directory, file));
  } else {
    const folder = join(root, 'test/organisations', organisation);
    for (const file of readdirSync(folder)) cpSync(join(folder, file), join(directory, file), { recursive: true });
    const config = readFileSync(join(directory, 'platform.config.ts'), 'utf8');
    writeFileSync(join(directory, 'platform.config.ts'), config.replace('../../../lib/', './lib/'));
  }
  const read = (path: string) => readFileSync(join(directory, path), 'utf8');
  const write = (path: string, text: string) => {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), text);
  };
  return {
    directory,
    read,
    write,
    edit(from, to) {
      const before = read('platform.config.ts');
      const after = before.replace(from, to);
      if (after === before) throw new Error(`the configuration has no ${from}`);
      write('platform.config.ts', after);
    },
    async run(...args) {
      const out: string[] = [];
      const error: string[] = [];
      const code = await main(args, {
        out: (text) => out.push(text),
        error: (text) => error.push(text),
        isTerminal: false,
        colour: false,
        directory,
      });
      return { code, out: out.join(''), error: error.join('') };
    },
    tree(folder = 'out') {
      const files = readdirSync(join(directory, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => !path.startsWith('.git/') && statSync(join(directory, folder, path)).isFile())
        .sort();
      return Object.fromEntries(files.map((path) => [path, readFileSync(join(directory, folder, path), 'utf8')]));
    },
  };
}
