import { byCategory, type ShownRule } from './rules.ts';

/**
 * Every rule in a line, by category.
 *
 * @param columns how wide the terminal is: titles are cut to it, so that a rule stays a line; nothing is where it is not known
 */
export function list(rules: readonly ShownRule[], columns = Number.POSITIVE_INFINITY): string {
  const widthOf = (texts: readonly string[]) => Math.max(...texts.map(({ length }) => length));
  const [ids, severities, scopes] = (['id', 'severity', 'scope'] as const).map((field) =>
    widthOf(rules.map((rule) => rule[field])),
  ) as [number, number, number];
  const lineOf = ({ id, severity, scope, title }: ShownRule) => {
    const line = `  ${id.padEnd(ids)}  ${severity.padEnd(severities)}  ${scope.padEnd(scopes)}  ${title}`;
    return line.length <= columns ? line : `${line.slice(0, columns - 1).trimEnd()}…`;
  };
  return [...byCategory(rules)]
    .map(([category, members]) => `${[category, ...members.map(lineOf)].join('\n')}\n`)
    .join('\n');
}
