import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { load } from '../../lib/load/load.ts';
import { workspace } from '../commands/workspace.ts';
import { inOneLine, withRepository } from '../load/repository.ts';
import { contents } from '../write/rig.ts';
import { attempts, SHORT_MILLISECONDS, SMALL_MEGABYTES } from './escapes.ts';
import { CANARY, canaries, hostState } from './host.ts';

const state = hostState();
before(() => {
  process.env.PLATFORM_CANARY = CANARY;
});
after(() => {
  delete process.env.PLATFORM_CANARY;
});

// Several at once: each is a thread of its own.
describe('the sandbox', { concurrency: 4 }, () => {
  for (const { to, source, outcome } of attempts) {
    const isFound = typeof outcome === 'string' || Array.isArray(outcome);
    test(`vm2 CVE-2022-36067, CVE-2026-26332 and later: an attempt to ${to} is ${isFound ? 'found' : 'harmless'}`, async () => {
      const files = { ...canaries, 'repository/platform.config.ts': source };
      await withRepository(files, async (directory) => {
        const lies = contents(directory);
        const expected = JSON.stringify(outcome);
        // Little only where it is to run out: the others must not depend on how busy the machine is.
        const { value, findings } = await load({
          root: `${directory}/repository`,
          ...(expected.includes('load/timeout') && { timeoutMilliseconds: SHORT_MILLISECONDS }),
          ...(expected.includes('load/memory') && { memoryMegabytes: SMALL_MEGABYTES }),
        });
        if (isFound) assert.deepEqual(findings.map(inOneLine), [outcome].flat());
        else assert.deepEqual({ findings, value: value?.value }, { findings: [], value: outcome });
        assert.ok(!JSON.stringify([findings, value?.value]).includes(CANARY));
        assert.deepEqual(contents(directory), lies);
      });
      assert.deepEqual(hostState(), state);
    });
  }
});

test('vm2 CVE-2022-36067: a command ends with 1 for what escapes nothing, writes nothing and tells nothing of the environment', async (t) => {
  const few = attempts.filter(
    ({ outcome }, index) => index % 12 === 0 && !/load\/(timeout|memory)/.test(JSON.stringify(outcome)),
  );
  assert.ok(few.length > 5);
  const place = workspace(t);
  for (const { to, source } of few) {
    place.write('platform.config.ts', source.join('\n'));
    for (const args of [['compile'], ['compile', '--json']]) {
      const { code, out, error } = await place.run(...args);
      assert.equal(code, 1, `${to}: ${error}`);
      assert.ok(!(out + error).includes(CANARY), to);
    }
  }
  assert.deepEqual(readdirSync(place.directory).sort(), ['lib', 'platform.config.ts', 'platform.sealed.json']);
});

test('the corpus has more than a hundred attempts, none twice', () => {
  assert.ok(attempts.length > 100, String(attempts.length));
  assert.equal(new Set(attempts.map(({ to }) => to)).size, attempts.length);
  assert.equal(new Set(attempts.map(({ source }) => source.join('\n'))).size, attempts.length);
});
