import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { marked, type Token, type Tokens } from 'marked';
import type { Finding } from '../../../lib/finding/finding.ts';
import { clipped } from '../../../lib/finding/formats/details.ts';
import { markdown } from '../../../lib/finding/formats/markdown.ts';
import { coded } from '../../../lib/finding/print.ts';
import { example, findings, held, reportOf } from './reports.ts';

const childrenOf = (token: Token): Token[] => [
  ...((token as Tokens.List).items ?? []),
  ...((token as Tokens.Generic).tokens ?? []),
];

/** Each finding's code, place and message as they are shown, and all else that is said of it. */
function read(text: string) {
  const tokens = marked.lexer(text, { gfm: true });
  const items = tokens.filter(({ type }) => type === 'list').flatMap((list) => (list as Tokens.List).items);
  return items.map((item) => {
    const [line, nested, ...rest] = item.tokens;
    assert.deepEqual(rest, []);
    const inner = nested ? (nested as Tokens.List).items.map(({ tokens }) => shown(tokens[0])) : [];
    return { line: shown(line), inner };
  });
}

/** What a reader sees of a line: words, code and the break of ours; and nothing in words that GitHub would make more of. */
function shown(line: Token | undefined): string {
  assert.equal(line?.type, 'text');
  return childrenOf(line as Token)
    .map((token) => {
      if (token.type === 'codespan') return (token as Tokens.Codespan).text;
      if (token.raw === '<br>') return '\n';
      assert.equal(token.type, 'text', token.raw);
      assert.doesNotMatch(token.raw, /[@#<>&|[\]*_~$\\`\n]|:\/\/|www\.|\bgh-\d|:\w+:/i);
      return token.raw;
    })
    .join('');
}

const withoutBackticks = (text: string) => text.replaceAll('`', '');
/** At most so much of a text is shown. */
const MOST = 1000;

test('a report as Markdown', () => {
  const text = markdown(example);
  assert.equal(text, held('example.md', text));
  assert.equal(read(text).length, example.findings.length);
});

test('nothing found says so', () => {
  assert.match(markdown(reportOf([])), /^<!-- platform-compiler -->\n### platform-compiler: nothing found\n$/);
});

test('whatever a finding says, it is text and code, and read back', () => {
  fc.assert(
    fc.property(findings, (all) => {
      const text = markdown(reportOf(all));
      const known = ['heading', 'space', 'list'];
      for (const { type, raw } of marked.lexer(text))
        assert.ok(
          known.includes(type) ||
            /^(<!-- platform-compiler -->|<\/?details>|<summary>\d+( more)? \w+<\/summary>)\s/.test(raw),
          raw,
        );
      const said = read(text).map(({ line }) => withoutBackticks(line.slice(line.indexOf('\n') + 1)));
      const meant = all.map(({ message }) => withoutBackticks(clipped(coded(message), MOST)));
      assert.deepEqual(said.toSorted(), meant.toSorted());
    }),
  );
});

test('many are folded, and more than a comment holds are counted', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index): Finding => {
      return {
        code: 'config/value',
        severity: index % 2 ? 'error' : 'warning',
        message: `\`${index}\` is wrong: ${'é'.repeat(50)}`,
      };
    });
  const some = markdown(reportOf(many(30)));
  assert.equal(some.match(/<details>/g)?.length, 2);
  assert.match(some, /<summary>5 more errors<\/summary>/);
  assert.doesNotMatch(some, /… and/);
  for (const count of [500, 5000]) {
    const text = markdown(reportOf(many(count)));
    assert.ok(Buffer.byteLength(text) <= 65_536 && Buffer.byteLength(text) > 60_000);
    const [, left, errors, warnings] = /\n… and (\d+) more: (?:(\d+) errors, )?(\d+) warnings\n$/.exec(text) ?? [];
    assert.equal(read(text).length + Number(left), count);
    assert.equal(Number(errors ?? 0) + Number(warnings), Number(left));
  }
});
