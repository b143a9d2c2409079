import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clipped } from '../../../lib/finding/formats/details.ts';
import { junit } from '../../../lib/finding/formats/junit.ts';
import { coded } from '../../../lib/finding/print.ts';
import { readJunit } from './readers.ts';
import { decoded, example, findings, held, reportOf, rules } from './reports.ts';

test('a report as JUnit', () => {
  const text = junit(example);
  readJunit(text);
  assert.equal(text, held('example.xml', text));
});

test('whatever a finding says, it is read back whole; errors fail, what is waived is skipped, and nothing else is either', () => {
  fc.assert(
    fc.property(findings, (all) => {
      const { cases, failed } = readJunit(junit(reportOf(all)));
      const errors = all.filter(({ severity, waived }) => severity === 'error' && !waived);
      const said = failed.map(({ attributes, children: [failure] }) => {
        assert.equal(attributes.classname, failure?.attributes.type?.replace('/', '.'));
        return JSON.stringify([failure?.attributes.type, decoded(failure?.attributes.message ?? '')]);
      });
      assert.deepEqual(said.toSorted(), errors.map(({ code, message }) => JSON.stringify([code, message])).toSorted());
      const outputs = cases.flatMap(({ children }) => children.filter(({ name }) => name === 'system-out'));
      assert.equal(outputs.length, all.length - errors.length);
      const skipped = cases.filter(({ children }) => children.some(({ name }) => name === 'skipped'));
      assert.equal(skipped.length, all.filter(({ waived }) => waived).length);
      for (const { message } of all)
        assert.ok(
          cases.some(({ attributes }) => attributes.name?.startsWith(clipped(coded(message), 200))),
          message,
        );
    }),
  );
});

test('a rule that found nothing passed; one that was not asked is skipped', () => {
  const passed = readJunit(junit(reportOf([]))).cases;
  assert.deepEqual(
    passed.map(({ attributes, children }) => [attributes.classname, children.length]),
    rules.map(({ id }) => [id.replace('/', '.'), 0]),
  );
  const { suites, cases } = readJunit(junit(reportOf([], { asked: [] })));
  for (const { children } of cases) assert.equal(children[0]?.name, 'skipped');
  for (const { attributes, children } of suites) assert.equal(Number(attributes.skipped), children.length);
});
