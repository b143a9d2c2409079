import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { SaxesParser } from 'saxes';
import { Parser } from 'tap-parser';

// What reads our formats: each a parser or a schema that others wrote, or the rules that a consumer's documentation gives.

const { $schema, id, ...schema } = JSON.parse(
  readFileSync(new URL('sarif/schema.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
const ajv = new Ajv({
  strict: false,
  // A pattern for languages, which we write none of, is no regular expression of Unicode mode.
  unicodeRegExp: false,
  formats: {
    uri: /^[a-z][a-z0-9+.-]*:[!#$&-;=?-[\]_a-z~%]+$/i,
    'uri-reference': /^(?:[!#$&-;=?-[\]_a-z~]|%[0-9a-f]{2})*$/i,
    'date-time': true,
  },
});
const isSarif = ajv.compile(schema);

type Location = Readonly<{
  physicalLocation: { artifactLocation: { uri: string; uriBaseId: string }; region: Record<string, number> };
}>;
type Result = Readonly<{
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: readonly Location[];
  suppressions?: readonly object[];
  relatedLocations?: readonly (Location & { id: number; message: { text: string } })[];
  partialFingerprints: { 'platformCompiler/v1': string; primaryLocationLineHash: string };
}>;
type Descriptor = Readonly<Record<string, unknown> & { id: string; shortDescription: { text: string } }>;
type Run = Readonly<{
  tool: { driver: { rules: readonly Descriptor[] } };
  results: readonly Result[];
  invocations: readonly { toolExecutionNotifications?: readonly { message: { text: string } }[] }[];
}>;

/** Reads as a reader of SARIF does, and holds what GitHub asks for beyond the schema. */
export function readSarif(text: string): Run {
  const log = JSON.parse(text) as { runs: [Run] };
  assert.ok(isSarif(log), ajv.errorsText(isSarif.errors));
  const [run] = log.runs;
  for (const rule of run.tool.driver.rules)
    for (const key of ['name', 'shortDescription', 'fullDescription', 'help', 'defaultConfiguration'])
      assert.ok(key in rule, `${rule.id} has no ${key}`);
  for (const { ruleId, ruleIndex, message, locations } of run.results) {
    assert.equal(run.tool.driver.rules[ruleIndex]?.id, ruleId);
    assert.doesNotMatch(
      message.text,
      /\]\(|\{\d+\}|[\p{Cf}\p{Cs}]|[^\P{Cc}\n]/u,
      'a link, a placeholder or something hidden',
    );
    assert.ok((locations[0]?.physicalLocation.region.startLine ?? 0) >= 1);
  }
  return run;
}

type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string };

/** Reads XML 1.0 strictly: what is not well-formed, or has a character that XML has none of, is an error. */
function parse(text: string): Element {
  const top: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const parser = new SaxesParser({ fragment: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: { ...attributes } as Record<string, string>, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (part) => {
    const element = open.at(-1);
    if (element) element.text += part;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return top.children[0] ?? top;
}

/** The rules of Jenkins's `junit-10.xsd` (xUnit plugin) for elements that we write: what has which attributes and is in what. */
const SCHEMA: Readonly<Record<string, { needs: string[]; may: string[]; holds: string[] }>> = {
  testsuites: { needs: [], may: ['name', 'time', 'tests', 'failures', 'errors'], holds: ['testsuite'] },
  testsuite: {
    needs: ['name', 'tests', 'failures', 'errors'],
    may: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    holds: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    needs: ['name'],
    may: ['time', 'classname', 'group'],
    holds: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { needs: [], may: ['type', 'message'], holds: [] },
  skipped: { needs: [], may: ['type', 'message'], holds: [] },
  'system-out': { needs: [], may: [], holds: [] },
};

function validate({ name, attributes, children, text }: Element): void {
  const rule = SCHEMA[name];
  assert.ok(rule, name);
  for (const need of rule.needs) assert.ok(need in attributes, `${name} has no ${need}`);
  for (const key of Object.keys(attributes))
    assert.ok([...rule.needs, ...rule.may].includes(key), `${name} has ${key}`);
  for (const child of children) assert.ok(rule.holds.includes(child.name), `${child.name} in ${name}`);
  if (rule.holds.length > 0) assert.equal(text.trim(), '', `text in ${name}`);
  for (const child of children) validate(child);
}

/** Reads as Jenkins, GitLab and others do, and holds that what is counted is there. */
export function readJunit(text: string) {
  const suites = parse(text);
  assert.equal(suites.name, 'testsuites');
  validate(suites);
  const cases = suites.children.flatMap(({ children }) => children);
  const failed = (all: readonly Element[]) =>
    all.filter(({ children }) => children.some(({ name }) => name === 'failure'));
  for (const { attributes, children } of [{ attributes: suites.attributes, children: cases }, ...suites.children]) {
    assert.equal(Number(attributes.tests), children.length);
    assert.equal(Number(attributes.failures), failed(children).length);
  }
  const names = cases.map(({ attributes }) => `${attributes.classname} ${attributes.name}`);
  assert.equal(new Set(names).size, names.length, 'no two tests of one name');
  return { suites: suites.children, cases, failed: failed(cases) };
}

type Assertion = Readonly<{
  ok: boolean;
  id: number;
  name: string;
  skip?: boolean | string;
  todo?: boolean | string;
  diag?: Readonly<Record<string, unknown>>;
}>;

/** Reads with the parser of those who wrote the specification; what is no TAP, and a plan that is not kept, is an error. */
export function readTap(text: string): Assertion[] {
  const events = Parser.parse(text, { strict: true }) as unknown as [string, never][];
  const complete = events.find(([event]) => event === 'complete')?.[1] as unknown as {
    failures: { tapError?: unknown }[];
  };
  assert.deepEqual(
    complete.failures.filter(({ tapError }) => tapError),
    [],
  );
  const unknown = events
    .map(([event]) => event)
    .filter((event) => !['version', 'plan', 'assert', 'complete', 'finish', 'close'].includes(event));
  assert.deepEqual(unknown, []);
  return events.filter(([event]) => event === 'assert').map(([, assertion]) => assertion);
}

/** Reads a line of a log as GitHub's runner does; what is no command is an error, since it would be nothing but text there. */
function readLine(line: string) {
  assert.ok(line.startsWith('::'), line);
  const end = line.indexOf('::', 2);
  assert.ok(end > 0, line);
  const [name = '', ...rest] = line.slice(2, end).split(' ');
  const properties = rest
    .join(' ')
    .split(',')
    .map((property): [string, string] => {
      const [key = '', ...value] = property.split('=');
      return [key, unescaped(value.join('='), ['%3A', ':'], ['%2C', ',']) ?? ''];
    });
  assert.equal(new Set(properties.map(([key]) => key)).size, properties.length);
  return { name, properties: Object.fromEntries(properties), data: unescaped(line.slice(end + 2)) };
}

function unescaped(text: string, ...more: [string, string][]): string {
  // `%25` is the last: what it makes is no code of another character.
  const codes: [string, string][] = [['%0D', '\r'], ['%0A', '\n'], ...more, ['%25', '%']];
  return codes.reduce((all, [code, character]) => all.replaceAll(code, character), text);
}

export function readGithub(text: string) {
  return text.split('\n').slice(0, -1).map(readLine);
}
