import { type Finding, type Place, WEIGHTS, type Weight, weightOf } from './finding.ts';
import { documentInWords, placeInWords, severityInWords, waiverInWords } from './words.ts';

export type PrintOptions = Readonly<{
  /** source text by file, for code frames; a place in a file that is not there gets none */
  files?: ReadonlyMap<string, string>;
  colour?: boolean;
  /** how wide the terminal is: prose is wrapped and code is cut to it; nothing is where it is not known */
  columns?: number;
}>;

/** Findings as people read them, one blank line between two. */
export function printFindings(findings: readonly Finding[], options: PrintOptions = {}): string {
  return findings.map((finding) => printFinding(finding, options)).join('\n');
}

/**
 * One finding: where, how bad and which; what is wrong; the line itself; what was expected, why, and what to do. Of one that is waived
 * nobody is to do anything: what it is, and who let it pass, is enough.
 */
export function printFinding(finding: Finding, { files, colour = false, columns }: PrintOptions = {}): string {
  const paint = colour ? painted : plain;
  const width = columns === undefined || columns < NARROWEST ? Number.POSITIVE_INFINITY : columns;
  const { code, place, via, other, also = [], document, waived, instead } = finding;
  const weight = weightOf(finding);
  const at = (shown: Place) => visible(placeInWords(shown));
  const within = document && visible(documentInWords(document));
  const where = place ? at(place) : (within ?? 'platform');
  const framed = (shown: Place) => frame(shown, files, width).map((line) => paint.faint(line));
  const field = (name: string, text: string | undefined) => (text === undefined ? [] : wrap(`${name}: `, text, width));
  const head = [
    `${paint.strong(where)} ${paint[weight](weight)} ${paint.faint(code)}`,
    ...wrap('', finding.message, width),
  ];
  if (waived) return asText([...head, ...field('waived', waiverInWords(waived))]);
  const lines = [
    ...head,
    ...(place ? framed(place) : []),
    ...also.slice(0, MOST_ALSO).flatMap((message) => field('also', message)),
    ...(also.length > MOST_ALSO ? [`  also: ${also.length - MOST_ALSO} more like it`] : []),
    ...field('expected', finding.expected),
    ...field('why', finding.why),
    ...field('help', finding.help),
    ...field('rated', instead && severityInWords({ ...finding, instead })),
    ...(via ? [`  used at: ${at(via)}`] : []),
    ...(other ? [`  and: ${at(other)}`, ...framed(other)] : []),
    ...(place && within !== undefined ? [`  in: ${within}`] : []),
  ];
  return asText(lines);
}

function asText(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

/** A terminal of fewer columns than this is one that nobody reads prose in. */
const NARROWEST = 40;

/** Enough to see whom it is about. */
export const MOST_ALSO = 3;

/** "2 errors, 1 warning, 3 waived" */
export function counts(findings: readonly Finding[]): string {
  return WEIGHTS.map((weight) => ({ weight, count: findings.filter((one) => weightOf(one) === weight).length }))
    .filter(({ count }) => count > 0)
    .map(({ weight, count }) => counted(count, weight))
    .join(', ');
}

/** "1 error", "2 errors", "3 waived" */
export function counted(count: number, weight: Weight): string {
  return `${count} ${weight}${count === 1 || weight === 'waived' ? '' : 's'}`;
}

/**
 * Text in which nothing is hidden: control characters, which could move a cursor or end a line, characters that nobody sees, that
 * turn the direction of writing or that are no text at all are shown by their code. The text can be read back from it.
 */
export function coded(text: string): string {
  // A backslash that begins such a code in the text itself has to be told from ours.
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]|\\(?=u\{)/gu, codeOf);
}

function codeOf(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

/** Text as it may go to a terminal: nothing is hidden in it, and a tab is as wide as it is taken for. */
export function visible(text: string): string {
  return coded(text.replaceAll('\t', '  '));
}

/** Lines no wider than `width`, all but the first indented further; a wider word stays whole, to be copied or followed. */
export function wrap(label: string, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = `  ${label}`;
  let isBegun = false;
  for (const word of visible(text).split(' ')) {
    if (isBegun && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `    ${word}`;
    } else line += isBegun ? ` ${word}` : word;
    isBegun = true;
  }
  return [...lines, line];
}

/** Longer lines are cut around the place: nobody reads a line of ten thousand characters. */
const FRAME_WIDTH = 110;

const linesByFile = new WeakMap<ReadonlyMap<string, string>, Map<string, readonly string[]>>();

/** Taken apart once, however many findings a file has. */
function linesOf(files: ReadonlyMap<string, string>, file: string): readonly string[] {
  const known = linesByFile.get(files) ?? new Map<string, readonly string[]>();
  linesByFile.set(files, known);
  const lines = known.get(file) ?? files.get(file)?.split('\n') ?? [];
  known.set(file, lines);
  return lines;
}

function frame(place: Place, files: PrintOptions['files'], width: number): string[] {
  const line = files && linesOf(files, place.file)[place.line - 1];
  if (line === undefined) return [];
  const margin = String(place.line);
  const shown = Math.min(FRAME_WIDTH, width - `    ${margin} | `.length);
  const last = place.endLine === place.line ? place.endColumn - 1 : place.column;
  const start = last <= shown ? 0 : Math.max(0, Math.min(place.column - 1, line.length - shown));
  const part = line.slice(start, start + shown).trimEnd();
  const end = place.endLine === place.line ? place.endColumn - 1 - start : part.length;
  const from = place.column - 1 - start;
  const before = visible(part.slice(0, from));
  const marked = visible(part.slice(from, end));
  return [
    `    ${margin} | ${visible(part)}`,
    `    ${' '.repeat(margin.length)} | ${' '.repeat(before.length)}${'^'.repeat(Math.max(1, marked.length))}`,
    // What is shown by its code or as two spaces is wider than it was.
  ].map((shownLine) => (shownLine.length > width ? shownLine.slice(0, width) : shownLine));
}

const same = (text: string) => text;
const plain = { strong: same, faint: same, error: same, warning: same, notice: same, waived: same };
const sgr = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const painted = { strong: sgr(1), faint: sgr(2), error: sgr(31), warning: sgr(33), notice: sgr(36), waived: sgr(2) };
