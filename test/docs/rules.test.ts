import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { policiesFolder } from '../../lib/judge/lock.ts';
import { catalogue } from '../../scripts/rules/catalogue.ts';
import { readRules } from '../../scripts/rules/rules.ts';

test('docs/rules.md is what the rules give', async () => {
  const page = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
  const { built } = await readRules(policiesFolder);
  assert.ok(page === catalogue(built), 'docs/rules.md is not what policies/ gives: run `npm run rules -- catalogue`');
});
