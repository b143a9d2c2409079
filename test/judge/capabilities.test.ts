import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { policiesFolder } from '../../lib/judge/lock.ts';

/** Reaches out of the model, depends on when or where it runs, or is done by the JavaScript runtime in its own way. */
const FORBIDDEN =
  /^(http|net|opa|time|rand|uuid|io|crypto|providers|rego|trace$|print|internal\.print|sprintf|yaml|json\.is_valid|regex\.split)/;

test('rules can use nothing that reaches out, and nothing that OPA and its JavaScript runtime do each in their way', async () => {
  const { builtins } = JSON.parse(await readFile(new URL('capabilities.json', policiesFolder), 'utf8'));
  const names: string[] = builtins.map(({ name }: { name: string }) => name);
  assert.ok(names.includes('regex.match'));
  assert.deepEqual(
    names.filter((name) => FORBIDDEN.test(name)),
    [],
  );
});
