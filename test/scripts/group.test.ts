import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { grouped } from '../../scripts/test/group.ts';
import { testFiles } from '../../scripts/test/session.ts';

test('every file is in one process, the tests of a folder in the same, judges first and each by itself', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'group-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = testFiles('test', /\.(test|judge)\.ts$/);
  const processes = grouped(files, folder).map((module) => ({
    name: basename(module),
    members: [...readFileSync(module, 'utf8').matchAll(/\/(test\/\S+\.ts)';$/gm)].map(([, file]) => file),
  }));
  assert.deepEqual(processes.flatMap(({ members }) => members).sort(), files);
  const names = processes.map(({ name }) => name);
  assert.deepEqual(names, names.toSorted());
  assert.match(names[0] ?? '', /^000-judges-/);
  const together = processes.filter(({ members }) => members.length > 1);
  assert.ok(together.some(({ members }) => members.includes('test/model/layers.test.ts')));
  for (const { members } of together) assert.doesNotMatch(members.join(' '), /test\/(judges|promises)\//);
});
