import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after } from 'node:test';
import { testWith } from './ledger.ts';
import { random, readBy, temporaryFolder } from './platforms.ts';
import { judgeWorkflows } from './workflows.ts';

/** Platforms that nobody wrote by hand, as GitHub reads their workflows. */

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const platforms = await random(folder);

const test = testWith('actionlint', 'shellcheck', 'zizmor', 'check-jsonschema');

test('actionlint, shellcheck, zizmor and GitHub’s schema find nothing in the workflows of random platforms', (t) => {
  const runners = platforms.flatMap(({ model }) =>
    Object.values(model.sources).flatMap(({ workflows }) => Object.values(workflows).map(({ runner }) => runner)),
  );
  const written = platforms.flatMap((platform) => readBy('github', platform));
  assert.ok(written.length > 0, 'none of them has workflows');
  assert.equal(judgeWorkflows(folder, [...new Set(runners)]), written.length);
  t.diagnostic(`${written.length} workflows of ${platforms.length} platforms`);
});
