import { byCategory, countOf, type Examples, type ShownRule } from './rules.ts';
import { EXAMPLES_ARE, labelled, NO_EXAMPLES } from './show.ts';

/** `docs/rules.md`: a table for each category, then each rule with what shows it. */
export function catalogue(rules: readonly ShownRule[]): string {
  const sections = [...byCategory(rules)].map(([category, members]) => [
    `## ${category}`,
    tableOf(members),
    ...members.flatMap(sectionOf),
  ]);
  return `${[...introduction(rules), ...sections.flat()].join('\n\n')}\n`;
}

function introduction(rules: readonly ShownRule[]): string[] {
  return [
    '<!-- Made by `npm run policies` and `npm run rules -- catalogue` from policies/: change it there. -->',
    '# Rules',
    `What is judged once shapes and names are right, by ${countOf(rules)}. An error ends a compile before anything is written; warnings and notices are only told. \`npm run rules -- show <id>\` prints what is here, and [\`writing-rules.md\`](writing-rules.md) says how to write the next one. ${EXAMPLES_ARE}`,
  ];
}

function tableOf(rules: readonly ShownRule[]): string {
  const rows = rules.map(
    ({ id, severity, scope, title }) => `| [\`${id}\`](#${anchorOf(id)}) | ${severity} | ${scope} | ${cell(title)} |`,
  );
  return ['| rule | severity | scope | what holds where it finds nothing |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function sectionOf(rule: ShownRule): string[] {
  const { id, title, severity, scope, kinds, description, remedy, references, examples } = rule;
  const lines = [
    `- **Why:** ${prose(description)}`,
    `- **Help:** ${prose(remedy)}`,
    `- **Source:** [\`policies/${id}/\`](../policies/${id}/rule.rego), ${severity}, of scope ${scope}${kinds ? ` (${kinds.join(', ')})` : ''}`,
    ...references.map((reference) => `- **See:** <${reference}>`),
  ];
  return [`### \`${id}\``, `${prose(title)}.`, lines.join('\n'), ...(examples ? codeOf(examples) : [NO_EXAMPLES])];
}

function codeOf(examples: Examples): string[] {
  return labelled(examples).flatMap(({ label, lines }) => [label, ['```ts', ...lines, '```'].join('\n')]);
}

/** What GitHub makes of a heading: punctuation goes, but not the underscore. */
function anchorOf(id: string): string {
  return id.replaceAll('/', '');
}

/** Text of a rule in Markdown: what is not between backticks is only text. */
function prose(text: string): string {
  return text.replace(/(`[^`]*`)|[\\<>*_[\]]/g, (found, code?: string) => code ?? `\\${found}`);
}

/** A table ends a cell at a bar, even between backticks. */
function cell(text: string): string {
  return prose(text).replaceAll('|', '\\|');
}
