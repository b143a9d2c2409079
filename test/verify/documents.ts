import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import type { Path } from '../../lib/finding/finding.ts';
import { printFinding } from '../../lib/finding/print.ts';
import { isObject } from '../../lib/json.ts';
import type { DocumentPlan, Kind } from '../../lib/kinds/kind.ts';
import type { Model } from '../../lib/model/model.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { print } from '../../lib/print/print.ts';
import { render, valueAt } from '../../lib/render/render.ts';
import { verify } from '../../lib/verify/verify.ts';

/** A document as the stages from render to print make it. Values are what the test says they are. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into documents, and a wrong step fails them
export type Made = Readonly<{ kind: Kind; plan: DocumentPlan; value: any; text: string }>;

/** Renders, verifies and prints the documents of some kinds; a finding fails the test. */
export async function make(model: Model, ...kinds: readonly Kind[]): Promise<Made[]> {
  const planned = kinds.flatMap((kind) => kind.list(model).map((plan) => ({ kind, plan })));
  const rendered = await render(model, planned);
  const documents = planned.map(({ kind, plan }, index) => ({
    kind,
    plan,
    value: plan.patch ? applyPatch(rendered[index], valueAt(model, plan.patch), plan.patchAt) : rendered[index],
  }));
  assert.equal(
    verify(model, documents)
      .map((finding) => printFinding(finding))
      .join('\n'),
    '',
  );
  return documents.map((document) => ({ ...document, text: print(document, document.value, []) }));
}

/** The one document at a path of its target. */
export function documentAt(documents: readonly Made[], path: string): Made {
  const [found, ...more] = documents.filter(({ plan }) => plan.path === path);
  assert.ok(found && more.length === 0, `one document at ${path}`);
  return found;
}

export async function writeAll(folder: string, documents: readonly Made[]): Promise<string[]> {
  const files: string[] = [];
  for (const { plan, text } of documents) {
    const file = join(folder, plan.target, plan.path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    files.push(file);
  }
  return files;
}

/** Codes of what verify finds in a document with another value. */
export function codes(model: Model, { kind, plan }: Made, value: unknown): string[] {
  return verify(model, [{ kind, plan, value }]).map(({ code }) => code);
}

/** Every value that differs from a given one in an unknown field, or in the type of one scalar. */
export function* mutants(value: unknown): Generator<Readonly<{ path: Path; value: unknown }>> {
  for (const [path, part] of parts(value, [])) {
    if (isObject(part)) yield { path: [...path, 'zzz'], value: applyPatch(value, { zzz: 'x' }, path) };
    else if (!Array.isArray(part))
      yield { path, value: replace(value, path, typeof part === 'number' ? String(part) : 12) };
  }
}

function* parts(value: unknown, path: Path): Generator<readonly [Path, unknown]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value))
    yield* parts(item, [...path, Array.isArray(value) ? Number(key) : key]);
}

function replace(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replace(item, rest, by) : item));
  assert.ok(isObject(value));
  return { ...value, [step]: replace(value[step], rest, by) };
}

/**
 * What the project that reads a custom resource takes, by its own schema.
 *
 * @param name as in `application-argoproj.io-v1alpha1`
 * @returns `undefined` where the schemas do not lie beside the checkout
 */
export function upstream(name: string): ((value: unknown) => boolean) | undefined {
  const file = new URL(`../../../shared/reference/crds/${name}.json`, import.meta.url);
  if (!existsSync(file)) return undefined;
  const ajv = new Ajv({ strict: true, strictTypes: false, code: { optimize: false } });
  const judge = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  return (value) => judge(value);
}

/** That a schema of ours is closed at every depth, and that what the reader's own schema refuses it refuses as well. */
export function assertAsStrictAs(model: Model, made: Made, name: string): void {
  const takes = upstream(name);
  if (takes) assert.ok(takes(made.value), `${made.plan.path}: refused upstream`);
  let count = 0;
  for (const mutant of mutants(made.value)) {
    count++;
    assert.ok(
      codes(model, made, mutant.value).length > 0,
      `taken: ${mutant.path.join('/')} changed in ${made.plan.path}`,
    );
  }
  assert.ok(count > 10);
}
