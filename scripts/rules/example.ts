import { isObject, type Json } from '../../lib/json.ts';

/** A `null` that a person writes, where one of a patch takes away. */
const WRITTEN_NULL = Symbol('null');
type Written = Json | typeof WRITTEN_NULL | Readonly<{ [key: string]: Written }>;

const WIDTH = 100;

/** Longer texts without a space are ciphertexts: who reads an example wants to see that they are there. */
const LONGEST_WORD = 80;

/**
 * A merge patch as a person writes it into `platform.config.ts`: lines of TypeScript, without the outermost braces. What is taken away is
 * a comment.
 *
 * @param nulls paths, such as `services.shop.spread`, where `null` is written
 * @see RFC 7386
 */
export function exampleLines(patch: Json, nulls: readonly string[] = []): string[] {
  const written = nulls.reduce<Written>((value, path) => withNull(value, path.split('.')), patch);
  const lines = isObject(written) ? members(written as Members, WIDTH) : value(written, WIDTH, '');
  return lines.length > 0 ? lines : ['// the platform as it is'];
}

type Members = Readonly<{ [key: string]: Written }>;

function withNull(value: Written | undefined, [step, ...rest]: readonly string[]): Written {
  if (step === undefined) return WRITTEN_NULL;
  const object: Members = isObject(value) ? (value as Members) : {};
  return { ...object, [step]: withNull(Object.hasOwn(object, step) ? object[step] : undefined, rest) };
}

function members(object: Members, width: number): string[] {
  return Object.entries(object).flatMap(([key, member]) =>
    member === null ? [`// ${key}: taken away`] : value(member, width, `${keyOf(key)}: `),
  );
}

/** On one line where that is short and nothing is taken away, else with what is in it indented. */
function value(of: Written, width: number, before: string): string[] {
  const inline = inlineOf(of);
  if (inline !== undefined && before.length + inline.length < width) return [`${before}${inline},`];
  const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
  if (Array.isArray(of))
    return [`${before}[`, ...indented(of.flatMap((item: Json) => value(literal(item), width - 2, ''))), '],'];
  if (isObject(of)) return [`${before}{`, ...indented(members(of as Members, width - 2)), '},'];
  return [`${before}${inline},`];
}

/** @returns `undefined` for what has to be on lines of its own */
function inlineOf(of: Written): string | undefined {
  if (of === WRITTEN_NULL) return 'null';
  if (typeof of === 'string') return quoted(of);
  if (Array.isArray(of)) return `[${of.map((item: Json) => inlineOf(literal(item))).join(', ')}]`;
  if (!isObject(of)) return String(of);
  const entries = Object.entries(of as Members);
  const texts = Object.values(of as Members).map((member) => (member === null ? undefined : inlineOf(member)));
  if (texts.includes(undefined)) return undefined;
  return entries.length === 0
    ? '{}'
    : `{ ${entries.map(([key], index) => `${keyOf(key)}: ${texts[index]}`).join(', ')} }`;
}

/** A list replaces a list, so nothing in it is taken away: `null` stands for itself. */
function literal(item: Json): Written {
  if (item === null) return WRITTEN_NULL;
  if (!isObject(item)) return item;
  return Object.fromEntries(Object.entries(item).map(([key, member]) => [key, literal(member as Json)]));
}

function keyOf(key: string): string {
  if (key === '__proto__') return "['__proto__']"; // else it would set a prototype
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

function quoted(text: string): string {
  const isCut = text.length > LONGEST_WORD && !/\s/.test(text);
  const shown = isCut ? `${text.slice(0, 24)}… (${text.length} characters)` : text;
  const escaped = JSON.stringify(shown).slice(1, -1).replaceAll('\\"', '"');
  return `'${escaped.replaceAll("'", "\\'")}'`;
}
