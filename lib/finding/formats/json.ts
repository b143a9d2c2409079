import type { Report } from './report.ts';

/** One object: all that the command answers. Findings are in the order of the source. */
export function json({ answer }: Report): string {
  return `${JSON.stringify(answer, null, 2)}\n`;
}
