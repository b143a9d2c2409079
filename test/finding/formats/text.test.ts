import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { hasErrors } from '../../../lib/finding/finding.ts';
import { formatNames, formats } from '../../../lib/finding/formats/formats.ts';
import { json } from '../../../lib/finding/formats/json.ts';
import { text } from '../../../lib/finding/formats/text.ts';
import { coded } from '../../../lib/finding/print.ts';
import { decoded, example, findings, held, hostile, reportOf } from './reports.ts';

test('a report as text: the most severe first, counts last', () => {
  const printed = text(example);
  assert.equal(printed, held('example.txt', printed));
});

test('on a narrow terminal, prose is wrapped and code is cut', () => {
  const printed = text(example, { columns: 60 });
  assert.equal(printed, held('narrow.txt', printed));
});

test('colour is only where it is asked for', () => {
  const [plain, painted] = [text(example), text(example, { colour: true })];
  assert.ok(!plain.includes('\u001b'));
  assert.ok(painted.includes('\u001b[31merror\u001b[0m'));
  assert.equal(stripVTControlCharacters(painted), plain);
});

test('whatever the width, no line of prose is wider unless a word is, and no word is lost', () => {
  fc.assert(
    fc.property(findings, fc.integer({ min: 40, max: 200 }), (all, columns) => {
      const narrow = text(reportOf(all), { columns });
      const words = (printed: string) => printed.split(/\s+/).join(' ');
      assert.equal(words(narrow), words(text(reportOf(all))));
      // A line is as wide as it may be, or it is its indent and one word, or the first line of a finding, which is not wrapped.
      for (const line of narrow.split('\n'))
        assert.ok(
          line.length <= columns ||
            !/^ {2}/.test(line) ||
            / (error|warning|notice|waived) [a-z]+\/[a-z_-]+$/.test(line) ||
            /^ {4}\S*$|^ {2}(used at|and|in|\w+): \S*|^ {2}\S*$/.test(line),
          line,
        );
    }),
  );
});

test('a code frame is cut to the terminal around its place', () => {
  const line = `${'a'.repeat(300)}bad${'c'.repeat(300)}`;
  const place = { file: 'x.ts', line: 1, column: 301, endLine: 1, endColumn: 304 };
  const report = reportOf([{ code: 'config/value', severity: 'error', message: 'bad', place }], {
    files: new Map([['x.ts', line]]),
  });
  for (const columns of [40, 80, 200]) {
    const [, , frame = '', carets = ''] = text(report, { columns }).split('\n');
    assert.ok(frame.length <= columns && carets.length <= columns);
    assert.match(frame.slice(carets.indexOf('^')), /^bad/);
    assert.match(carets, /\^{3}$/);
  }
});

test('what is shown by its code can be read back', () => {
  fc.assert(
    fc.property(hostile, (one) => {
      assert.equal(decoded(coded(one)), one);
      assert.doesNotMatch(coded(one), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('JSON is all that a command answers', () => {
  fc.assert(
    fc.property(findings, (all) =>
      assert.deepEqual(JSON.parse(json(reportOf(all))), {
        ok: !hasErrors(all),
        findings: JSON.parse(JSON.stringify(all)),
      }),
    ),
  );
});

test('every format ends its last line, and takes what there is of nothing', () => {
  for (const name of formatNames) {
    assert.match(formats[name](example), /\n$/, name);
    assert.match(formats[name](reportOf([], { rules: [] })), /^$|\n$/, name);
  }
});

test('every format is in the documentation, and what it shows is a format', () => {
  const page = readFileSync(new URL('../../../docs/findings.md', import.meta.url), 'utf8');
  assert.deepEqual([...page.matchAll(/^### `(\w+)`$/gm)].map(([, name]) => name).sort(), formatNames.toSorted());
  for (const [, name = ''] of page.matchAll(/--format (\w+)/g)) assert.ok(name in formats, name);
});
