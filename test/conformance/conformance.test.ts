import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse, stringify } from 'yaml';
import { type Compiled, compileAll, fields } from './compiler.ts';
import { base, configurationOf, filesIn, readCases, replaceFolder, textOf } from './corpus.ts';
import { type Documents, documentsOf, type Expectation, expectationOf, expectationText } from './expectation.ts';
import { documentValue, isText, read } from './reading.ts';

/**
 * Promises of the compiler as data: README.md says what a case is.
 *
 * `UPDATE_EXPECTED=1 node --import tsx --test test/conformance/*.test.ts` writes what is expected anew; the difference is the review.
 */
const UPDATE = process.env.UPDATE_EXPECTED === '1';

const cases = readCases();
const configurations = cases.map(configurationOf);
const [ofBase, ...ofCases] = (await compileAll([base, ...configurations])) as [Compiled, ...Compiled[]];
const baseDocuments = read(ofBase) as Documents;
const actual = ofCases.map((compiled) => {
  const documents = read(compiled);
  return { documents, expectation: expectationOf(baseDocuments, compiled, documents) };
});

const expectedFile = (id: string) => `expected/${id}.yaml`;

if (UPDATE) {
  const owners = Object.fromEntries([...baseDocuments].map(([path, { owner }]) => [path, owner]));
  const texts = [...(ofBase.documents ?? [])].filter(([path]) => !isText(path));
  replaceFolder(
    'base/expected',
    new Map([['owners.yaml', stringify(owners)], ...texts.map(([path, { text }]) => [path, text] as const)]),
  );
  replaceFolder(
    'expected',
    new Map(
      cases.map(({ id, promise }, index) => [`${id}.yaml`, expectationText(promise, actual[index]?.expectation ?? {})]),
    ),
  );
}

describe('the base', () => {
  test('is without findings', () => {
    assert.deepEqual(ofBase.findings, []);
  });

  test('has the documents that it is expected to have, each with its owner', () => {
    const owners = parse(textOf('base/expected/owners.yaml') ?? '') as Record<string, string>;
    assert.deepEqual(Object.fromEntries([...baseDocuments].map(([path, { owner }]) => [path, owner])), owners);
    assert.deepEqual(
      filesIn('base/expected'),
      ['owners.yaml', ...Object.keys(owners).filter((path) => !isText(path))].sort(),
    );
    for (const path of Object.keys(owners).filter((path) => !isText(path)))
      assert.deepEqual(
        baseDocuments.get(path)?.value,
        documentValue(path, textOf(`base/expected/${path}`) ?? ''),
        path,
      );
  });
});

describe('the corpus', () => {
  test('has cases enough, each with a promise of its own', () => {
    assert.ok(cases.length >= 200, `${cases.length} cases`);
    for (const { id, promise, remove, set, reverse } of cases) {
      assert.ok(promise, `${id} promises nothing`);
      assert.ok(remove ?? set ?? reverse, `${id} changes nothing of the configuration`);
    }
    assert.deepEqual(repeated(cases.map(({ promise }) => promise)), []);
    assert.deepEqual(repeated(configurations.map((configuration) => JSON.stringify(configuration))), []);
  });

  test('has an expectation for each case and no other', () => {
    assert.deepEqual(
      filesIn('expected').map((file) => `expected/${file}`),
      cases.map(({ id }) => expectedFile(id)).sort(),
    );
  });

  test('says each field of the vocabulary in some case that compiles', () => {
    const valid = [base, ...configurations.filter((_, index) => actual[index]?.documents)];
    assert.deepEqual(
      fields().filter(
        (field) => !valid.some((configuration) => placesOf(field).some((path) => says(configuration, path))),
      ),
      [],
    );
  });
});

describe('promises', () => {
  for (const [index, { id, promise, nothing }] of cases.entries())
    test(`${id}: ${promise}`, () => {
      const { expectation, documents } = actual[index] as (typeof actual)[number];
      const expected = textOf(expectedFile(id));
      assert.ok(expected !== undefined, 'nothing is expected: see README.md');
      assert.equal(expectationText(promise, expectation), expected);
      assert.equal(Object.keys(expectation).length === 0, nothing !== undefined, '`nothing` says why nothing changes');
      if (!documents) return;
      // Whoever runs the corpus with another compiler has these files, and not the functions that wrote them.
      const { findings: _, ...rest } = parse(expected) as Expectation;
      assert.deepEqual(documents, documentsOf(baseDocuments, rest));
    });
});

function repeated(texts: readonly string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) < index);
}

/** Where a field may stand: what a service may say, a preset and what holds in one environment may say as well. */
function placesOf(field: string): string[][] {
  const places = [
    field,
    field.replace(/^services\.\*/, 'presets.*'),
    field.replace(/^services\.\*/, 'services.*.in.*'),
  ];
  return places.map((place) => place.split('.'));
}

/** Whether a value has something at a path in which `*` is any key. */
function says(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  if (step === '*') return Object.values(value).some((item) => says(item, rest));
  return Object.hasOwn(value, step) && says((value as Record<string, unknown>)[step], rest);
}
