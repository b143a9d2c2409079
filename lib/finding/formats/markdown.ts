import { type Finding, WEIGHTS, type Weight, weightOf } from '../finding.ts';
import { mostSevereFirst } from '../order.ts';
import { coded, counted, counts } from '../print.ts';
import { clipped, details, whereabouts } from './details.ts';
import type { Report } from './report.ts';

/**
 * Markdown for a comment on a pull request: a list, which a phone can show, the most severe first and many of them folded. The
 * first line lets a workflow find its comment again.
 */
export function markdown({ tool, ok, findings }: Report): string {
  const sorted = mostSevereFirst(findings);
  const title = findings.length === 0 ? (ok ? 'nothing found' : 'failed') : counts(findings);
  const head = `<!-- ${tool.name} -->\n### ${tool.name}: ${title}\n`;
  const items = sorted.map(itemOf);
  const fitting = countFitting(items, MOST_BYTES - Buffer.byteLength(head) - FRAMING_BYTES);
  const groups = WEIGHTS.map((weight) => {
    const start = sorted.findIndex((finding) => weightOf(finding) === weight);
    if (start === -1) return '';
    const end = sorted.findLastIndex((finding) => weightOf(finding) === weight) + 1;
    return groupOf(weight, items.slice(start, Math.min(end, fitting)));
  });
  const left = sorted.slice(fitting);
  const rest = left.length === 0 ? '' : `\n… and ${left.length} more: ${counts(left)}\n`;
  return `${head}${groups.join('')}${rest}`;
}

/** GitHub takes comments of so many characters; to count bytes is to be careful. */
const MOST_BYTES = 65_536;

/** Titles of groups, folds and what is said of the rest. */
const FRAMING_BYTES = 1000;

/** More than these of a group are folded. */
const UNFOLDED = 10;

/** Of a text, some screens of a phone. */
const MOST_CHARACTERS = 1000;

const TITLES = {
  error: 'Errors',
  warning: 'Warnings',
  notice: 'Notices',
  waived: 'Waived',
} as const satisfies Record<Weight, string>;

function countFitting(items: readonly string[], room: number): number {
  let bytes = 0;
  const last = items.findIndex((item) => {
    bytes += Buffer.byteLength(item);
    return bytes > room;
  });
  return last === -1 ? items.length : last;
}

function groupOf(weight: Weight, items: readonly string[]): string {
  if (items.length === 0) return '';
  // Nobody has to do anything about what is waived.
  const shown = weight === 'waived' ? 0 : UNFOLDED;
  const folded = items.slice(shown);
  const more = shown === 0 ? counted(folded.length, weight) : counted(folded.length, weight).replace(' ', ' more ');
  const fold = folded.length === 0 ? '' : `\n<details>\n<summary>${more}</summary>\n\n${folded.join('')}\n</details>\n`;
  return `\n#### ${TITLES[weight]}\n\n${items.slice(0, shown).join('')}${fold}`;
}

/** No text begins a line, so none can begin a block: lists, headings, quotes. */
function itemOf(finding: Finding): string {
  const said = details(finding).map(({ name, text }) => `  - ${name}: ${inline(text)}\n`);
  const where = clipped(coded(whereabouts(finding)), MOST_CHARACTERS);
  return `- ${code(coded(finding.code))} in ${code(where)}<br>${inline(finding.message)}\n${said.join('')}`;
}

/**
 * Text that cannot be anything else. What stands between backticks is code, as the compiler means it; so is every other word that
 * could be read as markup, a link, a mention of somebody, an issue or an emoji: nothing of that is looked for inside of code.
 */
function inline(text: string): string {
  const shown = clipped(coded(text), MOST_CHARACTERS);
  if (shown === '') return '';
  const parts = shown.split('`');
  const tokens = parts.flatMap((part, index) => (index % 2 === 1 ? [{ code: part }] : wordsOf(part)));
  const isOdd =
    parts.length % 2 === 0 ||
    shown.trim() !== shown ||
    tokens.some((token, index) => 'code' in token && (token.code === '' || 'code' in (tokens[index + 1] ?? {})));
  // Backticks that do not pair, or code beside code, would be read as other backticks than these; a space at an end not at all.
  if (isOdd) return code(shown);
  return tokens.map((token) => ('code' in token ? code(token.code) : token.plain)).join('');
}

type Token = Readonly<{ code: string } | { plain: string }>;

function wordsOf(text: string): Token[] {
  return text
    .split(/( +)/)
    .filter((word) => word !== '')
    .map((word) => (isPlain(word) ? { plain: word } : { code: word }));
}

function isPlain(word: string): boolean {
  return /^[\p{L}\p{M}\p{N} .,;!?'"()/+…→–—-]+:?$/u.test(word) && !/www\.|\/\/|\bgh-\d|\b[0-9a-f]{7,40}\b/i.test(word);
}

/** A code span around any text of one line. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  // Between spaces a backtick at an end is none of the fence, and a space at both ends is not taken away.
  const isSpaced = /^`|`$/.test(text) || (/^ .*\S.* $/.test(text) && text.trim() !== '');
  return text === '' ? '` `' : isSpaced ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}
