import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import type { JsonObject } from '../json.ts';

/**
 * Strict, so that a misspelt keyword is a fault of ours and not a check less. Neither `$data`, whose patterns come from the document,
 * nor a way to load other schemas (CVE-2025-69873, CVE-2025-55199). Without optimising and inlining, compiling a schema takes half the
 * time, and judging by it hardly more.
 */
export const strict = {
  strict: true,
  // It refuses alternatives that are told apart by which field they require. A field that no object can have is found at once.
  strictRequired: false,
  allowUnionTypes: true,
  ownProperties: true,
  inlineRefs: false,
  code: { optimize: false },
} as const;

/** Where code is kept that was made of something, for the next run; what is in it is run, so it has to be as safe as the compiler itself. */
export type Kept = Readonly<{
  read(name: string): string | undefined;
  /** Where nothing can be kept, it does nothing. */
  keep(name: string, code: string): void;
}>;

type Accepts = (value: unknown) => boolean;

const known = new WeakMap<object, Accepts>();

/**
 * Whether a value is what a schema (draft-07) says: yes or no. Most documents are right, so only what is refused is worth an
 * explanation, which takes a slower judge.
 *
 * @throws for a schema that is no good
 */
export function accepts(value: unknown, schema: JsonObject): boolean {
  return acceptanceOf(schema)(value);
}

/**
 * Compiles a schema ahead of its first value.
 *
 * @throws for a schema that is no good
 */
export function acceptanceOf(schema: JsonObject, kept?: Kept): Accepts {
  const before = known.get(schema);
  if (before) return before;
  const made = kept ? fromKept(schema, kept) : compiled(schema).accepts;
  known.set(schema, made);
  return made;
}

function fromKept(schema: JsonObject, kept: Kept): Accepts {
  const name = `${digestOf(schema)}.schema.cjs`;
  try {
    return run(kept.read(name) ?? '');
  } catch {
    const { ajv, accepts } = compiled(schema);
    kept.keep(name, standalone.default(ajv, accepts));
    return accepts;
  }
}

function compiled(schema: JsonObject): { ajv: Ajv; accepts: ValidateFunction } {
  const ajv = new Ajv({ ...strict, code: { ...strict.code, source: true } });
  return { ajv, accepts: ajv.compile(anonymous(schema)) };
}

/** Two schemas with one id would be one schema; references are local. */
export function anonymous({ $id: _, ...schema }: JsonObject): JsonObject {
  return schema;
}

/** What the code follows from: the schema, how it is compiled, and by which Ajv. */
function digestOf(schema: JsonObject): string {
  const { version } = createRequire(import.meta.url)('ajv/package.json') as { version: string };
  return createHash('sha256')
    .update(JSON.stringify([version, strict, schema]))
    .digest('hex')
    .slice(0, 32);
}

/** @throws when it is no code, or gives no function */
function run(code: string): Accepts {
  const module: { exports: unknown } = { exports: undefined };
  new Function('module', 'require', code)(module, createRequire(import.meta.url));
  if (typeof module.exports !== 'function') throw new Error('it is no judge');
  return module.exports as Accepts;
}
