import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { type Finding, hasErrors, type Path, type Place } from '../../../lib/finding/finding.ts';
import type { Report, Rule } from '../../../lib/finding/formats/report.ts';
import { unicodeText } from '../../print/unicode-text.ts';

/** What a reader must take for text and nothing else, and what no reader can be given as it is. */
const HOSTILE = [
  ...[
    '\u001b[2J\u001b[31m',
    '\0',
    '\u0007',
    '\u007f',
    '\u009b',
    '\r\n',
    '\n',
    '\t',
    '\u2028',
    '\ufeff',
    '\u200b',
    '\u202e',
    '\u2066',
  ],
  ...[
    '\ud800',
    '\udc00',
    '\uffff',
    '\ufffe',
    '\u{1fffe}',
    '\u{e0001}',
    '😀',
    'é',
    '\\',
    '\\u{1b}',
    '\\u001b',
    '\\n',
    '%',
    '%0A',
    '%25',
    '%3A',
  ],
  ...['::', '::error file=x,line=1::boo', '\n::stop-commands::x', '##[error]', ',', '=', ':', 'line=1'],
  ...[
    '|',
    '`',
    '``',
    '```',
    '\n```\n',
    '*a*',
    '**',
    '_a_',
    '__',
    '~~a~~',
    '[a](http://b)',
    '![a](b)',
    '](',
    '{0}',
    '{1}',
    '[',
    ']',
    '(',
    ')',
  ],
  ...[
    '@octocat',
    '@org/team',
    '#1',
    'GH-1',
    'o/r#2',
    'http://a.b',
    'www.a.b',
    'a@b.c',
    ':smile:',
    '$x$',
    '$',
    'd34db33fd34db33f',
  ],
  ...[
    '<b>',
    '</details>',
    '<script>',
    '<!--',
    '-->',
    '&amp;',
    '&#64;',
    '&',
    '<',
    '>',
    '"',
    "'",
    ']]>',
    '<![CDATA[',
    '<?xml?>',
  ],
  ...[
    '# a',
    '- a',
    '+ a',
    '1. a',
    '> a',
    '---',
    '===',
    '\n\n    a',
    '# SKIP',
    '# TODO',
    'not ok 1',
    'ok 2',
    '1..9',
    'Bail out!',
    '  ...',
    '---',
  ],
  ...['__proto__', 'service', 'a b', ' ', '  ', '`api`', '', '…'],
];

export const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.constant(' '), unicodeText(3)), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));

const count = fc.integer({ min: 1, max: 100_000 });
const file = fc.oneof(
  fc.constant('platform.config.ts'),
  hostile.map((text) => text.replaceAll('/', '_') || 'x'),
);

export const place: fc.Arbitrary<Place> = fc
  .record({ file, line: count, column: count, lines: fc.nat(3), columns: fc.nat(50) })
  .map(({ file, line, column, lines, columns }) => ({
    ...{ file, line, column, endLine: line + lines, endColumn: column + columns },
  }));

const path: fc.Arbitrary<Path> = fc.array(fc.oneof(hostile, fc.nat(9)), { maxLength: 4 });

const codes = [
  'config/unknown-pool',
  'config/value',
  'check/stale',
  'services/single_replica',
  'secrets/plain_credential',
];

export const finding: fc.Arbitrary<Finding> = fc.record(
  {
    code: fc.constantFrom(...codes),
    severity: fc.constantFrom('error', 'warning', 'notice'),
    message: hostile,
    expected: hostile,
    why: hostile,
    help: hostile,
    path,
    place,
    via: place,
    other: place,
    also: fc.array(hostile, { minLength: 1, maxLength: 3 }),
    document: fc.record({ file, line: count, path }, { requiredKeys: ['file'] }),
    waived: fc.record(
      { reason: hostile, owner: hostile, until: fc.constant('2027-06-30'), path, place },
      { requiredKeys: ['reason', 'owner', 'until', 'path'] },
    ),
    instead: fc.record(
      { severity: fc.constantFrom('error', 'warning', 'notice'), path, place },
      { requiredKeys: ['severity', 'path'] },
    ),
  },
  { requiredKeys: ['code', 'severity', 'message'] },
);

/** Findings of all sorts, and one that is very long. */
export const findings = fc
  .tuple(fc.array(finding, { maxLength: 12 }), fc.option(finding, { freq: 20 }))
  .map(([all, long]) =>
    long === null ? all : [...all, { ...long, message: `${long.message} `.repeat(4).padEnd(100_000, '<`|@x ') }],
  );

