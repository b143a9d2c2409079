import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Path } from '../finding/finding.ts';
import { either } from '../finding/words.ts';
import { isObject, type JsonObject } from '../json.ts';
import { accepts, anonymous, strict } from './acceptance.ts';

/** One thing that is wrong with a document, at a place of it. */
export type Problem = Readonly<{ path: Path }> &
  (
    | Readonly<{ kind: 'unknown-field'; known: readonly string[] }>
    | Readonly<{ kind: 'missing-field' }>
    | Readonly<{ kind: 'field-name'; expected: string }>
    | Readonly<{ kind: 'type' | 'value'; expected: string }>
  );

/** What explains a refusal: all that is wrong, with the parts of the schema that say so. */
const explaining = { ...strict, allErrors: true, verbose: true } as const;

const whole = new Ajv(explaining);
/** Alternatives were judged strictly as parts of their schema; on their own they lack what is said above them. */
const parts = new Ajv({ ...explaining, strict: false });

const compiled = new WeakMap<object, ValidateFunction>();

/** A schema is compiled when something is refused by it, and once for as long as it is the same object. */
function compile(schema: JsonObject, ajv: Ajv): ValidateFunction {
  const known = compiled.get(schema);
  if (known) return known;
  const judge = ajv.compile(anonymous(schema));
  compiled.set(schema, judge);
  return judge;
}

/**
 * Judges a value by a schema (draft-07).
 *
 * Of alternatives (`anyOf`, `oneOf`) that all fail, the nearest one is taken to be meant and its problems are reported.
 *
 * @throws for a schema that is no good
 */
export function problemsOf(value: unknown, schema: JsonObject): Problem[] {
  return accepts(value, schema) ? [] : judged(value, schema, whole);
}

function judged(value: unknown, schema: JsonObject, ajv: Ajv): Problem[] {
  const judge = compile(schema, ajv);
  return judge(value) ? [] : distinct(explain(judge.errors ?? [], value, schema));
}

function explain(errors: readonly ErrorObject[], root: unknown, schema: JsonObject): Problem[] {
  const summaries = errors.map((error, index) => ({ error, index })).filter(({ error }) => isSummary(error));
  const problems = errors
    .filter((error, at) => !summaries.some((summary) => summary.index > at && summarises(summary.error, error, schema)))
    .filter(({ keyword }) => keyword !== 'if')
    .flatMap((error) => problemsOfError(error, root, schema));
  // Whatever happens, a document that was refused has a problem.
  return problems.length > 0 ? problems : [{ kind: 'value', path: [], expected: 'another value' }];
}

function isSummary(error: ErrorObject): boolean {
  return error.keyword === 'propertyNames' || isAlternatives(error);
}

/** Whether an error comes from one of the alternatives, or from the name, that `summary` refuses as a whole. */
function summarises(summary: ErrorObject, error: ErrorObject, schema: JsonObject): boolean {
  if (summary.keyword === 'propertyNames') {
    return error.propertyName === summary.params.propertyName && error.instancePath === summary.instancePath;
  }
  if (!isAlternatives(summary) || !isWithin(error.instancePath, summary.instancePath)) return false;
  return summary.schema.some((alternative) => contains(alternative, error.parentSchema, schema, new Set()));
}

function isAlternatives(error: ErrorObject): error is ErrorObject & { schema: readonly JsonObject[] } {
  return error.keyword === 'anyOf' || error.keyword === 'oneOf';
}

function isWithin(pointer: string, outer: string): boolean {
  return pointer === outer || pointer.startsWith(`${outer}/`);
}

/** Whether a schema is another one's part, or the part of one that it refers to. */
function contains(outer: unknown, part: unknown, schema: JsonObject, seen: Set<unknown>): boolean {
  if (outer === part) return true;
  if (typeof outer !== 'object' || outer === null || seen.has(outer)) return false;
  seen.add(outer);
  const target = isObject(outer) && typeof outer.$ref === 'string' ? referred(schema, outer.$ref) : undefined;
  return [...Object.values(outer), target].some((inner) => contains(inner, part, schema, seen));
}

function referred(schema: JsonObject, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  let value: unknown = schema;
  for (const step of stepsOf(reference.slice(1))) value = isObject(value) ? value[step] : undefined;
  return value;
}

function problemsOfError(error: ErrorObject, root: unknown, schema: JsonObject): Problem[] {
  const path = pathOf(error.instancePath, root);
  const { keyword, params, parentSchema } = error;
  switch (keyword) {
    case 'additionalProperties':
      return [{ kind: 'unknown-field', path: [...path, params.additionalProperty], known: knownFields(parentSchema) }];
    case 'required':
    case 'dependencies':
      return [{ kind: 'missing-field', path: [...path, params.missingProperty] }];
    case 'propertyNames':
      return [{ kind: 'field-name', path: [...path, params.propertyName], expected: expectedName(error.schema) }];
    case 'type':
      return [{ kind: 'type', path, expected: expectedType(error) }];
    case 'anyOf':
    case 'oneOf':
      return isAlternatives(error) ? problemsOfAlternatives(error, path, schema) : [];
    default:
      return [{ kind: 'value', path, expected: expectedValue(error) }];
  }
}

