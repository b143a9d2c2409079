import type { Path } from '../finding/finding.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { DocumentPlan, Kind } from '../kinds/kind.ts';
import type { Model } from '../model/model.ts';
import { type Planned, valueAt } from '../render/render.ts';
import { checkPaths } from '../write/paths.ts';
import { acceptanceOf, type Kept } from './acceptance.ts';
import {
  brokenText,
  fileOf,
  interpolated,
  moreRefused,
  refused,
  tooDeep,
  tooLong,
  unknownUnit,
  type VerifiedFinding,
} from './findings.ts';
import { type Problem, problemsOf } from './problems.ts';

export type { VerifiedFinding } from './findings.ts';

/** A rendered document; `value` has the patch of its plan in it. */
export type Document = Readonly<{ kind: Kind; plan: DocumentPlan; value: unknown }>;

/** Of one document: who mends these runs again, and more would hide other documents' findings. */
const MOST_PROBLEMS = 5;

/** Deeper, readers of YAML and JSON run out of stack; no consumer has anything like it. */
const MOST_LEVELS = 100;

/** `MAX_ARG_STRLEN` of Linux, 131,072 bytes, less the name of the variable. */
const LONGEST_INPUT = 131_000;

/**
 * Judges documents as those who read them will: each by the schema of its kind, and all of them by what every file must be.
 *
 * @returns first what is wrong with paths, then the documents' own findings in the order of the documents
 * @throws for a kind without schema, or with one that is no good: nothing passes because its judge is missing
 */
export function verify(model: Model, documents: readonly Document[]): VerifiedFinding[] {
  return [...verifyPlans(model, documents), ...documents.flatMap((document) => verifyDocument(model, document))];
}

/** The part of `verify` that asks for no value: what is wrong with the documents' paths, and with which there are. */
export function verifyPlans(model: Model, planned: readonly Planned[]): VerifiedFinding[] {
  return [...pathFindings(planned), ...unknownUnits(model, planned)];
}

/**
 * Compiles the schemas of documents to come. Most of the first `verify` is that, and it can be done while others render.
 *
 * @param kept for what is made of them
 */
export function prepare(planned: readonly Planned[], kept?: Kept): void {
  for (const { kind, plan } of planned) {
    const schema = schemaOf(kind, plan);
    if (schema !== undefined) acceptanceOf(schema, kept);
  }
}

function pathFindings(documents: readonly Planned[]): VerifiedFinding[] {
  const plans = new Map<string, DocumentPlan[]>();
  for (const { plan } of documents) {
    const path = `${plan.target}/${plan.path}`;
    const twins = plans.get(path);
    if (twins) twins.push(plan);
    else plans.set(path, [plan]);
  }
  const paths = documents.map(({ plan }) => `${plan.target}/${plan.path}`);
  return checkPaths(paths, { directory: 'out', manifest: 'manifest.json' }).flatMap((finding) => {
    const [plan, twin] = plans.get(finding.document?.file ?? '') ?? [];
    if (plan === undefined) throw new Error(`a finding on a path that no document has: ${finding.message}`);
    return {
      ...finding,
      document: { file: fileOf(plan) },
      subject: plan.subject,
      ...(twin && { otherSubject: twin.subject }),
    };
  });
}

/** Extra inputs are merged over those of a unit by its name; a name that no unit has would reach nothing. */
function unknownUnits({ registry, environments }: Model, documents: readonly Planned[]): VerifiedFinding[] {
  const units = documents.filter(({ kind }) => kind.name === 'unit-inputs').map(({ plan }) => plan);
  if (units.length === 0) return [];
  const owners = [
    { path: ['registry', 'extraInputs'], inputs: registry.extraInputs, environment: undefined },
    ...Object.values(environments).map(({ name, extraInputs }) => ({
      path: ['environments', name, 'extraInputs'],
      inputs: extraInputs,
      environment: name,
    })),
  ];
  return owners.flatMap(({ path, inputs, environment }) => {
    // `live/<folder>/<unit>/inputs.generated.json`
    const known = new Set(
      units.filter((plan) => plan.environment === environment).map((plan) => plan.path.split('/').at(-2) ?? ''),
    );
    return Object.keys(inputs)
      .filter((name) => !known.has(name))
      .map((name) => unknownUnit({ subject: [...path, name], environment, known: [...known] }));
  });
}

