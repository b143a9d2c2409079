import { readFileSync } from 'node:fs';
import type { Locate } from './config/findings.ts';
import { validate } from './config/validate.ts';
import { type Finding, hasErrors, type Path } from './finding/finding.ts';
import { inSourceOrder } from './finding/order.ts';
import { dotted } from './finding/words.ts';
import type { Json, JsonObject } from './json.ts';
import { type Judge, type JudgedFinding, openJudge } from './judge/judge.ts';
import { modelScopes, type Scope } from './judge/lock.ts';
import type { Kind, Owner } from './kinds/kind.ts';
import { load } from './load/load.ts';
import type { Model } from './model/model.ts';
import { normalise, type Origins } from './model/normalise.ts';
import { sourceOf } from './model/source.ts';
import { applyPatch } from './print/merge.ts';
import { print } from './print/print.ts';
import { type Planned, renderer, valueAt } from './render/render.ts';
import { kinds } from './targets/targets.ts';
import type { Kept } from './verify/acceptance.ts';
import {
  type Document,
  prepare,
  subjectOf,
  type VerifiedFinding,
  verifyDocument,
  verifyPlans,
} from './verify/verify.ts';
import { judging } from './waivers/judging.ts';
import { waiversIn } from './waivers/waivers.ts';
import type { File } from './write/folder.ts';

export const NAME = 'platform-compiler';
export const VERSION = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

export type Stage = 'load' | 'config' | 'model' | 'judge' | 'render' | 'verify' | 'print';

/** Documents that are rendered, verified and printed before the next ones. */
const AT_ONCE = 200;

/** What else is judged than the platform as it stands. */
export type Judging = Readonly<{
  /** asked where there are waivers: the day that they end before, such as `2026-11-25`; where nobody knows it, none has ended */
  today?: (() => Promise<string | undefined>) | undefined;
  /** the model that this one replaces, of whatever release: without it no rule of scope `change` is asked */
  base?: JsonObject | undefined;
}>;

export type CompileOptions = Judging &
  Readonly<{
    /** absolute: no import leaves it */
    root: string;
    /** relative to `root` */
    entry: string;
    /** for what is made once and run at each compile */
    kept?: Kept;
    /** told when a stage begins or goes on, with what it is given: the last three take documents in turns, some at a time */
    onStage?: (stage: Stage, input: unknown) => void;
  }>;

/** A document as it is to be written, and what it is about. */
export type Output = File & Pick<Planned['plan'], 'environment' | 'service'>;

export type Compilation = Readonly<{
  /** in the order of the source; with an error among them there is no output */
  findings: readonly Finding[];
  /** the ids of the rules that were asked */
  asked: readonly string[];
  /** source text by file, for code frames and for watching */
  files: ReadonlyMap<string, string>;
  outputs?: readonly Output[];
  model?: Model;
  /** the place in the source that a value of the model comes from */
  placeOf?: (path: Path) => Pick<Finding, 'path' | 'place' | 'via'>;
  /** whether a value of the model follows from others: nobody wrote it */
  isDerived?: (path: Path) => boolean;
}>;

/**
 * The whole way from a configuration to the texts of its documents. Reads the source; writes nothing.
 *
 * A stage with an error among its findings is the last one: what failed is not judged again.
 */
export async function compile({
  root,
  entry,
  kept,
  today,
  base,
  onStage = () => {},
}: CompileOptions): Promise<Compilation> {
  onStage('load', { root, entry });
  const { findings, files, value } = await load({ root, entry });
  if (!value || hasErrors(findings)) return { findings: inSourceOrder(findings), asked: [], files };
  const file = entry.slice(entry.lastIndexOf('/') + 1); // as seen from `out/`, wherever the command was given
  const compilation = await compileConfiguration(value.value, {
    file,
    locate: value.places.of,
    onStage,
    today,
    base,
    ...(kept && { kept }),
  });
  return { ...compilation, findings: inSourceOrder([...findings, ...compilation.findings]), files };
}

export type ConfigurationOptions = Judging &
  Readonly<{
    /** the file's name, for the first lines of documents */
    file: string;
    /** where values stand in the source */
    locate: Locate;
    kept?: Kept;
    onStage?: (stage: Stage, input: unknown) => void;
  }>;