function problemsOfAlternatives(
  error: ErrorObject & { schema: readonly JsonObject[] },
  path: Path,
  schema: JsonObject,
): Problem[] {
  const several: readonly number[] | null | undefined = error.params.passingSchemas;
  if (several) return [{ kind: 'value', path, expected: 'one of several forms, and not a mixture of them' }];
  const failed = error.schema
    .map((alternative) => judged(error.data, alone(alternative, schema), parts))
    .filter((problems) => problems.length > 0);
  const atTop = failed.filter((problems) => problems.some((problem) => isWholly(problem)));
  // None of them fits at all: say what each would take.
  if (atTop.length === failed.length) {
    const wholly = failed.flat().filter(isWholly);
    const kind = wholly.every((problem) => problem.kind === 'type') ? 'type' : 'value';
    return [{ kind, path, expected: oneOf(wholly.map(({ expected }) => expected)) }];
  }
  const missing = failed.map(([problem, ...more]) =>
    more.length === 0 && problem?.kind === 'missing-field' ? problem.path : undefined,
  );
  if (missing.length > 1 && missing.every((at) => at?.length === 1)) {
    return [
      { kind: 'value', path, expected: `an object with ${either(missing.flatMap((at) => at?.map(String) ?? []))}` },
    ];
  }
  const [nearest = []] = failed
    .filter((problems) => !atTop.includes(problems))
    .sort((a, b) => mistakes(a) - mistakes(b));
  return nearest.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
}

type Wholly = Extract<Problem, { kind: 'type' | 'value' }>;

/** Whether a problem is about the value as a whole: it is no part that is wrong. */
function isWholly(problem: Problem): problem is Wholly {
  return problem.path.length === 0 && (problem.kind === 'type' || problem.kind === 'value');
}

/** How far a value is from an alternative: a wrong word weighs most, since it is words that tell alternatives apart. */
function mistakes(problems: readonly Problem[]): number {
  return problems.reduce((sum, { kind }) => sum + (kind === 'value' ? 3 : 1), 0);
}

const alternatives = new WeakMap<object, JsonObject>();

/** A part of a schema as one of its own, with what it may refer to. */
function alone(part: JsonObject, { definitions = {} }: JsonObject): JsonObject {
  const known = alternatives.get(part);
  if (known) return known;
  const made: JsonObject = { definitions, allOf: [part] };
  alternatives.set(part, made);
  return made;
}

function knownFields(schema: unknown): string[] {
  return isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties) : [];
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: '`true` or `false`',
  object: 'an object',
  array: 'a list',
  null: '`null`',
};

function expectedType({ schema, parentSchema }: ErrorObject): string {
  // Where nothing may stand, a schema says why.
  if (schema === 'null' && typeof parentSchema?.description === 'string') return parentSchema.description;
  return oneOf([schema].flat().map((name) => TYPES[String(name)] ?? String(name)));
}

function expectedName(schema: unknown): string {
  if (!isObject(schema)) return 'another name';
  if (typeof schema.description === 'string') return schema.description;
  if (Array.isArray(schema.enum)) return either(schema.enum.map(String));
  return typeof schema.pattern === 'string' ? `a name that matches \`${schema.pattern}\`` : 'another name';
}

const LIMITS: Readonly<Record<string, (limit: unknown) => string>> = {
  const: (value) => `\`${JSON.stringify(value)}\``,
  enum: (values) => either([values].flat().map((value) => JSON.stringify(value))),
  'false schema': () => 'nothing',
  pattern: (pattern) => `a text that matches \`${pattern}\``,
  format: (format) => `a text of the format ${format}`,
  minLength: (count) => `a text of at least ${counted(count, 'character')}`,
  maxLength: (count) => `a text of at most ${counted(count, 'character')}`,
  minimum: (limit) => `a number of at least ${limit}`,
  maximum: (limit) => `a number of at most ${limit}`,
  exclusiveMinimum: (limit) => `a number above ${limit}`,
  exclusiveMaximum: (limit) => `a number below ${limit}`,
  multipleOf: (step) => `a multiple of ${step}`,
  minItems: (count) => `a list of at least ${counted(count, 'item')}`,
  maxItems: (count) => `a list of at most ${counted(count, 'item')}`,
  uniqueItems: () => 'a list without an item that occurs twice',
  minProperties: (count) => `an object with at least ${counted(count, 'field')}`,
  maxProperties: (count) => `an object with at most ${counted(count, 'field')}`,
};

/** Patterns and exclusions say it worse than a schema's own words. */
function expectedValue({ keyword, schema, parentSchema }: ErrorObject): string {
  const { description } = isObject(parentSchema) ? parentSchema : {};
  if ((keyword === 'pattern' || keyword === 'not') && typeof description === 'string') return description;
  return LIMITS[keyword]?.(schema) ?? 'another value';
}

function counted(count: unknown, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function oneOf(expected: readonly string[]): string {
  return [...new Set(expected)].join(' or ');
}

/** A JSON pointer as a path: only the value tells whether `0` is an index or a key. */
function pathOf(pointer: string, root: unknown): Path {
  let value = root;
  return stepsOf(pointer).map((step) => {
    const key = Array.isArray(value) ? Number(step) : step;
    value = (value as Record<string | number, unknown>)[key];
    return key;
  });
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** One at a place: what else is wrong there is seen when that is mended. */
function distinct(problems: readonly Problem[]): Problem[] {
  const byPath = new Map<string, Problem>();
  for (const problem of problems) {
    const key = JSON.stringify(problem.path);
    if (!byPath.has(key)) byPath.set(key, problem);
  }
  return [...byPath.values()];
}
