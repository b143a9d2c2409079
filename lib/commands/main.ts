import { visible } from '../finding/print.ts';
import { NAME } from '../pipeline.ts';
import { check } from './check.ts';
import { type Command, DONE, FAULT, type Terminal, WRONG_CALL, WrongCall } from './command.ts';
import { compileCommand } from './compile.ts';
import { deliver } from './deliver.ts';
import { watch } from './watch.ts';

const HELP = `One typed platform.config.ts, judged and compiled to what Terragrunt, Argo CD and GitHub read.

  npm run compile   write to out/ what platform.config.ts decides
  npm run check     find all that compile would find, and fail when out/ is stale; for CI
  npm run watch     compile again whenever the configuration is saved
  npm run deliver   lay a target's documents into a checkout of its repository

Each explains itself: npm run compile -- --help
`;

const commands: Readonly<Record<string, Command>> = { compile: compileCommand, check, watch, deliver };

/**
 * Runs one command.
 *
 * @returns the exit code: 0 done, 1 something is wrong with the configuration or the outputs, 2 a wrong call, 3 a fault of ours
 */
export async function main([name = '', ...args]: readonly string[], terminal: Terminal): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (['--help', '-h', 'help'].includes(name)) {
    terminal.out(HELP);
    return DONE;
  }
  if (!command) {
    terminal.error(`${NAME}: no command \`${visible(name)}\`; there are ${Object.keys(commands).join(', ')}\n`);
    return WRONG_CALL;
  }
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (error instanceof WrongCall) {
      terminal.error(`${name}: ${visible(error.message)}\nSee \`npm run ${name} -- --help\`.\n`);
      return WRONG_CALL;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.error(
      `${name}: this is a fault of ${NAME}, not of your configuration. Nothing was written. Please report it:\n${stack.split('\n').map(visible).join('\n')}\n`,
    );
    return FAULT;
  }
}