/** The part of `verify` that is about one document. */
export function verifyDocument(model: Model, { kind, plan, value }: Document): VerifiedFinding[] {
  const schema = schemaOf(kind, plan);
  const called = nameOf(value, kind, schema);
  const place = (path: Path, missing = false) => ({ plan, called, subject: subjectOf(model, plan, path, missing) });

  const { deep, broken, code } = walk(value, kind.name === 'unit-inputs');
  if (deep) return [tooDeep(deep, MOST_LEVELS, place(deep))];
  const codeAt = new Set(code.map((one) => JSON.stringify(one.path)));
  // That a text is code is worse than that it is not of some form.
  const problems = (schema === undefined ? [] : problemsOf(value, schema)).filter(
    (problem) => !codeAt.has(JSON.stringify(problem.path)),
  );
  const told = problems.slice(0, MOST_PROBLEMS).map((problem) => refusedAt(problem, value, place));
  return [
    ...told,
    ...(problems.length > told.length ? [moreRefused(problems.length - told.length, place([]))] : []),
    ...broken.map((path) => brokenText(path, place(path))),
    ...code.map(({ path, found }) => interpolated(path, found, place(path))),
    ...longInputs(kind, value).map((input) => tooLong(input, place(input.path))),
  ];
}

function schemaOf(kind: Kind, plan: DocumentPlan): JsonObject | undefined {
  if (kind.format === 'text') return undefined;
  if (kind.format !== 'yaml' && kind.format !== 'json') {
    throw new Error(`kind ${kind.name} has the unknown format ${JSON.stringify(kind.format satisfies never)}`);
  }
  const schema = kind.schema?.(plan);
  if (schema === undefined) throw new Error(`kind ${kind.name} has no schema`);
  return schema;
}

/** Kubernetes objects say what they are; of others the schema says it. */
function nameOf(value: unknown, kind: Kind, schema: JsonObject | undefined): string {
  if (isObject(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string') return value.kind;
  return typeof schema?.title === 'string' ? schema.title : kind.name;
}

type PlaceOf = (path: Path, missing?: boolean) => Parameters<typeof refused>[2];

function refusedAt(problem: Problem, value: unknown, place: PlaceOf): VerifiedFinding {
  const missing = problem.kind === 'missing-field';
  return refused(problem, missing ? undefined : valueAt(value, problem.path), place(problem.path, missing));
}

/**
 * Where in the model a place of a document comes from: the patch, if it reaches there, or what it is a copy of; else what it is about.
 *
 * @param missing there is nothing at `path`: the patch took it away, or replaced what should hold it
 */
export function subjectOf(model: Model, plan: DocumentPlan, path: Path, missing = false): Path {
  const { patch = plan.copyOf, patchAt = [] } = plan;
  if (patch === undefined || patchAt.some((step, index) => path[index] !== step)) return plan.subject;
  const within = path.slice(patchAt.length);
  const merged = valueAt(model, patch);
  if (has(merged, within)) return [...patch, ...within];
  const holder = within.slice(0, -1);
  return missing && within.length > 1 && has(merged, holder) ? [...patch, ...holder] : plan.subject;
}

function has(value: unknown, path: Path): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  if (!(Array.isArray(value) || isObject(value)) || !Object.hasOwn(value, step)) return false;
  return has((value as Record<string | number, unknown>)[step], rest);
}

type Walked = {
  /** where the document becomes too deep: nothing below it was looked at */
  deep?: Path;
  broken: Path[];
  code: { path: Path; found: string }[];
};

/** Looks at every text of a document, keys included. */
function walk(root: unknown, isCode: boolean): Walked {
  const walked: Walked = { broken: [], code: [] };
  const path: (string | number)[] = [];
  function look(text: string): void {
    if (/\p{Cs}/u.test(text)) walked.broken.push([...path]);
    const found = isCode ? /[$%]\{/.exec(text)?.[0] : undefined;
    if (found !== undefined) walked.code.push({ path: [...path], found });
  }
  function visit(value: unknown): void {
    if (typeof value === 'string') look(value);
    if (typeof value !== 'object' || value === null) return;
    if (path.length === MOST_LEVELS) walked.deep ??= [...path];
    if (walked.deep) return;
    const isList = Array.isArray(value);
    for (const [key, item] of Object.entries(value)) {
      path.push(isList ? Number(key) : key);
      if (!isList) look(key);
      visit(item);
      path.pop();
    }
  }
  visit(root);
  return walked;
}

function longInputs(kind: Kind, value: unknown): { path: Path; bytes: number; most: number }[] {
  if (kind.name !== 'unit-inputs' || !isObject(value) || !isObject(value.inputs)) return [];
  return Object.entries(value.inputs)
    .map(([name, input]) => ({
      path: ['inputs', name],
      bytes: Buffer.byteLength(JSON.stringify(input)),
      most: LONGEST_INPUT,
    }))
    .filter(({ bytes }) => bytes >= LONGEST_INPUT);
}
