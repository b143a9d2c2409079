import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tap } from '../../../lib/finding/formats/tap.ts';
import { coded } from '../../../lib/finding/print.ts';
import { readTap } from './readers.ts';
import { example, findings, held, reportOf, rules } from './reports.ts';

test('a report as TAP', () => {
  const text = tap(example);
  readTap(text);
  assert.equal(text, held('example.tap', text));
});

test('whatever a finding says, it is read back whole; errors are not ok, what is waived is skipped, and all else is ok', () => {
  fc.assert(
    fc.property(findings, (all) => {
      const assertions = readTap(tap(reportOf(all)));
      const found = assertions.filter(({ diag }) => diag);
      const said = found.map(({ ok, diag, skip, todo, name }) => {
        assert.ok(!todo);
        assert.equal(Boolean(skip), diag?.waived !== undefined);
        assert.equal(name, `${diag?.code}: ${coded(String(diag?.message))}`.trim());
        assert.equal(ok, diag?.severity !== 'error' || diag?.waived !== undefined);
        return JSON.stringify([
          diag?.code,
          diag?.message,
          diag?.expected,
          diag?.why,
          diag?.help,
          diag?.also,
          diag?.at,
          diag?.document,
        ]);
      });
      const meant = all.map(({ code, message, expected, why, help, also, place, document }) =>
        JSON.stringify([code, message, expected, why, help, also, place, document]),
      );
      assert.deepEqual(said.toSorted(), meant.toSorted());
    }),
  );
});

test('a rule that found nothing is ok; one that was not asked is skipped', () => {
  assert.deepEqual(
    readTap(tap(reportOf([]))).map(({ ok, name }) => [ok, name]),
    rules.map(({ id, title }) => [true, `${id}: ${title}`]),
  );
  for (const { ok, skip } of readTap(tap(reportOf([], { asked: [] })))) assert.ok(ok && skip);
  assert.deepEqual(readTap(tap(reportOf([], { rules: [] }))), []);
});
