import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workflow } from '../../lib/kinds/workflow/kind.ts';
import type { Model } from '../../lib/model/model.ts';
import { exampleModel } from '../example.ts';
import { make, writeAll } from '../verify/documents.ts';
import { planted, testWith } from './ledger.ts';
import { judgeWorkflows } from './workflows.ts';

const test = testWith('actionlint', 'shellcheck', 'zizmor', 'check-jsonschema');

async function inFolder(
  work: (folder: string, files: readonly string[]) => Promise<void> | void,
  model = exampleModel(),
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'workflows-'));
  try {
    await work(folder, await writeAll(folder, await make(model, workflow)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('actionlint, shellcheck, zizmor and GitHub’s schema find nothing in a workflow', () =>
  inFolder((folder) => {
    assert.equal(judgeWorkflows(folder), 2);
  }));

/** The example with a source for each of these names, whose one image has it wherever a name may stand. */
function imagesCalled(...names: readonly string[]): Model {
  const model = exampleModel();
  const [source] = Object.values(model.sources);
  assert.ok(source);
  const sourceOf = (name: string) => {
    const images = [{ name, context: name, dockerfile: name, target: name }];
    const workflows = Object.entries(source.workflows).map(([where, known]) => [where, { ...known, images }]);
    return { name: `source-${name}`, images, workflows: Object.fromEntries(workflows) };
  };
  return { ...model, sources: Object.fromEntries(names.map((name) => [`source-${name}`, sourceOf(name)])) };
}

test('all of them read a name as a text, whatever else it might be', () => {
  const names = ['null', 'true', '0', '1e3', '0x10', '1_000', 'on', '2001-01-01'];
  return inFolder(
    (folder) => {
      assert.equal(judgeWorkflows(folder), 2 * names.length);
    },
    imagesCalled(...names),
  );
});

test('an image called null is no excuse for a value that is null', () =>
  inFolder(async (folder, [file]) => {
    assert.ok(file);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('file: "null"', 'file: null'));
    assert.throws(() => planted(() => judgeWorkflows(folder)), /actionlint[\s\S]*type null/);
  }, imagesCalled('null')));

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
