import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge as judgeModel } from '../../lib/judge/judge.ts';
import { run } from '../../scripts/judges/run.ts';
import { planted } from '../judge/planted.ts';
import { accepted, testWith } from './ledger.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const policies = readdirSync(join(root, 'policies'), { recursive: true, encoding: 'utf8' });
const call = { documents: policies.filter((file) => file.endsWith('.rego')).length, folder: root };
const opa = (...args: string[]) => accepted('opa', args, call);
const test = testWith('opa');

test('rules compile strictly, with the built-ins that the capabilities allow', () => {
  opa('check', '--strict', '--capabilities', 'policies/capabilities.json', '--ignore', '*_test.rego', 'policies');
  opa('check', '--strict', 'policies');
});

test('rules are formatted as opa fmt formats them', () => {
  assert.equal(opa('fmt', '--list', 'policies'), '');
});

test('every line of every rule is tested', () => {
  opa('test', '--coverage', '--threshold', '100', 'policies');
});

testWith('regal')('regal finds nothing', () => {
  accepted('regal', ['lint', '--no-color', '--format', 'compact', '--disable', 'opa-fmt', 'policies'], call);
});

test('the committed wasm and lock are what a build gives', () => {
  run(process.execPath, ['--import', 'tsx', 'scripts/build-policies.ts', '--check'], { folder: root });
});

test('the wasm finds what opa itself finds, word for word', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'planted-'));
  try {
    for (const { rule, model } of planted) {
      const input = join(folder, 'model.json');
      await writeFile(input, JSON.stringify(model));
      const query = `data.${rule.replace('/', '.')}.findings`;
      const native: object[] = JSON.parse(
        opa('eval', '--data', 'policies', '--input', input, '--format', 'raw', query),
      );
      const wasm = await judgeModel(model);
      assert.deepEqual(
        wasm.map(({ subject, otherSubject, message }) => ({
          ...(otherSubject && { other: otherSubject }),
          message,
          path: subject,
        })),
        native,
        rule,
      );
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
