// Commands start from one bundled file that is kept between runs, and are what the sources are at that moment.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = 'node_modules/.cache/platform-compiler';

test('the bundle is made once, kept, and the same command afterwards', (t) => {
  const copy = copyOf(t);
  const first = copy.start('check');
  const [bundle] = copy.bundles();
  assert.ok(bundle);
  const { mtimeMs } = statSync(join(copy.folder, CACHE, bundle));
  assert.deepEqual(copy.start('check'), first);
  assert.deepEqual(copy.bundles(), [bundle]);
  assert.equal(statSync(join(copy.folder, CACHE, bundle)).mtimeMs, mtimeMs);
  assert.equal(first.code, 0, first.error);
});

test('a changed source is what runs next, and its faults are told by its own lines', (t) => {
  const copy = copyOf(t);
  assert.match(copy.start('--help').out, /npm run compile/);
  copy.edit('lib/commands/main.ts', (text) => text.replace('One typed platform.config.ts', 'Something else'));
  assert.match(copy.start('--help').out, /^Something else/);
  copy.edit('lib/commands/check.ts', (text) =>
    text.replace('async run(', "async run(...[]: []) {\n throw new Error('on purpose');\n },\n async other("),
  );
  const { code, error } = copy.start('check');
  assert.equal(code, 3);
  assert.match(error, /on purpose[\s\S]*check\.ts:\d+/);
});

test('only the last few bundles stay', (t) => {
  const copy = copyOf(t);
  for (let n = 0; n < 5; n++) {
    appendFileSync(join(copy.folder, 'lib/commands/bin.ts'), `// ${n}\n`);
    copy.start('--help');
  }
  assert.equal(copy.bundles().length, 4);
});

test('where nothing can be kept, commands run all the same', (t) => {
  const copy = copyOf(t);
  writeFileSync(join(copy.folder, 'node_modules/.cache'), 'in the way');
  const { code, error } = copy.start('check');
  assert.equal(code, 0, error);
  assert.deepEqual(readdirSync(join(copy.folder, 'node_modules')).includes('.cache'), true);
});

/** A compiler of its own, with a platform, packages that are those of this one, and nothing kept. */
function copyOf(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const path of ['lib', 'policies', 'out', 'package.json', 'platform.config.ts', 'platform.sealed.json'])
    cpSync(join(root, path), join(folder, path), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '.cache') symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  return {
    folder,
    bundles: () => readdirSync(join(folder, CACHE)).filter((name) => name.endsWith('.mjs')),
    start(...args: string[]) {
      const program = join(folder, 'lib/commands/start.mjs');
      const ran = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
      return { code: ran.status, out: ran.stdout, error: ran.stderr.replaceAll(/\d+\.\d s/g, 'some time') };
    },
    edit(path: string, change: (text: string) => string) {
      const text = readFileSync(join(folder, path), 'utf8');
      const changed = change(text);
      assert.notEqual(changed, text);
      writeFileSync(join(folder, path), changed);
    },
  };
}
