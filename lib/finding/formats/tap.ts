import { weightOf } from '../finding.ts';
import { coded } from '../print.ts';
import { waiverInWords } from '../words.ts';
import { details } from './details.ts';
import { type Check, checksOf, NOT_ASKED, type Report } from './report.ts';

/**
 * TAP 14: a test for each finding, and for each rule that found nothing. Errors are not ok; warnings and notices are, since they
 * fail no command, and so does what is waived. What is said of each is YAML below it.
 *
 * @see testanything.org, "TAP 14 specification"
 */
export function tap(report: Report): string {
  const checks = checksOf(report);
  const plan = checks.length === 0 ? '1..0 # SKIP nothing to tell' : `1..${checks.length}`;
  return `${['TAP version 14', plan, ...checks.flatMap((check, index) => testOf(check, index + 1))].join('\n')}\n`;
}

function testOf(check: Check, id: number): string[] {
  const described = (text: string) => `${id} - ${escaped(`${check.code}: ${text}`)}`;
  if ('rule' in check)
    return [`ok ${described(check.rule.title)}${check.isAsked ? '' : ` # SKIP ${escaped(NOT_ASKED)}`}`];
  const { finding } = check;
  const { severity, code, message, also, place, document, waived } = finding;
  const diagnostics: [string, unknown][] = [
    ['severity', severity],
    ['code', code],
    ['message', message],
    ['also', also],
    ...details({ ...finding, also: [] }).map(({ name, text }): [string, unknown] => [name, text]),
    ['at', place],
    ['document', document],
  ];
  return [
    `${weightOf(finding) === 'error' ? 'not ok' : 'ok'} ${described(message)}${waived ? ` # SKIP waived ${escaped(waiverInWords(waived))}` : ''}`,
    '  ---',
    ...diagnostics.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name}: ${quoted(value)}`])),
    '  ...',
  ];
}

/** A description: a `#` would begin a directive. */
function escaped(text: string): string {
  return coded(text).replace(/[\\#]/g, '\\$&');
}

/** A value on one line, as JSON, which is YAML; nothing hidden in it. */
function quoted(value: unknown): string {
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu, (character) =>
    character.length === 1
      ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
      : `\\U${character.codePointAt(0)?.toString(16).padStart(8, '0')}`,
  );
}