export const rules: readonly Rule[] = [
  {
    id: 'databases/production_backup',
    title: 'A production database can be brought back',
    description: 'a fault found after two weeks must not be the end of the data',
    severity: 'error',
    remedy: 'keep backups for 14 days or more',
  },
  {
    id: 'services/single_replica',
    title: 'A production service outlives one node',
    description: 'an upgrade drains nodes one by one; a lone replica is down meanwhile',
    severity: 'error',
    remedy: 'set replicaCount to 2 or more',
    page: 'https://rules.example/services/single_replica',
  },
];

export function reportOf(findings: readonly Finding[], more: Partial<Report> = {}): Report {
  const ok = !hasErrors(findings);
  return {
    tool: { name: 'platform-compiler', version: '0.1.0' },
    configuration: 'platform.config.ts',
    ok,
    findings,
    files: new Map(),
    rules,
    asked: rules.map(({ id }) => id),
    answer: { ok, findings },
    ...more,
  };
}

const source = `services: {
  api: { replicaCount: 1, pool: 'etljob' },
  worker: { ...small },
}`;

const at = (line: number, column: number, endColumn: number): Place => ({
  ...{ file: 'platform.config.ts', line, column, endLine: line, endColumn },
});

/** A report as there are many: a mistake, a broken rule, a warning with two places, a stale document and a notice. */
export const example = reportOf(
  [
    {
      code: 'capacity/pool_overcommit',
      severity: 'warning',
      message: 'pool `default` of `prod` has room for 3 of 5 pods',
      why: 'the last replicas stay Pending',
      help: 'raise the node count of the pool',
      path: ['environments', 'prod', 'cluster', 'nodePools', 'default'],
      place: at(1, 1, 9),
      other: at(3, 3, 9),
    },
    {
      code: 'services/single_replica',
      severity: 'error',
      message: '`api` has replicaCount 1 in `prod`, a production environment; at least 2 expected',
      why: 'an upgrade drains nodes one by one; a lone replica is down meanwhile',
      help: 'set replicaCount to 2 or more',
      path: ['services', 'api', 'replicaCount'],
      place: at(2, 24, 25),
      via: at(3, 13, 21),
      also: ['`worker` has replicaCount 1 in `prod`, a production environment; at least 2 expected'],
    },
    {
      code: 'config/unknown-pool',
      severity: 'error',
      message: '`pool` of service `api` names the node pool `etljob`, which `staging` does not have',
      expected: '`etljobs`',
      help: 'did you mean `etljobs`? Else add `etljob` to environments.staging.cluster.nodePools',
      path: ['services', 'api', 'pool'],
      place: at(2, 33, 41),
    },
    {
      code: 'check/stale',
      severity: 'error',
      message: '`shop-gitops/prod/api/values.yaml` is not what the configuration says',
      help: 'run `npm run compile` and commit what it writes',
      document: { file: 'out/shop-gitops/prod/api/values.yaml', line: 7 },
    },
    {
      code: 'databases/production_backup',
      severity: 'error',
      message: 'database `shop` of `prod`, a production environment, keeps backups for 7 days; at least 14 expected',
      why: 'a fault found after two weeks must not be the end of the data',
      path: ['environments', 'prod', 'databases', 'shop', 'backupRetentionDays'],
      place: at(1, 1, 9),
      waived: {
        reason: 'the data is copied from elsewhere each night',
        owner: 'team shop',
        until: '2027-06-30',
        path: ['environments', 'prod', 'databases', 'shop', 'waivers', 0],
        place: at(3, 3, 9),
      },
    },
    {
      code: 'services/missing_readiness',
      severity: 'notice',
      message: '`worker` has no readiness probe in `prod`',
      place: at(3, 3, 9),
      instead: { severity: 'error', path: ['rules', 'severity', 'services/missing_readiness'], place: at(1, 1, 9) },
    },
    { code: 'write/old-lock', severity: 'notice', message: 'a lock of a killed run was removed' },
  ],
  { files: new Map([['platform.config.ts', source]]) },
);

/** What `coded` wrote, as it was. */
export function decoded(text: string): string {
  return text.replaceAll(/\\u\{([0-9a-f]+)\}/g, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  );
}

/** The text that is held in `expected/`, and written there anew with `UPDATE_EXPECTED=1`. */
export function held(name: string, actual: string): string {
  const folder = new URL('expected/', import.meta.url);
  const file = new URL(name, folder);
  if (process.env.UPDATE_EXPECTED === '1') {
    if (!existsSync(folder)) mkdirSync(folder);
    writeFileSync(file, actual);
  }
  return readFileSync(file, 'utf8');
}
