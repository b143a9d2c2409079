import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { printFindings } from '../../lib/finding/print.ts';
import { load } from '../../lib/load/load.ts';
import { workspace } from '../commands/workspace.ts';
import { type Case, ERRORS, stages } from './cases.ts';

/**
 * What people see after each of their mistakes, as text to be read: `expected/<stage>.txt`.
 *
 * `UPDATE_EXPECTED=1 node --import tsx --test test/mistakes/*.test.ts` writes those files anew; the difference is the review.
 */
const UPDATE = process.env.UPDATE_EXPECTED === '1';

const folder = fileURLToPath(new URL('./', import.meta.url));
const source = readFileSync(join(folder, 'platform.config.ts'), 'utf8');
const sealed = readFileSync(join(folder, 'platform.sealed.json'), 'utf8');

/** The platform of this folder after some edits, each of a text that occurs once. */
function edited([name, ...edits]: Case): string {
  return edits.reduce((text, [from, to]) => {
    assert.equal(text.split(from).length, 2, `${name}: ${JSON.stringify(from)} must occur once`);
    return text.replace(from, () => to);
  }, source);
}

/** All that `npm run check` prints for a platform. */
async function printed(t: TestContext, text: string): Promise<string> {
  const { write, run, directory } = workspace(t);
  write('platform.config.ts', text.replace('../../lib/', './lib/'));
  write('platform.sealed.json', sealed);
  const { code, out, error } = await run('check');
  assert.equal(code, 1, error);
  assert.equal(out, '');
  assert.ok(!existsSync(join(directory, 'out')));
  return error;
}

const RULE = `${'─'.repeat(100)}\n`;

/** How a mistake and what is printed stand in the file of its stage. */
function section([name, ...edits]: Case, output: string): string {
  return `${name}\n${edits.map(([from, to]) => `${marked('- ', from)}${marked('+ ', to)}`).join('')}\n${output}`;
}

function marked(mark: string, text: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${mark}${line.trimStart().slice(0, 110)}\n`)
    .join('');
}

/** Of the errors in an output, where they stand and what they say. */
function errorsIn(output: string): { line: number; column: number; said: string }[] {
  return [...output.matchAll(/^platform\.config\.ts:(\d+):(\d+) error (.*\n.*)$/gm)].map(
    ([, line, column, said = '']) => ({
      line: Number(line),
      column: Number(column),
      said,
    }),
  );
}

for (const [stage, cases] of Object.entries(stages)) {
  const file = join(folder, 'expected', `${stage}.txt`);
  const expected = UPDATE || !existsSync(file) ? [] : readFileSync(file, 'utf8').split(RULE);
  const actual: string[] = [];
  describe(`mistakes: ${stage}`, { concurrency: 3 }, () => {
    for (const [index, mistake] of cases.entries())
      test(mistake[0], async (t) => {
        const output = await printed(t, edited(mistake));
        actual[index] = section(mistake, output);
        if (!UPDATE) assert.equal(actual[index], expected[index]);
        const errors = errorsIn(output);
        if (stage !== 'several') assert.equal(errors.length, ERRORS[mistake[0]] ?? 1, output);
        assert.deepEqual(
          errors.toSorted((a, b) => a.line - b.line || a.column - b.column),
          errors,
          'in the order of the source',
        );
        assert.equal(new Set(errors.map((error) => JSON.stringify(error))).size, errors.length, 'none twice');
        assert.doesNotMatch(output, /^ +at .*\d+:\d+|node_modules|report it/m);
      });
    if (UPDATE) after(() => writeFileSync(file, actual.join(RULE)));
    else
      test('nothing else is expected', () => {
        assert.equal(expected.length, cases.length);
      });
  });
}

test('several mistakes of one stage are as many errors', () => {
  const outputs = readFileSync(join(folder, 'expected/several.txt'), 'utf8').split(RULE);
  assert.deepEqual(
    outputs.map((output) => [output.split('\n')[0], errorsIn(output).length]),
    [
      ['of loading: all of them are told before anything runs', 3],
      ['of values that are no data', 3],
      ['of shapes and formats', 8],
      ['of names', 5],
      ['of what belongs together', 6],
      ['of rules', 4],
      ['of documents', 3],
    ],
  );
});

test('an endless loop ends, and is found at the loop', async (t) => {
  const { directory, write } = workspace(t);
  const endless = source.replace('../../lib/', './lib/').replace('const small = ', 'for (;;) {}\nconst small = ');
  write('platform.config.ts', endless);
  const line = endless.split('\n').indexOf('for (;;) {}') + 1;
  const { findings, files } = await load({ root: directory, timeoutMilliseconds: 300 });
  assert.equal(
    printFindings(findings, { files }),
    [
      `platform.config.ts:${line}:1 error load/timeout`,
      '  the configuration does not finish within 300 ms',
      `    ${line} | for (;;) {}`,
      '       | ^^^^^^^^^^^',
      '  help: look for a loop that does not end',
      '',
    ].join('\n'),
  );
});