/** The way from an evaluated configuration to the texts of its documents: all stages but `load`. Touches no disk. */
export async function compileConfiguration(
  configuration: Json,
  { file, locate, kept, today, base, onStage = () => {} }: ConfigurationOptions,
): Promise<Omit<Compilation, 'files'>> {
  const findings: Finding[] = [];
  const add = (found: readonly Finding[]): void => {
    // Not `push(...found)`: there may be more of them than a call takes arguments.
    for (const finding of found) findings.push(finding);
  };
  const ended = (asked: readonly string[] = []) => ({ findings: inSourceOrder(findings), asked });

  onStage('config', configuration);
  const validated = validate(configuration, locate);
  add(validated.findings);
  if (!validated.value) return ended();

  onStage('model', validated.value);
  const normalised = normalise(validated.value, locate);
  add(normalised.findings);
  if (!normalised.value) return ended();
  const { model, origins } = normalised.value;
  const placeOf = (path: Path, part?: 'key'): Pick<Finding, 'path' | 'place' | 'via'> => {
    const source = sourceOf(path, { model, origins, configuration });
    return source ? { path: source, ...locate(source, part) } : {};
  };

  onStage('judge', model);
  const judge = await openJudge({ severity: validated.value.rules?.severity ?? {} });
  if ('code' in judge) {
    const { subject: _, ...stale } = judge;
    add([stale]);
    return ended();
  }
  const waivers = waiversIn(validated.value);
  const { told, ofWaivers } = judging({
    ...{ configuration: validated.value, waivers, rules: judge.rules, locate, placeOf },
    today: waivers.length > 0 ? await today?.() : undefined,
  });
  add(told(await judge.ofModel(model)));
  if (base) add(told(await judge.ofChange(base, model)));
  const asked = (...more: readonly Scope[]) => {
    const scopes: readonly Scope[] = [...modelScopes, ...(base ? (['change'] as const) : []), ...more];
    return judge.rules.filter(({ scope }) => scopes.includes(scope)).map(({ id }) => id);
  };
  if (hasErrors(findings)) {
    add(ofWaivers(asked()));
    return ended(asked());
  }

  const planned = kinds.flatMap((kind) => kind.list(model).map((plan): Planned => ({ kind, plan })));
  onStage('render', planned);
  const rendering = renderer(model, planned);
  prepare(planned, kept);
  const made = await rendering;

  onStage('verify', planned);
  const tell = (found: readonly VerifiedFinding[]): void => {
    for (const { subject, part, otherSubject, ...finding } of found) {
      const other = otherSubject && placeOf(otherSubject).place;
      findings.push({ ...finding, ...placeOf(subject, part), ...(other && { other }) });
    }
  };
  tell(verifyPlans(model, planned));

  const source = model.home === null ? file : `${file} of ${model.home}`;
  const outputs: Output[] = [];
  // A few at a time: the values of all documents of 10,000 services would be gigabytes, their texts are a hundred megabytes.
  for (let start = 0; start < planned.length; start += AT_ONCE) {
    const part = planned.slice(start, start + AT_ONCE);
    onStage('render', part);
    const documents = part.map(({ kind, plan }, index): Document => {
      const value = made(start + index);
      return { kind, plan, value: plan.patch ? applyPatch(value, valueAt(model, plan.patch), plan.patchAt) : value };
    });
    onStage('verify', documents);
    for (const document of documents) tell(verifyDocument(model, document));
    add(told(await judgeDocuments(judge, model, documents)));
    if (hasErrors(findings)) continue;
    onStage('print', documents);
    for (const { kind, plan, value } of documents) {
      const text = print({ kind, plan }, value, header(kind, `${source}${about(origins(plan.subject))}`));
      outputs.push(outputOf({ kind, plan }, text));
    }
  }
  const all = asked('document');
  add(ofWaivers(all));
  if (hasErrors(findings)) return ended(all);
  const isDerived = (path: Path) => origins(path)?.from === 'derivation';
  return { ...ended(all), outputs: [modelOutput(model, source), ...outputs], model, placeOf, isDerived };
}

/** Asks the rules that read documents; what they find stands in the model where the document's value comes from. */
async function judgeDocuments(judge: Judge, model: Model, documents: readonly Document[]): Promise<JudgedFinding[]> {
  const read = documents.filter(({ kind }) => judge.reads(kind.name));
  if (read.length === 0) return [];
  const plans = new Map(read.map(({ plan }) => [`${plan.target}/${plan.path}`, plan]));
  const found = await judge.ofDocuments(
    model,
    read.map(({ kind, plan: { target, path, environment = null, service = null }, value }) => {
      return { kind: kind.name, file: `${target}/${path}`, environment, service, value };
    }),
  );
  return found.map((finding) => {
    const plan = plans.get(finding.document?.file ?? '');
    if (!plan) throw new Error(`rule ${finding.code} found something in a document that it was not given`);
    return { ...finding, subject: subjectOf(model, plan, finding.subject) };
  });
}

function outputOf({ kind, plan: { target, path, environment, service } }: Planned, text: string): Output {
  return {
    target,
    path: `${target}/${path}`,
    kind: kind.name,
    owner: kind.owner,
    text,
    ...(environment !== undefined && { environment }),
    ...(service !== undefined && { service }),
  };
}

function modelOutput(model: Model, source: string): Output {
  const value = { _generated: header({ owner: 'compiler' }, source).join(' '), ...model };
  return {
    target: null,
    path: 'model.json',
    kind: 'model',
    owner: 'compiler',
    text: `${JSON.stringify(value, null, 2)}\n`,
  };
}

/** What a document says of itself in its first lines: what made it, from what, and where to change it instead. */
function header({ owner }: Pick<Kind, 'owner'>, source: string): string[] {
  const lines: Record<Owner, string[]> = {
    compiler: [`Made by ${NAME} from ${source}.`, 'Do not edit: change it there, then run `npm run compile`.'],
    scaffold: [`Made once by ${NAME} from ${source}; from now on it is yours to change.`],
    controller: [`Made once by ${NAME} from ${source}; from now on a controller in the cluster writes it.`],
  };
  return lines[owner];
}

function about(origin: ReturnType<Origins>): string {
  const path = origin?.from === 'derivation' ? origin.paths[0] : origin?.path;
  return path && path.length > 0 ? ` (${dotted(path)})` : '';
}
