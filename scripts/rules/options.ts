import { parseArgs } from 'node:util';
import { WrongCall } from '../../lib/commands/wrong-call.ts';
import { nearest } from '../../lib/finding/nearest.ts';

export const USAGE = `npm run rules [-- command]

  list                     prints each rule in a line, by category: id, severity, scope, title (default)
  show <id>                says why it is there and what to do, with an example that fails and one that passes
  new <category>/<name>    makes the folder of a rule, with a test that fails, to start from
  catalogue                writes docs/rules.md: all rules with their examples
  --profile                measures what each rule costs, on a platform in two environments; needs opa

  --services <n>           of that platform; 1000 if not given
  --help                   prints this

Exit codes: 0 done, 1 a fault of ours, 2 wrong call, or opa is not installed.
`;

export type Call =
  | Readonly<{ command: 'help' | 'list' | 'catalogue' }>
  | Readonly<{ command: 'show' | 'new'; id: string }>
  | Readonly<{ command: 'profile'; services: number }>;

const COMMANDS = ['list', 'show', 'new', 'catalogue'] as const;
const MOST_SERVICES = 20_000;

/** @throws WrongCall with one line that says what is wrong */
export function readCall(args: readonly string[]): Call {
  const { values, positionals } = parse(args);
  const { help, profile, services } = values;
  if (help) return { command: 'help' };
  if (services !== undefined && !profile) throw new WrongCall('--services is an option of --profile');
  if (profile) {
    if (positionals[0] !== undefined) throw new WrongCall(`--profile takes no \`${positionals[0]}\``);
    return { command: 'profile', services: services === undefined ? 1000 : numberOfServices(services) };
  }
  const [word = 'list', ...rest] = positionals;
  const command = COMMANDS.find((known) => known === word);
  if (command === undefined) {
    const [meant] = nearest(word, COMMANDS);
    throw new WrongCall(
      `there is no command \`${word}\`; ${meant === undefined ? `there are ${COMMANDS.join(', ')}` : `did you mean \`${meant}\`?`}`,
    );
  }
  const isOfOne = command === 'show' || command === 'new';
  const [id, more] = isOfOne ? rest : [undefined, rest[0]];
  if (more !== undefined) throw new WrongCall(`\`${command}\` takes no \`${more}\``);
  if (!isOfOne) return { command };
  if (id === undefined) throw new WrongCall(`\`${command}\` needs the id of a rule, such as services/single_replica`);
  return { command, id };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        profile: { type: 'boolean' },
        services: { type: 'string' },
      },
    });
  } catch (error) {
    throw new WrongCall(error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? '') : String(error));
  }
}

function numberOfServices(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text) || Number(text) > MOST_SERVICES)
    throw new WrongCall(`--services takes a whole number from 1 to ${MOST_SERVICES}, not \`${text}\``);
  return Number(text);
}
