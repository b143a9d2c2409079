import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model } from '../../lib/model/model.ts';
import { render } from '../../lib/render/render.ts';
import { kinds } from '../../lib/targets/targets.ts';

const extraManifest = kinds.find(({ name }) => name === 'extra-manifest');

/** What a template that takes over what it is given makes of a value. */
async function shaped(value: unknown): Promise<unknown> {
  assert.ok(extraManifest);
  const plan = { target: 'a', path: 'b', slice: { manifest: ['value'] }, subject: [] };
  return (await render({ value } as unknown as Model, [{ kind: extraManifest, plan }]))[0];
}

test('every character goes through Jsonnet and comes out as it was', async () => {
  const characters = Array.from({ length: 0x110000 }, (_, point) => point)
    .filter((point) => point < 0xd800 || point > 0xdfff)
    // Each of the first, where scripts and signs are, and of the rest some of every part and its ends.
    .filter((point) => point < 0x3000 || point % 509 === 0 || (point & 0xffff) < 8 || (point & 0xffff) > 0xfff7)
    .map((point) => String.fromCodePoint(point));
  const flag = '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
  const texts = [...characters, flag, `a${flag}b\\u${flag}`, '\\ud8c0\\udc00'];
  assert.deepEqual(await shaped(texts), texts);
  assert.deepEqual(await shaped({ [flag]: '\u{10ffff}' }), { [flag]: '\u{10ffff}' });
});

test('every number goes through Jsonnet and comes out as it was', async () => {
  const numbers = [0, 1, -1, 0.1, 1e21, 1e-7, 2 ** 53 - 1, -(2 ** 53) + 1, 5e-324, 1.7976931348623157e308, 1 / 3];
  assert.deepEqual(await shaped(numbers), numbers);
});
