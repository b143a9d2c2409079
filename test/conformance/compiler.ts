import { type LoadedPolicy, loadPolicy } from '@open-policy-agent/opa-wasm';
import type { z } from 'zod';
import { platform } from '../../lib/config/schema.ts';
import { validate } from '../../lib/config/validate.ts';
import { type Finding, hasErrors, type Path, type Severity } from '../../lib/finding/finding.ts';
import { inSourceOrder } from '../../lib/finding/order.ts';
import type { Json } from '../../lib/json.ts';
import { ruleBroken, type Verdict } from '../../lib/judge/findings.ts';
import type { JudgedFinding } from '../../lib/judge/judge.ts';
import { type ModelScope, modelScopes, policiesFolder, type Rule } from '../../lib/judge/lock.ts';
import { readPolicies } from '../../lib/judge/policies.ts';
import { slices } from '../../lib/judge/slices.ts';
import type { Owner } from '../../lib/kinds/kind.ts';
import type { Model } from '../../lib/model/model.ts';
import { normalise } from '../../lib/model/normalise.ts';
import { sourceOf } from '../../lib/model/source.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { print } from '../../lib/print/print.ts';
import { type Planned, render, sliceOf, valueAt } from '../../lib/render/render.ts';
import { kinds } from '../../lib/targets/targets.ts';
import { prepare, verify } from '../../lib/verify/verify.ts';
import { judging } from '../../lib/waivers/judging.ts';
import { waiversIn } from '../../lib/waivers/waivers.ts';

/**
 * All that the corpus knows of this implementation: a rewrite replaces this file. It composes the stages of `lib/pipeline.ts` below
 * `load` for many configurations at once, and does the same work only once: cases differ in a few documents, and a case that
 * loaded its rules and started its Jsonnet would take a third of a second.
 */

/** The same document of two configurations may be one object: whoever reads it need not read it twice. */
export type Emitted = Readonly<{ owner: Owner; text: string }>;

export type Compiled = Readonly<{
  findings: readonly Found[];
  /** by path; `undefined` where a finding is an error */
  documents?: ReadonlyMap<string, Emitted>;
}>;

export type Found = Readonly<{
  code: string;
  severity: string;
  /** in the configuration */
  path: Path | undefined;
  message: string;
  /** the other side of a conflict, in the configuration */
  other: Path | undefined;
  /** what is wrong elsewhere for the same reason */
  also: readonly string[];
  /** who let it pass, and why */
  waived: string | undefined;
}>;

/** The day of every case. */
const TODAY = '2027-01-31';

/** Configurations whose documents are rendered at once, while those after them are judged. */
const BATCH = 100;

/** Compiles every configuration by itself. Documents have no header: nothing in their first lines says what made them. */
export async function compileAll(configurations: readonly unknown[]): Promise<Compiled[]> {
  const judge = await judgeOf();
  const renderAll = renderer();
  const begun = Array.from({ length: Math.ceil(configurations.length / BATCH) }, (_, n) => {
    const stages = configurations
      .slice(n * BATCH, (n + 1) * BATCH)
      .map((configuration) => beforeRendering(configuration as Json, judge));
    return { stages, rendering: renderAll(stages.map(({ rest }) => rest)) };
  });
  const known = new Map<string, Emitted>();
  const compiled: Compiled[] = [];
  for (const { stages, rendering } of begun) {
    const shaped = await rendering;
    compiled.push(...stages.map((stage, n) => afterRendering(stage, shaped[n] ?? [], known)));
  }
  return compiled;
}

type PlaceOf = (path: Path, part?: 'key') => Pick<Finding, 'path' | 'place'>;
type Judge = Readonly<{
  rules: readonly Rule[];
  /** the ids of those that are */
  asked: readonly string[];
  of(model: Model, severity: Readonly<Record<string, Severity>>): JudgedFinding[];
}>;
type Rest = Readonly<{ model: Model; planned: readonly Planned[]; placeOf: PlaceOf }>;
type Stage = Readonly<{ findings: Finding[]; places: Places; rest?: Rest }>;

