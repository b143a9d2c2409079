import type { Finding, Place, Severity } from '../finding.ts';
import { mostSevereFirst } from '../order.ts';
import { documentInWords, waiverInWords } from '../words.ts';
import { details } from './details.ts';
import { fingerprints } from './fingerprint.ts';
import { categoryOf, type Report, type Rule } from './report.ts';

/**
 * SARIF 2.1.0, as GitHub's code scanning shows it: rules with their help, results at their lines, fingerprints that do not follow
 * lines.
 *
 * @see docs.oasis-open.org, "SARIF Version 2.1.0"; docs.github.com, "SARIF support for code scanning"
 */
export function sarif(report: Report): string {
  const { tool, ok, findings, rules } = report;
  const told = mostSevereFirst(findings).slice(0, MOST_RESULTS);
  const descriptors = describe(rules, told);
  const context: Context = {
    configuration: report.configuration,
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    suppresses: told.some(({ waived }) => waived),
    indexes: new Map(descriptors.map(({ id }, index) => [id, index])),
    prints: new Map(
      fingerprints(findings).flatMap((print, index) => (findings[index] ? [[findings[index], print]] : [])),
    ),
  };
  const run = {
    tool: { driver: { ...tool, semanticVersion: tool.version, rules: descriptors } },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [ROOT]: { description: { text: 'The folder that the command was given in.' } } },
    invocations: [{ executionSuccessful: true, exitCode: ok ? 0 : 1, ...leftOut(findings.length - told.length) }],
    results: told.map((finding) => resultOf(finding, context)),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

type Context = Readonly<{
  configuration: string;
  rules: ReadonlyMap<string, Rule>;
  /** where among the run's rules a code is */
  indexes: ReadonlyMap<string, number>;
  prints: ReadonlyMap<Finding, string>;
  /** whether anything is waived: either every result has a list of suppressions, or none has */
  suppresses: boolean;
}>;

function resultOf(finding: Finding, { configuration, rules, indexes, prints, suppresses }: Context) {
  const print = prints.get(finding);
  return {
    ruleId: finding.code,
    ruleIndex: indexes.get(finding.code),
    level: LEVELS[finding.severity],
    message: { text: messageOf(finding, rules.get(finding.code)) },
    locations: [locationOf(finding, configuration)],
    ...relatedTo(finding),
    ...(suppresses && { suppressions: suppressionsOf(finding) }),
    // GitHub compares the second alone; it would otherwise make one of the line's text.
    partialFingerprints: { 'platformCompiler/v1': print, primaryLocationLineHash: print },
  };
}

function suppressionsOf({ waived }: Finding) {
  if (!waived) return [];
  const { place } = waived;
  const location = place && { location: located(place.file, regionOf(place)) };
  return [{ kind: 'inSource', status: 'accepted', justification: plain(waiverInWords(waived)), ...location }];
}

/** GitHub refuses a run with more. */
const MOST_RESULTS = 25_000;

/** GitHub takes paths for those of the repository; by this name, other readers ask where that is. */
const ROOT = '%SRCROOT%';

const LEVELS = { error: 'error', warning: 'warning', notice: 'note' } as const satisfies Record<Severity, string>;

/** Every rule there is, and for other findings what is known of their codes. */
function describe(rules: readonly Rule[], findings: readonly Finding[]) {
  const known = new Set(rules.map(({ id }) => id));
  const others = new Map<string, Severity>();
  // The most severe come first, and so decide.
  for (const { code, severity } of findings) if (!known.has(code) && !others.has(code)) others.set(code, severity);
  const unruled = [...others].sort(([a], [b]) => (a < b ? -1 : 1));
  return [...rules.map(descriptorOfRule), ...unruled.map(([code, severity]) => descriptorOfCode(code, severity))];
}

function descriptorOfRule({ id, title, description, severity, remedy, page }: Rule) {
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: clip(title) },
    fullDescription: { text: clip(description) },
    help: { text: `why: ${description}\nhelp: ${remedy}`, markdown: `**Why:** ${description}\n\n**Help:** ${remedy}` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [categoryOf(id)] },
    ...(page !== undefined && { helpUri: page }),
  };
}

