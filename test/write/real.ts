import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { main } from '../../lib/commands/main.ts';
import { temporary } from './rig.ts';

/** A folder with a configuration, in which real commands run. */
export type Desk = Readonly<{
  directory: string;
  configure(text: string): void;
  /** runs a command in this process */
  run(...args: string[]): Promise<Readonly<{ code: number; error: string }>>;
  /** runs a command in a process of its own, which dies at a call; see `end-at.ts` */
  runUntil(moment: Moment, ...args: string[]): Promise<NodeJS.Signals | null>;
  /** the calls of a command that is left to its end, in their order */
  callsOf(folders: readonly string[], ...args: string[]): Promise<string[]>;
}>;

export type Moment = Readonly<{ folders: readonly string[]; call: string; nth: number }>;

const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param like what is to lie in it at first */
export function deskOf(t: TestContext, like?: Desk): Desk {
  const directory = temporary(t);
  if (like) fs.cpSync(like.directory, directory, { recursive: true, verbatimSymlinks: true });
  fs.mkdirSync(path.join(directory, 'lib'), { recursive: true });
  fs.copyFileSync(path.join(root, 'lib/index.ts'), path.join(directory, 'lib/index.ts'));
  const start = async (instructions: object, args: readonly string[]) => {
    const hook = path.join(root, 'test/write/end-at.ts');
    const tsx = import.meta.resolve('tsx'); // for the hook; the folder has no modules
    const running = spawn(
      process.execPath,
      ['--import', tsx, '--import', hook, path.join(root, 'lib/commands/start.mjs'), ...args],
      { cwd: directory, stdio: 'ignore', env: { ...process.env, END_AT: JSON.stringify(instructions) } },
    );
    return await new Promise<NodeJS.Signals | null>((resolve) => running.on('close', (_, signal) => resolve(signal)));
  };
  const within = (folders: readonly string[]) => folders.map((folder) => path.join(directory, folder));
  return {
    directory,
    configure: (text) => fs.writeFileSync(path.join(directory, 'platform.config.ts'), text),
    async run(...args) {
      const error: string[] = [];
      const say = (text: string) => error.push(text);
      const terminal = { out: () => {}, error: say, isTerminal: false, colour: false, directory };
      return { code: await main(args, terminal), error: error.join('') };
    },
    runUntil: ({ folders, ...moment }, ...args) => start({ folders: within(folders), ...moment }, args),
    async callsOf(folders, ...args) {
      const log = path.join(directory, 'calls.log');
      fs.writeFileSync(log, '');
      await start({ folders: within(folders), log }, args);
      return fs.readFileSync(log, 'utf8').trimEnd().split('\n');
    },
  };
}

/** An empty repository. */
export function initialise(directory: string): void {
  fs.mkdirSync(directory, { recursive: true });
  execFileSync('git', ['init', '--quiet', directory]);
}
