// Thirty mistakes of the sort that broke somebody's platform: each is told, at its line, in a sentence, and mended with few keystrokes.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../../lib/finding/finding.ts';
import type { JsonObject } from '../../lib/json.ts';
import { compile } from '../../lib/pipeline.ts';
import { workspace } from '../commands/workspace.ts';
import { type Outage, outages } from './outages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = `${root}docs/outages.md`;
const source = readFileSync(`${root}platform.config.ts`, 'utf8');
const today = async () => '2026-12-31';

const { model, findings } = await compile({ root, entry: 'platform.config.ts', today });
const base = JSON.parse(JSON.stringify(model)) as JsonObject;
const before = new Set(findings.map(({ code, message }) => `${code} ${message}`));

function edited(edits: Outage['edits']): string {
  return edits.reduce((text, [from, to]) => {
    assert.equal(text.split(from).length, 2, `${JSON.stringify(from)} must occur once`);
    return text.replace(from, () => to);
  }, source);
}

/** Insertions, deletions and replacements of one character that make one text of another. */
function keystrokes(from: string, to: string): number {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start++;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end++;
  const [a, b] = [from.slice(start, from.length - end), to.slice(start, to.length - end)];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

type Told = Readonly<{ outage: Outage; finding: Finding; others: number; strokes: number }>;

const told: Told[] = [];

for (const outage of outages)
  test(`${outage.mistake} is ${outage.code}`, async (t) => {
    const { directory, write } = workspace(t);
    const text = edited(outage.edits);
    write('platform.config.ts', text);
    const { findings } = await compile({ root: directory, entry: 'platform.config.ts', today, base });
    const more = findings.filter(({ code, message, waived }) => !waived && !before.has(`${code} ${message}`));
    const finding = more.find(({ code }) => code === outage.code);
    assert.ok(finding, more.map(({ code, message }) => `${code}: ${message}`).join('\n'));
    const first = text.slice(0, firstDifference(text, source)).split('\n').length;
    // What lost a line is told at its head, and of a conflict the other side may be the one that was changed.
    const lines = [finding.place, finding.via, finding.other].flatMap((place) => place?.line ?? []);
    assert.ok(
      lines.some((line) => Math.abs(line - first) <= 8),
      `line ${first}, and told at ${lines}`,
    );
    const mended = edited(outage.mended ?? []);
    told.push({ outage, finding, others: more.length - 1, strokes: keystrokes(text, mended) });
  });

function firstDifference(one: string, other: string): number {
  let index = 0;
  while (one[index] === other[index]) index++;
  return index;
}

test('the page tells all of them', () => {
  assert.equal(told.length, outages.length);
  const rows = told.map(({ outage: { mistake, known, code }, finding, others, strokes }) => {
    const words = finding.message.replaceAll('|', '\\|');
    const more = others === 0 ? '' : `, and ${others} more`;
    return `| ${mistake}${known ? ` (${known})` : ''} | ${finding.severity} \`${code}\`: ${words}${more} | ${strokes} |`;
  });
  const text = `<!-- Made by \`UPDATE_EXPECTED=1 npm test -- test/outages\`: change test/outages/outages.ts. -->

# Mistakes that broke platforms

Each was made in this repository's \`platform.config.ts\` and judged with the platform before it as base. What is printed stands at its
line, with why and what to do; here it is the sentence alone. Keystrokes are those of the smallest remedy: characters typed or deleted.

| mistake | printed | keystrokes |
| --- | --- | --- |
${rows.join('\n')}
`;
  if (process.env.UPDATE_EXPECTED === '1') writeFileSync(page, text);
  assert.equal(readFileSync(page, 'utf8'), text, 'UPDATE_EXPECTED=1 npm test -- test/outages');
});
