import { weightOf } from '../finding.ts';
import { coded, printFinding } from '../print.ts';
import { waiverInWords } from '../words.ts';
import { clipped } from './details.ts';
import { type Check, categoryOf, checksOf, NOT_ASKED, type Report } from './report.ts';

/**
 * JUnit's XML, within what Jenkins's xUnit plugin takes, the strictest reader: a suite for each category. A rule that found
 * nothing is a test that passed, one that was not asked a test that was skipped, each error a test that failed, under the
 * finding's code. A warning or a notice is a test that passed, with what it says as its output: it fails nothing here as it fails
 * no command. What is waived is a test that was skipped.
 */
export function junit(report: Report): string {
  const checks = checksOf(report);
  const categories = [...new Set(checks.map(({ code }) => categoryOf(code)))];
  const suites = categories.map((category) => suiteOf(category, checks, report));
  const { tests, failures } = countsOf(checks);
  const name = report.tool.name;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name, tests, failures, errors: 0 })}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(category: string, all: readonly Check[], { files }: Report): string {
  const checks = all.filter(({ code }) => categoryOf(code) === category);
  const seen = new Map<string, number>();
  const cases = checks.map((check) => {
    const classname = coded(check.code).replaceAll('/', '.');
    const title = nameOf(check);
    const count = (seen.get(`${classname} ${title}`) ?? 0) + 1;
    seen.set(`${classname} ${title}`, count);
    // Readers take tests of one name for one test.
    const name = count === 1 ? title : `${title} (${count})`;
    const inner = resultOf(check, files);
    const begin = `    <testcase${attributes({ classname, name })}`;
    return inner === '' ? `${begin}/>` : `${begin}>${inner}</testcase>`;
  });
  const begin = `  <testsuite${attributes({ name: coded(category), ...countsOf(checks), errors: 0 })}>`;
  return [begin, ...cases, '  </testsuite>'].join('\n');
}

function countsOf(checks: readonly Check[]): { tests: number; failures: number; skipped: number } {
  return {
    tests: checks.length,
    failures: checks.filter((check) => 'finding' in check && weightOf(check.finding) === 'error').length,
    skipped: checks.filter((check) => ('rule' in check ? !check.isAsked : check.finding.waived)).length,
  };
}

/** What a list of tests shows. No line: it would be another test when it moves. */
function nameOf(check: Check): string {
  return clipped(coded('finding' in check ? check.finding.message : check.rule.title), 200);
}

function resultOf(check: Check, files: Report['files']): string {
  if ('rule' in check) return check.isAsked ? '' : `<skipped${attributes({ message: NOT_ASKED })}/>`;
  const { finding } = check;
  const { waived } = finding;
  const text = escaped(`\n${printFinding(finding, { files })}`);
  const output = `<system-out>${text}</system-out>`;
  if (waived) return `<skipped${attributes({ message: coded(`waived ${waiverInWords(waived)}`) })}/>${output}`;
  if (finding.severity !== 'error') return output;
  return `<failure${attributes({ type: coded(finding.code), message: coded(finding.message) })}>${text}</failure>`;
}

/** @param values texts as `coded` leaves them */
function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

/** @param text as `coded` leaves it: XML 1.0 has no way to write some characters */
function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
