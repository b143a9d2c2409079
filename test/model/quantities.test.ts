import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, millicores } from '../../lib/model/quantities.ts';

test('processors are read in thousandths', () => {
  assert.deepEqual(['250m', '0.5', '2', '0.0015', '1500m'].map(millicores), [250, 500, 2000, 2, 1500]);
});

test('memory is read in bytes, by powers of ten and of two', () => {
  const read = {
    7: 7,
    '1k': 1e3,
    '2M': 2e6,
    '3G': 3e9,
    '1T': 1e12,
    '1Ki': 1024,
    '1Mi': 2 ** 20,
    '0.5Gi': 2 ** 29,
    '1Ti': 2 ** 40,
  };
  assert.deepEqual(Object.fromEntries(Object.keys(read).map((text) => [text, bytes(text)])), read);
});

test('what is no quantity is no number', () => {
  for (const text of ['1m', '1mi', '1Kib', '-1Mi', 'x1Mi', '1Mi ', '']) assert.ok(!bytes(text), text);
  assert.ok(Number.isNaN(bytes('1Pi')));
});
