import type { Finding, Place } from './finding.ts';
import { dotted } from './words.ts';

export type PrintOptions = Readonly<{
  /** source text by file, for code frames; a place in a file that is not there gets none */
  files?: ReadonlyMap<string, string>;
  colour?: boolean;
}>;

/** Findings as people read them, one blank line between two. */
export function printFindings(findings: readonly Finding[], options: PrintOptions = {}): string {
  return findings.map((finding) => printFinding(finding, options)).join('\n');
}

/** One finding: where, how bad and which; what is wrong; the line itself; what was expected, why, and what to do. */
export function printFinding(finding: Finding, { files, colour = false }: PrintOptions = {}): string {
  const paint = colour ? painted : plain;
  const { severity, code, place, via, other, also = [], document } = finding;
  const where = place ? at(place) : document ? documentAt(document) : 'platform';
  const lines = [
    `${paint.strong(where)} ${paint[severity](severity)} ${paint.faint(code)}`,
    `  ${visible(finding.message)}`,
    ...(place ? frame(place, files).map((line) => paint.faint(line)) : []),
    ...also.slice(0, MOST_ALSO).map((message) => `  also: ${visible(message)}`),
    ...(also.length > MOST_ALSO ? [`  also: ${also.length - MOST_ALSO} more like it`] : []),
    ...field('expected', finding.expected),
    ...field('why', finding.why),
    ...field('help', finding.help),
    ...(via ? [`  used at: ${at(via)}`] : []),
    ...(other ? [`  and: ${at(other)}`, ...frame(other, files).map((line) => paint.faint(line))] : []),
    ...(place && document ? [`  in: ${documentAt(document)}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Enough to see whom it is about. */
const MOST_ALSO = 3;

/** "2 errors, 1 warning" */
export function counts(findings: readonly Finding[]): string {
  return (['error', 'warning', 'notice'] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ');
}

/**
 * Text as it may go to a terminal: control characters, which could move the cursor or change colours, and characters that nobody sees
 * or that turn the direction of writing are shown by their code.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\t' ? '  ' : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

function at({ file, line, column }: Place): string {
  return `${visible(file)}:${line}:${column}`;
}

function documentAt({ file, line, path }: NonNullable<Finding['document']>): string {
  const where = line === undefined ? visible(file) : `${visible(file)}:${line}`;
  return path && path.length > 0 ? `${where} ${visible(dotted(path))}` : where;
}

function field(name: string, text: string | undefined): string[] {
  return text === undefined ? [] : [`  ${name}: ${visible(text)}`];
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

function frame(place: Place, files: PrintOptions['files']): string[] {
  const line = files && linesOf(files, place.file)[place.line - 1];
  if (line === undefined) return [];
  const last = place.endLine === place.line ? place.endColumn - 1 : place.column;
  const start = last <= FRAME_WIDTH ? 0 : Math.max(0, Math.min(place.column - 1, line.length - FRAME_WIDTH));
  const part = line.slice(start, start + FRAME_WIDTH).trimEnd();
  const end = place.endLine === place.line ? place.endColumn - 1 - start : part.length;
  const from = place.column - 1 - start;
  const before = visible(part.slice(0, from));
  const marked = visible(part.slice(from, end));
  const margin = String(place.line);
  return [
    `    ${margin} | ${visible(part)}`,
    `    ${' '.repeat(margin.length)} | ${' '.repeat(before.length)}${'^'.repeat(Math.max(1, marked.length))}`,
  ];
}

const same = (text: string) => text;
const plain = { strong: same, faint: same, error: same, warning: same, notice: same };
const sgr = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const painted = { strong: sgr(1), faint: sgr(2), error: sgr(31), warning: sgr(33), notice: sgr(36) };
