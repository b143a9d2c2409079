/**
 * Characters that a reader or an editor shows as they are. Listed and not taken from `\p{…}`: which characters are assigned
 * depends on Node's version, and the same source must always give the same bytes.
 *
 * Left out: controls, line breaks of YAML 1.1 (U+0085, U+2028, U+2029), spaces that look like others, marks that turn the
 * direction of text, surrogates without their other half, private and unassigned planes.
 */
const SHOWN = [
  '\\x20-\\x7e\\u00a1-\\u00ac\\u00ae-\\u05ff\\u0606-\\u061b\\u061d-\\u06dc\\u06de-\\u070e\\u0710-\\u088f\\u0892-\\u08e1',
  '\\u08e3-\\u167f\\u1681-\\u180d\\u180f-\\u1fff\\u2010-\\u2027\\u2030-\\u205e\\u2070-\\u2fff\\u3001-\\ud7ff\\uf900-\\ufdcf',
  '\\ufdf0-\\ufefe\\uff00-\\uffef\\ufffd\\u{10000}-\\u{110bc}\\u{110be}-\\u{110cc}\\u{110ce}-\\u{1342f}\\u{13440}-\\u{1bc9f}',
  '\\u{1bca4}-\\u{1d172}\\u{1d17b}-\\u{1fffd}\\u{20000}-\\u{2fffd}\\u{30000}-\\u{3fffd}',
].join('');

/** No loop over a group in any of these: V8 would keep a step for each character, and long texts would exhaust it. */
const ALL_SHOWN = new RegExp(`^[${SHOWN}]*$`, 'u');
const HIDDEN = new RegExp(`[^${SHOWN}]`, 'gu');

/** Begins as no number, date or indicator of any YAML does. */
const PLAIN = new RegExp(`^[A-Za-z/_$(^\\u00c0-\\u024f][${SHOWN}]*$`, 'u');
/** A comment or a key would begin here, or the text end as a key or an indicator does. */
const NOT_PLAIN = /: | #|[ :-]$/;
/**
 * Words of YAML 1.1 that mean something else than themselves. In any case of letters: so does Ruby's reader take them. An exponent
 * without a number in front of it is none but to npm's `yaml`, which reads NaN.
 */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?[0-9]+)$/i;

const BLOCK = new RegExp(`^[${SHOWN}\\t\\n]*$`, 'u');
/** Readers guess a block's indentation from its first line, and editors cut white space at the ends of lines. */
const NOT_BLOCK = /^\s|[ \t](?:\n|$)|\n\n$/;

export type InlineStyle = 'plain' | 'single' | 'double';

/** How a string is best read on one line, as a value and as a key: without quotes, else without escapes. */
export function inlineStyle(text: string): InlineStyle {
  if (PLAIN.test(text) && !NOT_PLAIN.test(text) && !WORDS.test(text)) return 'plain';
  const escapes = text.includes('"') || text.includes('\\');
  return escapes && ALL_SHOWN.test(text) ? 'single' : 'double';
}

/** Whether a string of several lines can be a literal block: elsewhere only quotes keep every character. */
export function isBlock(text: string): boolean {
  return text.slice(0, -1).includes('\n') && !NOT_BLOCK.test(text) && BLOCK.test(text);
}

/** A string of JSON, in ASCII where a reader would not see what is there. */
export function jsonString(text: string): string {
  return JSON.stringify(text).replace(HIDDEN, (character) =>
    Array.from({ length: character.length }, (_, unit) => `\\u${hex(character.charCodeAt(unit), 4)}`).join(''),
  );
}

/** A text on one line, whatever it holds: for comments, and for what stands between double quotes of YAML. */
export function shown(text: string): string {
  return text.replace(HIDDEN, escaped);
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const [letter, digits] = code > 0xffff ? ['U', 8] : code > 0xff ? ['u', 4] : ['x', 2];
  return SHORT[character] ?? `\\${letter}${hex(code, Number(digits))}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/**
 * A number, in digits as far as JavaScript writes it so.
 *
 * @throws for what JSON cannot hold
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} is no JSON number`);
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  // Readers of YAML 1.1 take 1e-7 for a string: an exponent needs a fraction in front of it.
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}
