import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badPath, checkPaths } from '../../lib/write/paths.ts';

const folder = { directory: '/x', manifest: 'manifest.json' };

test('a path that leads out of the folder, or elsewhere on another system, is refused', () => {
  const refused: Record<string, string> = {
    '': 'is empty',
    '/etc/passwd': 'is absolute',
    'a//b': 'has an empty part',
    'a/': 'has an empty part',
    '.': 'has a part `.`',
    'a/./b': 'has a part `.`',
    '..': 'has a part `..`',
    'a/../../b': 'has a part `..`',
    '\u2025/b': 'has a part `..`', // two dot leader
    'a\uff0fb': 'has a `/` in a part', // full-width slash
    'a\\b': 'has a `\\` in a part',
    'a\uff3c..': 'has a `\\` in a part',
    'C:/x': 'has a `:` in a part',
    'a:stream': 'has a `:` in a part',
    'a?': 'has a `?` in a part',
    'a\0b': 'has an invisible character',
    'a\nb': 'has an invisible character',
    'a\u202eb': 'has an invisible character',
    '\ud800': 'has an invisible character',
    'a./b': 'has a part that ends with a dot, `a.`',
    '...': 'has a part that ends with a dot, `...`',
    'a /b': 'has a part that ends with a space, `a `',
    con: 'has a part that Windows takes for the device `con`',
    'a/NUL.yaml': 'has a part that Windows takes for the device `nul`',
    'aux/values.yaml': 'has a part that Windows takes for the device `aux`',
    'com1.tar.gz': 'has a part that Windows takes for the device `com1`',
    'lpt¹': 'has a part that Windows takes for the device `lpt1`',
    'prn .x': 'has a part that Windows takes for the device `prn`',
    '.git/hooks/pre-commit': 'leads into `.git`',
    'a/.GIT/config': 'leads into `.git`',
    'GIT~1/config': 'leads into `.git`',
    '.g\u200cit/config': 'has an invisible character',
    'manifest.json': 'is `manifest.json`, which the compiler keeps for itself',
    'Manifest.JSON': 'is `manifest.json`, which the compiler keeps for itself',
    '.platform-journal/0': 'is `.platform-journal`, which the compiler keeps for itself',
    '.platform-lock': 'is `.platform-lock`, which the compiler keeps for itself',
    '.platform-lock.stale': 'is `.platform-lock.stale`, which the compiler keeps for itself',
  };
  for (const [path, bad] of Object.entries(refused)) assert.equal(badPath(path, folder), bad, JSON.stringify(path));
  assert.equal(badPath(`a/${'é'.repeat(128)}`, folder), `has a part of more than 255 bytes, \`${'é'.repeat(20)}…\``);
});

test('a path that only resembles a bad one is good', () => {
  const good = ['.github/workflows/ci.yml', '.gitignore', 'a..b/c', 'console.yaml', 'com10', 'a/manifest.json', '..a'];
  const longest = `${'é'.repeat(127)}a`; // 255 bytes
  for (const path of [...good, 'aux-values.yaml', 'falcon.yaml', 'bacon', '__proto__', 'über/ß', longest]) {
    assert.equal(badPath(path, folder), undefined, path);
  }
});

test('two paths that one file system would take for one are refused', () => {
  const pairs: [string, string, string][] = [
    ['a/b', 'a/b', 'write/same-path'],
    ['a/B', 'a/b', 'write/same-path'],
    ['A/x', 'a/y', 'write/same-path'],
    ['straße', 'STRASSE', 'write/same-path'],
    ['caf\u00e9', 'cafe\u0301', 'write/same-path'],
    ['\u212a', 'k', 'write/same-path'], // the sign of Kelvin
    ['a', 'a/b', 'write/file-and-folder'],
    ['a/b/c', 'A/B', 'write/file-and-folder'],
  ];
  for (const [one, two, code] of pairs) {
    for (const paths of [
      [one, two],
      [two, one],
    ]) {
      assert.deepEqual(
        checkPaths(['z/other', ...paths], folder).map((finding) => finding.code),
        [code],
        `${one} ${two}`,
      );
    }
  }
  assert.deepEqual(checkPaths(['a/b', 'a/c', 'a/d/e', 'b/a', 'a-b/c'], folder), []);
});

test('a clash names both paths', () => {
  assert.deepEqual(checkPaths(['t/api.yaml', 't/API.yaml', 'up/../x'], folder), [
    {
      code: 'write/same-path',
      severity: 'error',
      message: '`t/API.yaml` and `t/api.yaml` differ by letter case or unicode form only',
      expected: 'paths that stay two on macOS and Windows as well',
      help: 'rename what one of the documents is named after',
      document: { file: 't/api.yaml' },
    },
    {
      code: 'write/path',
      severity: 'error',
      message: 'a document cannot lie at `up/../x`: it has a part `..`',
      expected: 'a relative path of plain names, good on Linux, macOS and Windows',
      help: 'rename what the document is named after',
      document: { file: 'up/../x' },
    },
  ]);
});
