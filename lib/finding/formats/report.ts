import type { Finding, Severity } from '../finding.ts';

/** What is known of a code whatever it finds: the metadata of a rule. */
export type Rule = Readonly<{
  /** the code of its findings, `<category>/<rule>` */
  id: string;
  title: string;
  /** why it matters */
  description: string;
  severity: Severity;
  /** what to do */
  remedy: string;
  /** a page about it */
  page?: string;
}>;

/** What a command has to tell, whatever the format. */
export type Report = Readonly<{
  tool: Readonly<{ name: string; version: string }>;
  /** the configuration's file, as places name it: what has no place is wrong there */
  configuration: string;
  /** whether the command did what it was told */
  ok: boolean;
  /** in the order of the source */
  findings: readonly Finding[];
  /** source text by file, for code frames */
  files: ReadonlyMap<string, string>;
  /** all rules there are, sorted by id */
  rules: readonly Rule[];
  /** the ids of those that were asked: none where there is no model, and those on changes only where there is something to compare with */
  asked: readonly string[];
  /** all that the command answers, findings among it, as `--json` gives it */
  answer: Readonly<Record<string, unknown>>;
}>;

/** What there is to say of a code: a finding, or that its rule found nothing or was not asked. */
export type Check = Readonly<{ code: string } & ({ finding: Finding } | { rule: Rule; isAsked: boolean })>;

/** For formats that were made for tests: every finding, and every rule without one. Sorted by code, findings as in the report. */
export function checksOf({ findings, rules, asked }: Report): Check[] {
  const found = findings.map((finding): Check => ({ code: finding.code, finding }));
  const codes = new Set(found.map(({ code }) => code));
  const silent = rules.filter(({ id }) => !codes.has(id));
  const checks = [
    ...found,
    ...silent.map((rule): Check => ({ code: rule.id, rule, isAsked: asked.includes(rule.id) })),
  ];
  return checks.sort((a, b) => (a.code < b.code ? -1 : Number(a.code > b.code)));
}

/** Why a rule was not asked, in words. */
export const NOT_ASKED = 'not asked: an error stopped the run before, or there was nothing to compare with (`--base`)';

/** What a code begins with: the stage, or the category of the rule. */
export function categoryOf(code: string): string {
  return code.split('/')[0] ?? code;
}
