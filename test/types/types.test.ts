import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cases = fileURLToPath(new URL('cases/', import.meta.url));

/** `file:line` → the message that the comment `// error:` above the line demands. */
function demanded(): Map<string, string> {
  const errors = new Map<string, string>();
  for (const file of readdirSync(cases).filter((name) => name.endsWith('.ts')))
    for (const [index, line] of readFileSync(`${cases}/${file}`, 'utf8').split('\n').entries()) {
      const [, message] = /^\s*\/\/ error: (.*)$/.exec(line) ?? [];
      if (message) errors.set(`${file}:${index + 2}`, message);
    }
  return errors;
}

test('the type of a platform refuses each name that does not exist, at that name, and nothing else', () => {
  const { stdout } = spawnSync('node_modules/.bin/tsc', ['--noEmit', '--pretty', 'false', '-p', cases], {
    cwd: root,
    encoding: 'utf8',
  });
  const reported = new Map<string, string>();
  for (const [, file = '', line = '', message = ''] of stdout.matchAll(
    /^(?:.*\/)?(\w+\.ts)\((\d+),\d+\): error TS\d+: (.*)$/gm,
  ))
    reported.set(`${file}:${line}`, message);
  const errors = demanded();
  assert.ok(errors.size > 15, `only ${errors.size} errors are demanded`);
  assert.deepEqual([...reported.keys()].sort(), [...errors.keys()].sort());
  for (const [place, message] of errors)
    assert.ok(reported.get(place)?.includes(message), `${place}: ${reported.get(place)}`);
});
