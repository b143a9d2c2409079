// What a command found, in the formats it was asked for: each to its file, whole or not at all, at most one to standard output.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { main } from '../../lib/commands/main.ts';
import { formatNames } from '../../lib/finding/formats/formats.ts';
import { readGithub, readJunit, readSarif, readTap } from '../finding/formats/readers.ts';
import { workspace } from './workspace.ts';

const { rules } = JSON.parse(readFileSync(new URL('../../policies/policies.lock.json', import.meta.url), 'utf8')) as {
  rules: readonly { id: string; title: string; remedy: string; scope: string }[];
};

const knownPool = "in: { staging: { pool: 'etljobs' } }";
const unknownPool = "in: { staging: { pool: 'etljob' } }";

/** A platform with a mistake in it. */
function mistaken(t: TestContext) {
  const place = workspace(t);
  place.edit(knownPool, unknownPool);
  return place;
}

const all = (folder = '') => formatNames.flatMap((name) => ['--format', `${name}=${folder}report.${name}`]);

test('several formats in one run, each to its file, also when something is wrong; people read text as ever', async (t) => {
  const { run, read, directory } = mistaken(t);
  const plain = await run('check');
  const before = readdirSync(directory);
  const { code, out, error } = await run('check', ...all());
  assert.deepEqual([code, out, error], [1, '', plain.error]);
  assert.deepEqual(
    readdirSync(directory).filter((name) => !before.includes(name)),
    formatNames.map((name) => `report.${name}`).sort(),
  );
  assert.equal(read('report.text'), plain.error);
  assert.equal(JSON.parse(read('report.json')).findings.length, 1);
  const [result] = readSarif(read('report.sarif')).results;
  assert.equal(result?.ruleId, 'config/unknown-pool');
  const [place] = result?.locations ?? [];
  const [, line, column] = /^platform\.config\.ts:(\d+):(\d+) /.exec(plain.error) ?? [];
  assert.equal(place?.physicalLocation.artifactLocation.uri, 'platform.config.ts');
  assert.equal(place?.physicalLocation.region.startLine, Number(line));
  assert.equal(place?.physicalLocation.region.startColumn, Number(column));
  assert.equal(readJunit(read('report.junit')).failed.length, 1);
  assert.equal(readTap(read('report.tap')).filter(({ ok }) => !ok).length, 1);
  assert.equal(readGithub(read('report.github'))[0]?.properties.line, line);
  assert.match(read('report.markdown'), /^- `config\/unknown-pool` in `platform\.config\.ts:/m);
});

test('compile writes its report beside out/, and both are what they are without the other', async (t) => {
  const { run, read, tree } = workspace(t);
  const first = await run('compile', '--format', 'junit=report.xml', '--format', 'sarif=report.sarif');
  assert.equal(first.code, 0, first.error);
  assert.match(first.out, /^create out\//);
  assert.match(first.error, /\d+ documents, \d+ written/);
  assert.ok('manifest.json' in tree());
  // Rules that found nothing passed; none was left out but those that had nothing to compare with.
  const { cases, failed } = readJunit(read('report.xml'));
  assert.deepEqual(failed, []);
  for (const { id } of rules)
    assert.ok(
      cases.some(({ attributes }) => attributes.classname === id.replace('/', '.')),
      id,
    );
  const skipped = cases.filter(({ children }) =>
    children.some(({ name, attributes }) => name === 'skipped' && attributes.message?.startsWith('not asked')),
  );
  assert.deepEqual(
    skipped.map(({ attributes }) => attributes.classname),
    rules.filter(({ scope }) => scope === 'change').map(({ id }) => id.replace('/', '.')),
  );
  const described = readSarif(read('report.sarif')).tool.driver.rules;
  for (const { id, title } of rules) assert.equal(described.find((one) => one.id === id)?.shortDescription.text, title);
});

test('rules that were not asked are skipped, and not said to have passed', async (t) => {
  const { run, read, write } = workspace(t);
  write('platform.config.ts', 'export default {');
  assert.equal((await run('check', '--format', 'junit=report.xml')).code, 1);
  const { cases } = readJunit(read('report.xml'));
  assert.equal(cases.filter(({ children }) => children[0]?.name === 'skipped').length, rules.length);
});

test('one format to standard output is alone there, and standard error is silent', async (t) => {
  const { run } = mistaken(t);
  for (const command of ['check', 'compile']) {
    const { code, out, error } = await run(command, '--format', 'sarif');
    assert.deepEqual([code, error], [1, '']);
    assert.equal(readSarif(out).results.length, 1);
  }
  const { code, out, error } = await run('check', '--format', 'text');
  assert.deepEqual([code, error], [1, '']);
  assert.match(out, /\n1 error\n$/);
});

test('--json is --format json, byte for byte', async (t) => {
  const { run } = mistaken(t);
  for (const command of ['check', 'compile']) {
    const answer = await run(command, '--json');
    assert.deepEqual(await run(command, '--format', 'json'), answer);
    assert.deepEqual(await run(command, '--format=json'), answer);
    const keys = Object.keys(JSON.parse(answer.out));
    assert.deepEqual(keys, command === 'check' ? ['ok', 'findings'] : ['ok', 'findings', 'steps', 'reasons', 'left']);
    assert.equal(answer.out, `${JSON.stringify(JSON.parse(answer.out), null, 2)}\n`);
  }
});

test('a report replaces the one of before, whatever there was in it', async (t) => {
  const { run, read, write, edit } = mistaken(t);
  write('report.sarif', 'x'.repeat(1_000_000));
  await run('check', '--format', 'sarif=report.sarif');
  const before = readSarif(read('report.sarif'));
  edit(unknownPool, `\n      ${unknownPool}`);
  await run('check', '--format', 'sarif=report.sarif');
  const after = readSarif(read('report.sarif'));
  assert.notDeepEqual(after.results[0]?.locations, before.results[0]?.locations);
  assert.deepEqual(after.results[0]?.partialFingerprints, before.results[0]?.partialFingerprints);
});

test('a format or a file that cannot be is a wrong call, and nothing happens', async (t) => {
  const { run, directory, write } = workspace(t);
  write('reports/there', '');
  symlinkSync('/dev/null', join(directory, 'null'));
  const wrong: [RegExp, ...string[]][] = [
    [/^check: --format html: there are text, json, sarif, junit, tap, github, markdown$/m, '--format', 'html'],
    [/--format needs a value/, '--format='],
    [/--format sarif= names no file/, '--format', 'sarif='],
    [/standard output takes one format, not 2: write `--format tap=<file>`/, '--format', 'sarif', '--format', 'tap'],
    [/standard output takes one format/, '--json', '--format', 'tap'],
    [/there is no folder missing$/m, '--format', 'sarif=missing/report'],
    [/there is no folder reports\/there$/m, '--format', 'sarif=reports/there/report'],
    [/lies in out\/, where compile alone writes/, '--format', 'sarif=out'],
    [/would overwrite the configuration/, '--format', 'sarif=lib/../platform.config.ts'],
    [/reports is there, and no file/, '--format', 'sarif=reports'],
    [/null is there, and no file/, '--format', 'sarif=null'],
    [/\/dev\/null is there, and no file/, '--format', 'sarif=/dev/null'],
    [/is named twice/, '--format', 'sarif=report', '--format', 'tap=reports/../report'],
  ];
  for (const [message, ...args] of wrong) {
    const { code, out, error } = await run('check', ...args);
    assert.equal(code, 2, `${args.join(' ')}: ${error}`);
    assert.equal(out, '');
    assert.match(error, message);
    assert.match(error, /^[^\n]+\n(See `npm run [a-z]+ -- --help`\.\n)?$/);
    assert.equal((await run('compile', ...args)).code, 2);
  }
  assert.ok(!existsSync(join(directory, 'out')));
  assert.deepEqual(readdirSync(join(directory, 'reports')), ['there']);
});

test('nothing goes into out/, by whatever way', async (t) => {
  const { run, directory, tree } = workspace(t);
  await run('compile');
  const before = tree();
  symlinkSync('out/ani-iacc', join(directory, 'elsewhere'));
  for (const file of [
    'out/report',
    'out/ani-iacc/report',
    'lib/../out/report',
    'elsewhere/report',
    `${directory}/out/report`,
  ])
    assert.equal((await run('check', '--format', `sarif=${file}`)).code, 2, file);
  assert.deepEqual(tree(), before);
});

test('a file that cannot be written is said in one line, others are written all the same, the command fails', async (t) => {
  const { run, read, directory } = workspace(t);
  await run('compile');
  const sealed = read('platform.sealed.json');
  const long = 'x'.repeat(300);
  const { code, error } = await run(
    'check',
    '--format',
    `tap=${long}`,
    '--format',
    'json=platform.sealed.json',
    '--format',
    'sarif=report',
  );
  assert.equal(code, 1);
  assert.match(error, new RegExp(`^cannot write ${long}: the name is too long$`, 'm'));
  assert.match(error, /^cannot write platform\.sealed\.json: the configuration is made of it$/m);
  assert.doesNotMatch(error, /^ +at /m);
  assert.equal(read('platform.sealed.json'), sealed);
  readSarif(read('report'));
  assert.deepEqual(
    readdirSync(directory).filter((name) => name.startsWith('.')),
    [],
  );
});

test('files are relative to the folder that the command is given in, or absolute', async (t) => {
  const { run, directory, read, write } = workspace(t);
  const other = workspace(t, 'ferry');
  write('sub/there', '');
  await run('check', '--format', 'sarif=sub/report', '--format', `tap=${other.directory}/report`);
  readSarif(read('sub/report'));
  readTap(other.read('report'));
  rmSync(join(directory, 'sub'), { recursive: true });
});

test('a terminal has colours and its width, and a file has neither', async (t) => {
  const { run, read, directory } = mistaken(t);
  const plain = await run('check');
  const printed: string[] = [];
  const terminal = { out: () => {}, error: (text: string) => printed.push(text), isTerminal: true, colour: true };
  await main(['check', '--format', 'text=report'], { ...terminal, columns: 60, directory });
  const shown = stripVTControlCharacters(printed.join('')).replace(/^.*\r/, '');
  assert.ok(printed.join('').includes('\u001b[31merror'));
  assert.equal(shown.replaceAll(/\n {4}(?=[a-z])/g, ' '), plain.error);
  assert.ok(shown.split('\n').every((line) => line.length <= 60));
  assert.equal(read('report'), plain.error);
});

test('a wrong name of --only writes no report', async (t) => {
  const { run, directory } = workspace(t);
  assert.equal((await run('check', '--only', 'stagin', '--format', 'sarif=report')).code, 2);
  assert.ok(!existsSync(join(directory, 'report')));
});

test('deliver tells in formats, too', async (t) => {
  const { run, read } = workspace(t);
  await run('compile');
  const { code, error } = await run('deliver', 'ani-iacc=nowhere', '--format', 'sarif=report');
  assert.equal(code, 1, error);
  const found = readSarif(read('report')).results.map(({ ruleId }) => ruleId);
  assert.ok(found.includes('deliver/no-checkout'));
  const answer = await run('deliver', 'ani-iacc=nowhere', '--json');
  assert.deepEqual(await run('deliver', 'ani-iacc=nowhere', '--format', 'json'), answer);
  assert.deepEqual(Object.keys(JSON.parse(answer.out)), ['ok', 'dryRun', 'findings', 'steps']);
});