function beforeRendering(configuration: Json, judge: Judge): Stage {
  const places = placesOf(configuration);
  const validated = validate(configuration, places.of);
  const findings = [...validated.findings];
  if (!validated.value) return { findings, places };
  const { value: normalised, findings: found } = normalise(validated.value, places.of);
  findings.push(...found);
  if (!normalised) return { findings, places };
  const { model } = normalised;
  const placeOf: PlaceOf = (path) => {
    const source = sourceOf(path, { ...normalised, configuration });
    return source ? { path: source, ...places.of(source) } : {};
  };
  const { told, ofWaivers } = judging({
    ...{ configuration: validated.value, rules: judge.rules, locate: places.of, placeOf, today: TODAY },
    waivers: waiversIn(validated.value),
  });
  findings.push(...told(judge.of(model, validated.value.rules?.severity ?? {})), ...ofWaivers(judge.asked));
  if (hasErrors(findings)) return { findings, places };
  const planned = kinds.flatMap((kind) => kind.list(model).map((plan): Planned => ({ kind, plan })));
  prepare(planned);
  return { findings, places, rest: { model, planned, placeOf } };
}

/** @param known the documents that were good in another configuration, by kind and key: they are not judged and printed again */
function afterRendering(
  { findings, places, rest }: Stage,
  shaped: readonly Shaped[],
  known: Map<string, Emitted>,
): Compiled {
  const all = [...findings];
  const found = () => inSourceOrder(all).map((finding) => foundOf(finding, places));
  if (!rest) return { findings: found() };
  const { model, planned, placeOf } = rest;
  const documents = planned.map(({ kind, plan }, n) => {
    const { value, key } = shaped[n] as Shaped;
    return { kind, plan, value, key: `${kind.name} ${key}` };
  });
  const judged = documents.map(({ kind, plan, value, key }) =>
    // As an empty text, it still counts for what is judged of all documents together.
    known.has(key) ? { kind: { ...kind, format: 'text' as const }, plan, value: '' } : { kind, plan, value },
  );
  for (const { subject, part, otherSubject, ...finding } of verify(model, judged)) {
    const other = otherSubject && placeOf(otherSubject).place;
    all.push({ ...finding, ...placeOf(subject, part), ...(other && { other }) });
  }
  if (hasErrors(all)) return { findings: found() };
  const emitted = documents.map(({ kind, plan, value, key }) => {
    const document = known.get(key) ?? { owner: kind.owner, text: print({ kind, plan }, value, []) };
    known.set(key, document);
    return [`${plan.target}/${plan.path}`, document] as const;
  });
  return { findings: found(), documents: new Map(emitted) };
}

/** A document's value, and a key that says which document of one kind it is: those of one key are alike. */
type Shaped = Readonly<{ value: unknown; key: string }>;

/** Renders documents of many models at once; of all documents of one shape and one part of a model, in all calls, one. */
function renderer(): (cases: readonly (Rest | undefined)[]) => Promise<Shaped[][]> {
  const batches: Promise<unknown[]>[] = [];
  const places = new Map<string, readonly [batch: number, index: number]>();
  return async (cases) => {
    const jobs: Record<string, unknown>[] = [];
    const shaped: Planned[] = [];
    const placeOf = ({ kind, plan }: Planned, model: Model) => {
      const slice = plan.text === undefined ? sliceOf(model, plan) : {};
      const key = plan.text ?? JSON.stringify([kind.template, slice]);
      const place = places.get(key) ?? [batches.length, jobs.length];
      if (places.has(key)) return place;
      places.set(key, place);
      const paths = Object.keys(slice).map((name) => [name, ['jobs', jobs.length, name]] as const);
      jobs.push(slice);
      shaped.push({ kind, plan: { ...plan, slice: Object.fromEntries(paths) } });
      return place;
    };
    const wanted = cases.map((rest) =>
      (rest?.planned ?? []).map((planned) => ({ planned, place: placeOf(planned, (rest as Rest).model) })),
    );
    batches.push(render({ jobs } as unknown as Model, shaped));
    const values = await Promise.all(batches);
    return wanted.map((documents, n) =>
      documents.map(({ planned: { plan }, place: [batch, index] }) => {
        const value = values[batch]?.[index];
        if (!plan.patch) return { value, key: `${batch}.${index}` };
        const patch = valueAt(cases[n]?.model, plan.patch);
        return { value: applyPatch(value, patch, plan.patchAt), key: `${batch}.${index} ${JSON.stringify(patch)}` };
      }),
    );
  };
}

