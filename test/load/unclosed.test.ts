import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from './repository.ts';

const cases: readonly (readonly [string, readonly string[], string])[] = [
  [
    'a brace that is not closed is found where it is opened',
    ['export default {', '  services: {', '    api: {', '      ports: { http: 80 },', '    web: {},', '  },', '};'],
    '3:10 load/syntax: `{` is never closed, as the indentation of the lines below says',
  ],
  [
    'a bracket in a text, a comment or a template counts for nothing',
    ['export default {', "  a: '{', // {", '  b: `{ ${1} [`,', '  /* ( */', '  c: {', '    d: 1,', '};'],
    '5:6 load/syntax: `{` is never closed, as the indentation of the lines below says',
  ],
  [
    'a brace that closes too much is found where it stands',
    ['export default {', '  api: {', '    ports: { http: 80 } },', '  },', '};'],
    '3:25 load/syntax: `}` closes one bracket too many, as the indentation of the lines below says',
  ],
  [
    'on one line the parser has the last word',
    ['export default { a: [1, 2 };'],
    '1:27 load/syntax: expected `,` or `]` but found `}`',
  ],
];

for (const [name, source, expected] of cases)
  test(name, async () => {
    assert.deepEqual(await findingsOf(source), [expected]);
  });