/** Findings that are no rule's say themselves why and what to do. */
function descriptorOfCode(code: string, severity: Severity) {
  const what = words(code).slice(1).join(' ') || code;
  const stage = categoryOf(code);
  const found = `Found by \`${stage}\`: ${what}.`;
  return {
    id: code,
    name: nameOf(code),
    shortDescription: { text: clip(`${what.charAt(0).toUpperCase()}${what.slice(1)}`) },
    fullDescription: { text: clip(found) },
    help: { text: `${found} The finding says what was expected and what to do.` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [stage] },
  };
}

/** GitHub cuts longer descriptions off. */
function clip(text: string): string {
  return text.length <= 1024 ? text : `${text.slice(0, 1023)}…`;
}

function words(code: string): string[] {
  return code.split(/[/_-]/).filter((word) => word !== '');
}

/** `services/single_replica` → `ServicesSingleReplica` */
function nameOf(code: string): string {
  return words(code)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
}

/** The message and what is said besides, but what the rule says anyway and what are locations. */
function messageOf(finding: Finding, rule: Rule | undefined): string {
  const said = details(finding).filter(
    ({ name, text }) => !AS_LOCATIONS.includes(name) && text !== rule?.description && text !== rule?.remedy,
  );
  return [plain(finding.message), ...said.map(({ name, text }) => `${name}: ${plain(text)}`)].join('\n');
}

const AS_LOCATIONS = ['used at', 'and', 'in'];

/**
 * Text that is nothing but text to a reader of SARIF: nothing hidden, no embedded link (`[text](target)`), no placeholder
 * (`{0}`). What would be one is written as JSON writes characters, `\u0028`; so is the backslash of what looks like that. It can
 * be read back.
 */
function plain(text: string): string {
  const special =
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]|\\(?=u[0-9a-f]{4})|(?<=\])\(|\{(?=\d+\})/gu;
  return text.replace(special, (character) =>
    character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

/** Where GitHub shows it: it takes no result without a file. */
function locationOf({ place, document }: Finding, configuration: string) {
  if (place) return located(place.file, regionOf(place));
  // A checkout that is delivered to lies outside of the repository.
  const isInside = document !== undefined && !/^(\.\.)?\//.test(document.file);
  if (isInside) return located(document.file, { startLine: document.line ?? 1 });
  return located(configuration, { startLine: 1 });
}

function relatedTo({ via, other, place, document }: Finding) {
  const related = [
    ...(via ? [{ ...located(via.file, regionOf(via)), message: { text: 'used here' } }] : []),
    ...(other ? [{ ...located(other.file, regionOf(other)), message: { text: 'the other side' } }] : []),
    ...(place && document
      ? [
          {
            ...located(document.file, { startLine: document.line ?? 1 }),
            message: { text: `in ${plain(documentInWords(document))}` },
          },
        ]
      : []),
  ];
  return related.length === 0 ? {} : { relatedLocations: related.map((location, id) => ({ id, ...location })) };
}

function located(file: string, region: object) {
  return { physicalLocation: { artifactLocation: { uri: uriOf(file), uriBaseId: ROOT }, region } };
}

function regionOf({ line, column, endLine, endColumn }: Place) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** A path as a relative reference: encoded, and never taken for one with a scheme. */
function uriOf(file: string): string {
  return file.split('/').map(encoded).join('/');
}

function encoded(name: string): string {
  // Half of a surrogate pair has no encoding.
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd'));
}

function leftOut(count: number): object {
  if (count === 0) return {};
  const text = `${count} more findings are left out: GitHub takes ${MOST_RESULTS} of a run.`;
  return { toolExecutionNotifications: [{ level: 'warning', message: { text } }] };
}
