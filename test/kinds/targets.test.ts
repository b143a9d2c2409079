import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Kind } from '../../lib/kinds/kind.ts';
import { kinds } from '../../lib/targets/targets.ts';

const folder = fileURLToPath(new URL('../../lib/kinds/', import.meta.url));

test('every kind that lies in lib/kinds is one of a target', async () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\w\/\w.*\.ts$/.test(path));
  assert.ok(files.length > 10);
  const found = await Promise.all(files.map(async (path) => Object.values(await import(`${folder}${path}`)).flat()));
  const isKind = (value: unknown): value is Kind => typeof value === 'object' && value !== null && 'owner' in value;
  assert.deepEqual(new Set(found.flat().filter(isKind)), new Set(kinds));
});
