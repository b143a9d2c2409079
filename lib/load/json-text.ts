import type { Found, HelperNames, Instrumented, Member, Tables } from './instrument.ts';
import { duplicatesOf, insert } from './instrument.ts';

export type JsonProblem = Readonly<{ start: number; end: number; what: string; isProto?: boolean }>;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const SPACE = /[ \t\r\n]*/y;
const MOST_LEVELS = 400;
/** Of all files together: each takes some 200 bytes of memory. */
const MOST_VALUES = 1_000_000;

/**
 * Makes a module of a JSON file: its text, which is an expression of JavaScript too, with each object and list wrapped as in
 * TypeScript (`instrument.ts`). JSON.parse would not tell where keys and values stand, nor in every case where an error is.
 */
export function instrumentJson(
  source: string,
  module: number,
  { literals, json }: Tables,
  names: HelperNames,
): (Instrumented & { found: Found[] }) | JsonProblem {
  const insertions = [{ at: 0, text: 'export default ', opens: true, order: 0 }];
  const found: Found[] = [];
  let order = 1;
  let at = 0;

  class Stop extends Error {
    readonly problem: JsonProblem;
    constructor(problem: JsonProblem) {
      super(problem.what);
      this.problem = problem;
    }
  }
  function unexpected(expected: string): never {
    const found = at < source.length ? `\`${[...source.slice(at, at + 2)][0]}\`` : 'the end of the file';
    throw new Stop({
      start: at,
      end: Math.min(at + 1, source.length),
      what: `${found}, where ${expected} is expected`,
    });
  }
  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    at += text?.length ?? 0;
    return text;
  }
  function space(): void {
    take(SPACE);
  }

  function string(): string {
    const start = at;
    for (at++; source.charAt(at) !== '"'; at++) {
      if (source.charAt(at) < ' ') unexpected('`"`');
      if (source.charAt(at) === '\\') at++;
    }
    at++;
    try {
      return JSON.parse(source.slice(start, at)) as string;
    } catch {
      throw new Stop({ start, end: at, what: 'escape in a string' });
    }
  }

  function value(level: number): Pick<Member, 'start' | 'end' | 'constant'> {
    space();
    const start = at;
    if (++json.values > MOST_VALUES)
      throw new Stop({ start, end: start + 1, what: `more than ${MOST_VALUES} values in JSON` });
    const opener = source.charAt(at);
    let constant: Member['constant'];
    if (opener === '{' || opener === '[') container(opener, level + 1);
    else if (opener === '"') constant = string();
    else {
      const text = take(/[a-z]/.test(opener) ? WORD : NUMBER);
      if (text === undefined) unexpected('a value');
      constant = JSON.parse(text) as Member['constant'];
    }
    const end = at;
    space();
    return constant === undefined ? { start, end } : { start, end, constant };
  }

  function container(opener: string, level: number): void {
    const isArray = opener === '[';
    const closer = isArray ? ']' : '}';
    const start = at;
    const number = order++;
    const members: Member[] = [];
    if (level > MOST_LEVELS)
      throw new Stop({ start, end: start + 1, what: `more than ${MOST_LEVELS} levels of nesting` });
    at++;
    space();
    if (source.charAt(at) !== closer) {
      for (;;) {
        members.push(
          isArray ? { kind: 'element', name: '', keyStart: -1, keyEnd: -1, ...value(level) } : property(level),
        );
        if (source.charAt(at) === closer) break;
        if (source.charAt(at) !== ',') unexpected(`\`,\` or \`${closer}\``);
        at++;
      }
    }
    at++;
    if (!isArray) {
      const keys = members.map(({ name, keyStart, keyEnd }) => ({ name, start: keyStart, end: keyEnd }));
      for (const duplicate of duplicatesOf(keys)) found.push(duplicate);
    }
    const literal = literals.push({ module, start, end: at, isArray, members }) - 1;
    insertions.push({ at: start, text: `${names.note}(${literal}, `, opens: true, order: number });
    insertions.push({ at, text: ')', opens: false, order: number });
  }

  function property(level: number): Member {
    space();
    const keyStart = at;
    if (source.charAt(at) !== '"') unexpected('a key in double quotes');
    const name = string();
    const keyEnd = at;
    if (name === '__proto__') throw new Stop({ start: keyStart, end: keyEnd, what: '', isProto: true });
    space();
    if (source.charAt(at) !== ':') unexpected('`:`');
    at++;
    return { kind: 'key', name, keyStart, keyEnd, ...value(level) };
  }

  try {
    value(0);
    if (at < source.length) unexpected('the end of the file');
    return { ...insert(source, insertions), found };
  } catch (error) {
    if (error instanceof Stop) return error.problem;
    throw error;
  }
}
