import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Kind } from '../../lib/kinds/kind.ts';
import { print } from '../../lib/print/print.ts';
import { nastyStrings } from './nasty.ts';

const plan = { target: 'a', path: 'b', slice: {}, subject: [] };
const planned = (kind: Partial<Kind>) => ({
  kind: { name: 'test', owner: 'compiler', format: 'yaml', list: () => [], ...kind } as const,
  plan,
});

test('keys of the order of the kind stand first at every depth, all others by code unit', () => {
  const value = { a: 1, B: { name: 1, kind: 2, é: 3, z: 4 }, '10': 1, '9': 2, kind: 0 };
  assert.equal(
    print(planned({ keyOrder: ['kind', 'name'] }), value, ['made by a test', '', 'from a\nb']),
    [
      '# made by a test',
      '#',
      '# from a\\nb',
      'kind: 0',
      '"10": 1',
      '"9": 2',
      'B:',
      '  kind: 2',
      '  name: 1',
      '  z: 4',
      '  é: 3',
      'a: 1',
      '',
    ].join('\n'),
  );
});

test('the order in which keys were made does not matter', () => {
  const key = fc.oneof(fc.constantFrom(...nastyStrings, '1', '10', '9'), fc.string());
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { minLength: 2, maxLength: 8 }),
      fc.constantFrom('yaml', 'json'),
      (names, format) => {
        const object = (keys: string[]) => Object.fromEntries(keys.map((name) => [name, { [name]: name }]));
        const kind = planned({ format, keyOrder: names.slice(0, 1) });
        assert.equal(print(kind, object(names), ['h']), print(kind, object(names.toReversed()), ['h']));
      },
    ),
  );
});

test('JSON has its header as its first field', () => {
  assert.equal(
    print(planned({ format: 'json', keyOrder: ['name'] }), { b: [1, {}, []], '1': 'a\u202e😀\ud800', name: 'on' }, [
      'made by',
      'a test',
    ]),
    [
      '{',
      '  "_generated": "made by a test",',
      '  "name": "on",',
      '  "1": "a\\u202e😀\\ud800",',
      '  "b": [',
      '    1,',
      '    {},',
      '    []',
      '  ]',
      '}',
      '',
    ].join('\n'),
  );
});

test('whatever JSON holds is read back equal from JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      assert.deepEqual(JSON.parse(print(planned({ format: 'json' }), value, [])), value);
    }),
  );
});

test('text has its header in front, below a shebang', () => {
  const kind = planned({ format: 'text', comment: () => ['# ', ''] });
  assert.equal(print(kind, 'a\nb\n', ['made by a test']), '# made by a test\na\nb\n');
  assert.equal(print(kind, '#!/bin/sh\n#!b\n', ['made by a test']), '#!/bin/sh\n# made by a test\n#!b\n');
  const paired = planned({ format: 'text', comment: () => ['/* ', ' */'] });
  assert.equal(print(paired, '', ['made by a test']), '/* made by a test */\n');
});

test('text of a kind without comments is left as it is', () => {
  assert.equal(print(planned({ format: 'text' }), '\r\na', ['made by a test']), '\r\na');
});

test('a text document that is no string is a fault', () => {
  assert.throws(() => print(planned({ format: 'text' }), { a: 1 }, []), /a text document of kind test is no string/);
});