/** As `lib/judge/judge.ts` judges, with the rules read and their wasm compiled once for all models. */
async function judgeOf(): Promise<Judge> {
  const policies = await readPolicies(policiesFolder);
  if ('stale' in policies) throw new Error(policies.stale);
  const { rules, wasm } = policies;
  const policy: LoadedPolicy = await loadPolicy(wasm, { initial: 256 });
  const verdicts = (scope: ModelScope, slice: Model, severity: Parameters<Judge['of']>[1]): JudgedFinding[] => {
    const [answer] = policy.evaluate(slice, `judge/${scope}`);
    const result = answer.result as Record<string, readonly Verdict[]>;
    return rules
      .filter((rule) => rule.scope === scope)
      .flatMap((rule) =>
        (result[rule.id] as readonly Verdict[]).map((verdict) => ruleBroken(rule, verdict, severity[rule.id])),
      );
  };
  const of: Judge['of'] = (model, severity) => {
    const findings = modelScopes.flatMap((scope) =>
      [...slices(model, scope, Number.POSITIVE_INFINITY)].flatMap((slice) => verdicts(scope, slice, severity)),
    );
    // Slices overlap, and so do their findings.
    return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
  };
  const asked = rules.filter(({ scope }) => modelScopes.some((one) => one === scope)).map(({ id }) => id);
  return { rules, asked, of };
}

type Places = Readonly<{
  of(path: Path): Required<Pick<Finding, 'place'>>;
  pathOf(place: Finding['place']): Path | undefined;
}>;

/** Places by which findings have the order of the configuration: the n-th value, counted from the top, stands at line n. */
function placesOf(configuration: Json): Places {
  const paths: Path[] = [];
  const lines = new Map<string, number>();
  const visit = (value: unknown, path: Path): void => {
    lines.set(JSON.stringify(path), paths.push(path));
    if (typeof value !== 'object' || value === null) return;
    const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [key, item] of entries) visit(item, [...path, key]);
  };
  visit(configuration, []);
  return {
    of(path) {
      let length = path.length;
      while (!lines.has(JSON.stringify(path.slice(0, length)))) length--;
      const line = lines.get(JSON.stringify(path.slice(0, length))) ?? 1;
      return { place: { file: 'platform', line, column: 1, endLine: line, endColumn: 1 } };
    },
    pathOf: (place) => place && paths[place.line - 1],
  };
}

function foundOf({ code, severity, path, message, other, also = [], waived }: Finding, places: Places): Found {
  const excuse = waived && `until ${waived.until} by ${waived.owner}: ${waived.reason}`;
  return { code, severity, path, message, other: places.pathOf(other), also, waived: excuse };
}

type Definition = Readonly<{
  type: string;
  shape?: Readonly<Record<string, z.ZodType>>;
  innerType?: z.ZodType;
  element?: z.ZodType;
  valueType?: z.ZodType;
  options?: readonly z.ZodType[];
}>;

/**
 * Every field that a configuration may have, `*` for what has a name of its own and for an item of a list: `services.*.ports.*.protocol`.
 * What presets and single environments may say is what services may say, and is not told again.
 */
export function fields(): string[] {
  const found = new Set<string>();
  const visit = (schema: z.ZodType, path: readonly string[]): void => {
    const { type, shape, innerType, element, valueType, options } = schema.def as unknown as Definition;
    if (type === 'lazy' || path[0] === 'presets' || path[2] === 'in') return;
    if (innerType) visit(innerType, path);
    for (const option of options ?? []) visit(option, path);
    for (const [key, value] of Object.entries(shape ?? {})) {
      found.add([...path, key].join('.'));
      visit(value, [...path, key]);
    }
    if (element) visit(element, [...path, '*']);
    if (valueType) visit(valueType, [...path, '*']);
  };
  visit(platform, []);
  return [...found];
}
