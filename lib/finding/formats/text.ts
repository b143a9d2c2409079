import { mostSevereFirst } from '../order.ts';
import { counts, type PrintOptions, printFindings } from '../print.ts';
import type { Report } from './report.ts';

/** For people: the most severe first, how many there are last; nothing where nothing was found. */
export function text({ findings, files }: Pick<Report, 'findings' | 'files'>, look: Omit<PrintOptions, 'files'> = {}) {
  if (findings.length === 0) return '';
  return `${printFindings(mostSevereFirst(findings), { files, ...look })}\n${counts(findings)}\n`;
}
