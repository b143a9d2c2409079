import type { Finding } from '../finding.ts';
import { mostSevereFirst } from '../order.ts';
import { coded } from '../print.ts';
import { details } from './details.ts';
import type { Report } from './report.ts';

/**
 * Workflow commands: GitHub shows them at the lines of a pull request. It takes ten errors and ten warnings of a step, so the
 * most severe come first.
 *
 * @see docs.github.com, "Workflow commands for GitHub Actions"
 */
export function github({ configuration, findings }: Report): string {
  return mostSevereFirst(findings)
    .map((finding) => `${command(finding, configuration)}\n`)
    .join('');
}

function command(finding: Finding, configuration: string): string {
  const { severity, code, message, waived } = finding;
  const properties = { ...whereOf(finding, configuration), title: code };
  const listed = Object.entries(properties).map(([name, value]) => `${name}=${inProperty(String(value))}`);
  const lines = [message, ...details(finding).map(({ name, text }) => `${name}: ${text}`)];
  // What somebody has let pass must not stand out as an error does.
  return `::${waived ? 'notice' : severity} ${listed.join(',')}::${inData(lines.map(coded).join('\n'))}`;
}

/** What is wrong in a document is shown at the value that it comes from, where that is known. */
function whereOf({ place, document }: Finding, configuration: string): Record<string, string | number> {
  if (!place) return document ? { file: document.file, line: document.line ?? 1 } : { file: configuration, line: 1 };
  const { file, line, endLine, column, endColumn } = place;
  // GitHub takes columns of a single line only.
  return { file, line, endLine, ...(line === endLine && { col: column, endColumn: Math.max(column, endColumn - 1) }) };
}

function inData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function inProperty(text: string): string {
  return inData(coded(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
