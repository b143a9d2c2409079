import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workflow } from '../../lib/kinds/workflow/kind.ts';
import { exampleModel } from '../example.ts';
import { make, writeAll } from '../verify/documents.ts';
import { planted, testWith } from './ledger.ts';
import { judgeWorkflows } from './workflows.ts';

const test = testWith('actionlint', 'shellcheck', 'zizmor', 'check-jsonschema');

async function inFolder(work: (folder: string, files: readonly string[]) => Promise<void> | void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'workflows-'));
  try {
    await work(folder, await writeAll(folder, await make(exampleModel(), workflow)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('actionlint, shellcheck, zizmor and GitHub’s schema find nothing in a workflow', () =>
  inFolder((folder) => {
    assert.equal(judgeWorkflows(folder), 2);
  }));

/** What each judge is here for: one change that it refuses. */
const faults: readonly { judge: string; from: RegExp; to: string }[] = [
  { judge: 'actionlint', from: /steps\.tag\.outputs/, to: 'steps.tga.outputs' },
  { judge: 'shellcheck', from: /--name "\$REGISTRY"/, to: '--name $REGISTRY' },
  { judge: 'zizmor', from: /persist-credentials: false/, to: 'persist-credentials: true' },
  { judge: 'zizmor', from: /@[0-9a-f]{40} #/, to: '@v7 #' },
  { judge: 'zizmor', from: / # azure\/login.*/, to: '' },
  { judge: 'check-jsonschema', from: /fail-fast: false/, to: 'fail-fast: "no"' },
];

for (const { judge, from, to } of faults) {
  test(`${judge} would find ${from} replaced`, () =>
    inFolder(async (folder, [file]) => {
      assert.ok(file);
      const text = await readFile(file, 'utf8');
      assert.match(text, from);
      await writeFile(file, text.replace(from, to));
      assert.throws(() => planted(() => judgeWorkflows(folder)));
    }));
}

test('a folder without workflows is no success', () =>
  inFolder(async (folder, files) => {
    for (const file of files) await rm(file);
    assert.throws(() => judgeWorkflows(folder), /no workflows in/);
  }));
