import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Finding, Place } from '../../../lib/finding/finding.ts';
import { fingerprints } from '../../../lib/finding/formats/fingerprint.ts';
import { sarif } from '../../../lib/finding/formats/sarif.ts';
import { readSarif } from './readers.ts';
import { example, finding, findings, held, reportOf, rules } from './reports.ts';

function decoded(text: string): string {
  return text.replaceAll(/\\u([0-9a-f]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

test('the schema is the one that is noted beside it', () => {
  const folder = new URL('sarif/', import.meta.url);
  const digest = createHash('sha256')
    .update(readFileSync(new URL('schema.json', folder)))
    .digest('hex');
  assert.match(readFileSync(new URL('NOTICE.md', folder), 'utf8'), new RegExp(`sha256 ${digest}`));
});

test('a report as SARIF', () => {
  const text = sarif(example);
  readSarif(text);
  assert.equal(text, held('example.sarif', text));
});

test('nothing found is a run without results, with all rules', () => {
  const run = readSarif(sarif(reportOf([])));
  assert.deepEqual(run.results, []);
  assert.deepEqual(
    run.tool.driver.rules.map(({ id }) => id),
    rules.map(({ id }) => id),
  );
});

test('whatever a finding says, it is read back whole, at its place', () => {
  fc.assert(
    fc.property(findings, (all) => {
      const { results } = readSarif(sarif(reportOf(all)));
      const said = results.map(({ ruleId, level, message: { text }, locations }) => {
        const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
        return JSON.stringify([ruleId, level, decoded(text.split('\n')[0] ?? ''), artifactLocation?.uri, region]);
      });
      const meant = all.map(({ code, severity, message, place, document }) => {
        const level = severity === 'notice' ? 'note' : severity;
        const uri = (file: string) =>
          file.split('/').map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')));
        const where = place
          ? [uri(place.file), { ...placed(place) }]
          : document && !document.file.startsWith('../') && !document.file.startsWith('/')
            ? [uri(document.file), { startLine: document.line ?? 1 }]
            : [['platform.config.ts'], { startLine: 1 }];
        return JSON.stringify([code, level, message, (where[0] as string[]).join('/'), where[1]]);
      });
      assert.deepEqual(said.toSorted(), meant.toSorted());
      const waived = all.filter((finding) => finding.waived).length;
      const suppressed = results.flatMap(({ suppressions }) => suppressions ?? []);
      assert.equal(suppressed.length, waived);
      // As SARIF demands: each result says it, or none does.
      for (const { suppressions } of results) assert.equal(suppressions !== undefined, waived > 0);
    }),
  );
});

function placed({ line, column, endLine, endColumn }: Place) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** As if lines were added above everything, and everything indented further. */
function moved(finding: Finding, lines: number): Finding {
  const move = (place: Place): Place => ({
    ...place,
    line: place.line + lines,
    endLine: place.endLine + lines,
    column: place.column + 2,
  });
  const { place, via, other, document } = finding;
  return {
    ...finding,
    ...(place && { place: move(place) }),
    ...(via && { via: move(via) }),
    ...(other && { other: move(other) }),
    ...(document?.line && { document: { ...document, line: document.line + lines } }),
  };
}

test('fingerprints stay when lines move and words change, and no two findings have the same', () => {
  fc.assert(
    fc.property(findings, fc.integer({ min: 1, max: 50 }), (all, lines) => {
      const before = fingerprints(all);
      assert.deepEqual(fingerprints(all.map((one) => moved(one, lines))), before);
      assert.deepEqual(
        fingerprints(all.map((one) => ({ ...one, help: 'other words', why: 'another reason' }))),
        before,
      );
      assert.equal(new Set(before).size, all.length);
    }),
  );
});

test('a finding that goes or comes leaves the fingerprints of unlike ones as they are', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(finding, { selector: ({ code, path }) => JSON.stringify([code, path]), minLength: 1 }),
      (all) => {
        const [, ...rest] = all;
        assert.deepEqual(fingerprints(rest), fingerprints(all).slice(1));
      },
    ),
  );
});

test('another service, value path, document or code is another fingerprint; another wrong value is not', () => {
  const one: Finding = { code: 'config/value', severity: 'error', message: '`cpu` of service `a` is "x"', path: ['a'] };
  const same = [one, { ...one, message: '`cpu` of service `a` is "y"' }].map((each) => fingerprints([each])[0]);
  assert.equal(same[0], same[1]);
  const others: Finding[] = [
    one,
    { ...one, message: '`cpu` of service `b` is "x"' },
    { ...one, path: ['b'] },
    { ...one, code: 'config/name' },
    { ...one, document: { file: 'out/a' } },
    { ...one, document: { file: 'out/b' } },
  ];
  assert.equal(new Set(others.map((each) => fingerprints([each])[0])).size, others.length);
});

test('of more than GitHub takes, the most severe are kept, and the rest is counted', () => {
  const many = Array.from({ length: 25_010 }, (_, index): Finding => {
    return { code: 'config/value', severity: index < 20 ? 'notice' : 'error', message: `\`${index}\` is wrong` };
  });
  const { results, invocations } = readSarif(sarif(reportOf(many)));
  assert.equal(results.length, 25_000);
  assert.equal(results.filter(({ level }) => level === 'note').length, 10);
  assert.match(invocations[0]?.toolExecutionNotifications?.[0]?.message.text ?? '', /^10 more findings/);
});

test('a page of a rule is linked, and a rule says itself what each of its findings would say again', () => {
  const { tool, results } = readSarif(sarif(example));
  assert.deepEqual(
    tool.driver.rules.flatMap(({ id, helpUri }) => (helpUri ? [[id, helpUri]] : [])),
    [['services/single_replica', 'https://rules.example/services/single_replica']],
  );
  const broken = results.find(({ ruleId }) => ruleId === 'services/single_replica');
  assert.doesNotMatch(broken?.message.text ?? '', /^(why|help): /m);
});
