import { execFileSync } from 'node:child_process';
import type { Mutant } from '../mutants/instrument.ts';

/** One replacement in a file. */
export type Change = Readonly<{ mutant: Mutant; source: string }>;

const MOST_BRACKETS = 4;

/** What `opa parse --json-include locations` gives of a node, as far as it is read here. */
type Node = Readonly<Record<string, unknown> & { location?: Readonly<{ row: number; col: number; text: string }> }>;

/**
 * Every mutant of a file of Rego: a condition dropped or turned around, a comparison or a sum swapped, a constant changed, one of several
 * definitions dropped. The words of messages and the keys of objects stay: whoever compares findings notices those anyway.
 *
 * @param opa path of the program
 * @param file as mutants name it; must be what `source` was read from
 */
export function mutantsOf(opa: string, file: string, source: string, folder: string): Change[] {
  const text = execFileSync(opa, ['parse', '--format', 'json', '--json-include', 'locations', file], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const { rules = [] } = JSON.parse(text) as { rules?: readonly Node[] };
  const lines = startsOf(source);
  const found = new Map<string, Change>();
  const add = (mutator: string, node: Node, original: string, replacement: string): void => {
    const { row = 0, col = 0 } = node.location ?? {};
    // To the body of a comprehension that an index follows, OPA gives the text of its end.
    if (/^[\])}]/.test(original)) return;
    const bytes = Buffer.from(source);
    // Where an expression begins with brackets, OPA counts its column from inside of them.
    const start = bytes.indexOf(original, (lines[row - 1] ?? 0) + Math.max(0, col - 1 - MOST_BRACKETS));
    const end = start + Buffer.byteLength(original);
    if (start < 0 || start > (lines[row - 1] ?? 0) + col - 1)
      throw new Error(`${file}:${row}:${col} is not ${original}`);
    const id = `${file}:${row}:${col} ${mutator} ${replacement}`;
    const mutant = { id, file, line: row, column: col, mutator, original, replacement };
    const changed = Buffer.concat([bytes.subarray(0, start), Buffer.from(replacement), bytes.subarray(end)]);
    found.set(id, { mutant, source: changed.toString() });
  };

  for (const rule of rules) {
    if (rules.filter((other) => nameOf(other) === nameOf(rule)).length > 1) add('definition', rule, textOf(rule), '');
    visit(rule, { condition, term });
  }
  return [...found.values()];

  function condition(node: Node): void {
    const written = textOf(node);
    if (isDeclaration(node)) return;
    add('condition', node, written, 'true');
    if (node.negated === true) add('negation', node, written, written.replace(/^not\s+/, ''));
    else add('negation', node, written, `not ${written}`);
  }

  function term(node: Node): void {
    const written = textOf(node);
    const swapped = SWAPS[written];
    if (node.type === 'ref' && swapped) for (const other of swapped) add('operator', node, written, other);
    if (node.type === 'number') add('number', node, written, String(Number(written) + 1));
    if (node.type === 'boolean' && ['true', 'false'].includes(written))
      add('boolean', node, written, written === 'true' ? 'false' : 'true');
    if (node.type === 'string' && /^["`]/.test(written)) add('text', node, written, '"mutant"');
  }
}

const SWAPS: Readonly<Record<string, readonly string[]>> = Object.assign(Object.create(null), {
  '==': ['!='],
  '!=': ['=='],
  '<': ['<=', '>'],
  '<=': ['<', '>='],
  '>': ['>=', '<'],
  '>=': ['>', '<='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
});

/** Calls `condition` for what has to hold in bodies, and `term` for every term but keys of objects and parts of messages. */
function visit(root: Node, on: Readonly<{ condition: (node: Node) => void; term: (node: Node) => void }>): void {
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    if (Array.isArray(node.body)) for (const one of node.body as Node[]) if (!isWhole(node, one)) on.condition(one);
    if (typeof node.type === 'string') on.term(node);
    if (node.type === 'templatestring') return;
    for (const [key, child] of Object.entries(node)) {
      if (key === 'location') continue;
      if (node.type === 'object' && key === 'value') for (const [, item] of child as [unknown, unknown][]) walk(item);
      else walk(child);
    }
  };
  walk(root);
}

/** What is written without a body has one all the same, with the text of the head. */
function isWhole({ location }: Node, { location: inside }: Node): boolean {
  return location?.row === inside?.row && location?.col === inside?.col;
}

/** `some x in xs`, `x := 1`: without it nothing else would have a meaning. */
function isDeclaration({ terms }: Node): boolean {
  if (!Array.isArray(terms)) return typeof terms === 'object' && terms !== null && 'symbols' in terms;
  return textOf(terms[0] as Node) === ':=';
}

function nameOf({ head }: Node): string {
  const { ref = [] } = (head ?? {}) as { ref?: readonly { value?: unknown }[] };
  return JSON.stringify(ref.map(({ value }) => value));
}

function textOf({ location }: Node): string {
  return Buffer.from(location?.text ?? '', 'base64').toString();
}

/** In bytes, as the columns of OPA are. */
function startsOf(source: string): number[] {
  let start = 0;
  return source.split('\n').map((line) => {
    const here = start;
    start += Buffer.byteLength(line) + 1;
    return here;
  });
}
