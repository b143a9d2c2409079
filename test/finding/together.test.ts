import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding, Place } from '../../lib/finding/finding.ts';
import { inSourceOrder } from '../../lib/finding/order.ts';
import { printFindings } from '../../lib/finding/print.ts';

const at = (line: number): Place => ({ file: 'platform.config.ts', line, column: 1, endLine: line, endColumn: 2 });

function finding(message: string, place: Place | undefined, more: Partial<Finding> = {}): Finding {
  return { code: 'config/value', severity: 'error', message, ...(place && { place }), ...more };
}

/** First lines and what is said besides. */
function told(...findings: Finding[]): string[] {
  return inSourceOrder(findings).map(({ message, also = [] }) => [message, ...also].join(' + '));
}

test('what one place says wrong of several services is told once', () => {
  assert.deepEqual(
    told(
      finding('`cpu` of service `b` is the text "x"', at(1)),
      finding('`cpu` of service `a` is the text "x"', at(1)),
      finding('`cpu` of service `c` in `prod` is the text "x"', at(1)),
    ),
    [
      '`cpu` of service `a` is the text "x" + `cpu` of service `b` is the text "x" + `cpu` of service `c` in `prod` is the text "x"',
    ],
  );
});

test('what is unlike stays apart: another place, value, expectation, code, or key of what is missing', () => {
  const first = finding('`a` is the text "x"', at(1), { path: ['a'] });
  for (const other of [
    finding('`b` is the text "x"', at(2), { path: ['a'] }),
    finding('`b` is the text "y"', at(1), { path: ['a'] }),
    finding('`b` is the text "x"', at(1), { path: ['a'], expected: 'another' }),
    finding('`b` is the text "x"', at(1), { path: ['a'], code: 'config/name' }),
    finding('`b` is the text "x"', at(1), { path: ['b'] }),
  ])
    assert.equal(told(first, other).length, 2, JSON.stringify(other));
});

test('without a place nothing is one and the same', () => {
  assert.equal(told(finding('`a` is wrong', undefined), finding('`b` is wrong', undefined)).length, 2);
});

test('three others are printed, and how many more there are', () => {
  const findings = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => finding(`service \`${name}\` is wrong`, at(1)));
  assert.equal(
    printFindings(inSourceOrder(findings)),
    [
      'platform.config.ts:1:1 error config/value',
      '  service `a` is wrong',
      '  also: service `b` is wrong',
      '  also: service `c` is wrong',
      '  also: service `d` is wrong',
      '  also: 2 more like it',
      '',
    ].join('\n'),
  );
});
