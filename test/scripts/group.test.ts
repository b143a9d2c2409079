import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { grouped } from '../../scripts/test/group.ts';
import { testFiles } from '../../scripts/test/session.ts';

test('every file is in one process, with others of its folder; judges are first and few at a time', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'group-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = testFiles('test', /\.(test|judge)\.ts$/);
  const processes = grouped(files, folder).map((module) => ({
    name: basename(module),
    members: [...readFileSync(module, 'utf8').matchAll(/\/(test\/\S+\.ts)';$/gm)].map(([, file = '']) => file),
  }));
  assert.deepEqual(processes.flatMap(({ members }) => members).sort(), files);
  assert.deepEqual(
    processes.map(({ name }) => name),
    processes.map(({ name }) => name).toSorted(),
  );
  assert.match(processes[0]?.members.join(' ') ?? '', /^(test\/judges\/\S+ ?){3}$/);
  const together = processes.filter(({ members }) => members.length > 1);
  const processOf = (file: string) => together.findIndex(({ members }) => members.includes(file));
  assert.ok(processOf('test/model/layers.test.ts') >= 0);
  assert.equal(processOf('test/model/normalise.test.ts'), processOf('test/model/layers.test.ts'));
  assert.ok(
    together.some((one) => new Set(one.members.map((file) => dirname(file))).size > 1),
    'small folders share a process',
  );
  for (const { members } of together)
    assert.ok(members.length <= 3 || !/test\/(judges|promises)\//.test(members.join(' ')));
});
