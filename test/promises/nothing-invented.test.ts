// Each name and value in a document is a constant of the code that makes documents or comes from the model, whole or put together with
// such constants.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { isObject } from '../../lib/json.ts';
import { compiled } from '../platforms/compiled.ts';
import { holdsFor } from '../platforms/holds.ts';
import { platforms } from '../platforms/platforms.ts';

test('every name and value in a document is a constant or stands in the model', async () => {
  await holdsFor(
    platforms,
    async (platform) => {
      const { model, outputs } = await compiled(platform);
      assert.ok(model && outputs);
      const said = textsOf(model);
      for (const output of outputs.filter(({ path }) => /\.(ya?ml|json)$/.test(path) && !path.includes('/charts/')))
        if (output.kind !== 'model')
          for (const text of textsOf(parse(output.text)))
            assert.ok(isMade(text, said), `${output.path} has ${JSON.stringify(text)}`);
    },
    { runs: 12 },
  );
});

/** Every name, text and number in a value, as texts. */
function textsOf(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string' || typeof value === 'number') found.add(String(value));
  else if (Array.isArray(value)) for (const item of value) textsOf(item, found);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) {
      // What JSON has instead of a comment.
      if (key === '_generated') continue;
      found.add(key);
      textsOf(item, found);
    }
  return found;
}

/**
 * Whether a text is one of these, or pieces of it are, one after the other. A piece of a single sign counts only where it parts others,
 * or where the code has it in quotes: letters of the alphabet make any text.
 */
function isMade(text: string, said: ReadonlySet<string>): boolean {
  if (said.has(text) || constants.quoted.has(text) || constants.words.has(text)) return true;
  const ends = new Set([0]);
  for (let start = 0; start < text.length; start++) {
    if (!ends.has(start)) continue;
    for (let end = start + 1; end <= text.length; end++) {
      const piece = text.slice(start, end);
      const isWord = piece.length > 1 || /[^A-Za-z0-9]/.test(piece) || isAlone(text, start, end);
      if (constants.quoted.has(piece) || (isWord && (said.has(piece) || constants.words.has(piece)))) ends.add(end);
    }
  }
  return ends.has(text.length);
}

function isAlone(text: string, start: number, end: number): boolean {
  return /[^A-Za-z0-9]|^$/.test(text.charAt(start - 1)) && /[^A-Za-z0-9]|^$/.test(text.charAt(end));
}

const library = fileURLToPath(new URL('../../lib', import.meta.url));

/** What stands in quotes in the code that documents are made of, and its words: names of fields, numbers. */
const constants: Readonly<{ quoted: ReadonlySet<string>; words: ReadonlySet<string> }> = (() => {
  const codes = ['kinds', 'azure/units'].flatMap((folder) => filesIn(`${library}/${folder}`)).map(codeOf);
  return {
    quoted: new Set(codes.flatMap(quotedIn)),
    words: new Set(codes.flatMap((code) => code.match(/[\w$-]+/g) ?? [])),
  };
})();

function codeOf(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/^ *(\/\/|\*|\/\*).*$/gm, '');
}

function quotedIn(code: string): string[] {
  const texts = [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g)].map(
    ([, one, two]) => one ?? two ?? '',
  );
  const blocks = [...code.matchAll(/\|\|\|\n([\s\S]*?)\|\|\|/g)].map(([, text = '']) => text.replaceAll(/^ {2}/gm, ''));
  return [...texts, ...texts.flatMap((text) => text.split(/\$\{[^}]*\}/)), ...blocks].filter((text) => text !== '');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => /\.(ts|libsonnet)$|actions\.json$/.test(file))
    .map((file) => `${folder}/${file}`);
}
