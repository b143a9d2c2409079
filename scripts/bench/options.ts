import { parseArgs } from 'node:util';
import { peerNamed, peers } from './peers.ts';

export const USAGE = `npm run bench -- [run] [options]
npm run bench -- install [peer…]
npm run bench -- list

  run       measures and prints a table (default)
  install   installs the pinned peers, or those named; what is there is kept
  list      prints each peer: version, file, what it checks

  --quick            in two minutes: 1, 100 and 1000 services, each measured once
  --sizes <n,n,…>    numbers of services instead of 1, 10, 100, 1000 and 10000
  --repeat <n>       repetitions of each measurement, instead of more for what is short
  --only <part>      here, sizes, stages or peers; may be repeated
  --need-peers       a peer that is not installed is an error
  --json <file>      where the numbers go; .cache/bench.json if not given
  --help             prints this

Exit codes: 0 all was measured, 1 something could not be, 2 wrong call.
`;

export const PARTS = ['here', 'sizes', 'stages', 'peers'] as const;
export type Part = (typeof PARTS)[number];

export type RunOptions = Readonly<{
  quick: boolean;
  sizes: readonly number[];
  /** `undefined`: more for what is short */
  repeat: number | undefined;
  parts: ReadonlySet<Part>;
  needPeers: boolean;
  json: string;
}>;

export type Call =
  | Readonly<{ command: 'help' }>
  | Readonly<{ command: 'list' }>
  | Readonly<{ command: 'install'; names: readonly string[] }>
  | Readonly<{ command: 'run'; options: RunOptions }>;

/** The command was called in a way that it does not understand: exit code 2. */
export class WrongCall extends Error {}

const ALL_SIZES = [1, 10, 100, 1000, 10_000];
const QUICK_SIZES = [1, 100, 1000];
const MOST_SERVICES = 20_000;

/** @throws WrongCall with one line that says what is wrong */
export function readCall(args: readonly string[]): Call {
  const { values, positionals } = parse(args);
  const [command = 'run', ...names] = positionals;
  const given = Object.keys(values).filter((name) => name !== 'help');
  if (values.help) return { command: 'help' };
  if (command !== 'run' && given[0] !== undefined) throw new WrongCall(`--${given[0]} is an option of \`run\``);
  if (command === 'install') {
    for (const name of names)
      if (!peers.some((peer) => peer.name === name))
        throw new WrongCall(`there is no peer \`${name}\`; there are ${peers.map((peer) => peer.name).join(', ')}`);
    return { command, names: names.map((name) => peerNamed(name).name) };
  }
  if (names[0] !== undefined) throw new WrongCall(`\`${command}\` takes no \`${names[0]}\``);
  if (command === 'list') return { command };
  if (command !== 'run') throw new WrongCall(`there is no command \`${command}\`; there are run, install and list`);

  const quick = values.quick ?? false;
  return {
    command,
    options: {
      quick,
      sizes: values.sizes === undefined ? (quick ? QUICK_SIZES : ALL_SIZES) : sizesOf(values.sizes),
      repeat: values.repeat === undefined ? undefined : wholeNumber('--repeat', values.repeat, 100),
      parts: new Set(values.only?.map(partNamed) ?? PARTS),
      needPeers: values['need-peers'] ?? false,
      json: values.json ?? '.cache/bench.json',
    },
  };
}

function parse(args: readonly string[]) {
  try {
    const parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        quick: { type: 'boolean' },
        sizes: { type: 'string' },
        repeat: { type: 'string' },
        only: { type: 'string', multiple: true },
        'need-peers': { type: 'boolean' },
        json: { type: 'string' },
      },
    });
    if (parsed.values.json === '') throw new Error('--json needs a value');
    return parsed;
  } catch (error) {
    throw new WrongCall(error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? '') : String(error));
  }
}

function sizesOf(text: string): number[] {
  const sizes = text.split(',').map((size) => wholeNumber('--sizes', size, MOST_SERVICES));
  return [...new Set(sizes)].sort((a, b) => a - b);
}

function wholeNumber(option: string, text: string, most: number): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text) || Number(text) > most)
    throw new WrongCall(`${option} takes whole numbers from 1 to ${most}, not \`${text}\``);
  return Number(text);
}

function partNamed(name: string): Part {
  const part = PARTS.find((known) => known === name);
  if (!part) throw new WrongCall(`--only takes ${PARTS.join(', ')}, not \`${name}\``);
  return part;
}
