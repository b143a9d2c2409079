import { type LoadedPolicy, loadPolicy } from '@open-policy-agent/opa-wasm';
import type { Finding, Path, Severity } from '../finding/finding.ts';
import type { JsonObject } from '../json.ts';
import type { Model } from '../model/model.ts';
import { ruleBroken, stalePolicies, type Verdict } from './findings.ts';
import { digestOf, modelScopes, policiesFolder, type Rule, type Scope } from './lock.ts';
import { readPolicies } from './policies.ts';
import { changes, slices, withoutLists } from './slices.ts';

/** A finding about the model: the pipeline knows which place of the configuration a path of the model comes from. */
export type JudgedFinding = Finding &
  Readonly<{
    /** path in the model; empty: the policies themselves */
    subject: Path;
    /** path in the model of the other side of a conflict */
    otherSubject?: Path;
  }>;

/** Services that are judged at once: more take more memory and save no time. */
export const BATCH = 200;

/** What the runtime makes of a byte of JSON takes ten bytes, by measurement. */
const MEMORY_PER_BYTE = 12;
const PAGE = 64 * 1024;

/** A document as rules of scope `document` see it. */
export type JudgedDocument = Readonly<{
  kind: string;
  /** relative to the folder of outputs */
  file: string;
  environment: string | null;
  service: string | null;
  value: unknown;
}>;

/** The rules of a folder, ready to be asked. What they find is sorted by path, then by code. */
export type Judge = Readonly<{
  rules: readonly Rule[];
  /** asks the rules that read the model. @param batch services that are judged at once */
  ofModel(model: Model, batch?: number): Promise<JudgedFinding[]>;
  /** asks the rules that read finished documents; `subject` is the path inside of the one that `document` names */
  ofDocuments(model: Model, documents: readonly JudgedDocument[]): Promise<JudgedFinding[]>;
  /** asks the rules that compare. @param before the model at the base, of this or of another release */
  ofChange(before: JsonObject, model: Model, batch?: number): Promise<JudgedFinding[]>;
  /** whether any rule reads documents of this kind */
  reads(kind: string): boolean;
}>;

export type JudgeOptions = Readonly<{
  folder?: URL;
  /** by the id of a rule: how severe it is in this configuration */
  severity?: Readonly<Record<string, Severity>>;
}>;

/** Reads the rules. @returns the finding that says so where they are not those that were built */
export async function openJudge({
  folder = policiesFolder,
  severity = {},
}: JudgeOptions = {}): Promise<Judge | JudgedFinding> {
  const policies = await readPolicies(folder);
  if ('stale' in policies) return stalePolicies(policies.stale);
  const evaluate = evaluator(await compiled(policies.wasm), policies.wasm.length);
  const { rules } = policies;

  /** Slices overlap (each of scope `service` has every environment), and so do their findings. */
  async function ask(scope: Scope, inputs: Iterable<unknown>, found: Map<string, JudgedFinding>): Promise<void> {
    const asked = rules.filter((rule) => rule.scope === scope);
    if (asked.length === 0) return;
    for (const input of inputs)
      for (const finding of findingsOf(asked, await evaluate(scope, input), severity))
        found.set(JSON.stringify(finding), finding);
  }

  return {
    rules,
    async ofModel(model, batch = BATCH) {
      const found = new Map<string, JudgedFinding>();
      for (const scope of modelScopes) await ask(scope, slices(model, scope, batch), found);
      return sorted(found);
    },
    async ofDocuments(model, documents) {
      const found = new Map<string, JudgedFinding>();
      const environments = withoutLists(model).environments;
      const byFile = Object.fromEntries(documents.map(({ file, ...document }) => [file, document]));
      await ask('document', [{ documents: byFile, environments }], found);
      return sorted(found).map(ofDocument);
    },
    async ofChange(before, model, batch = BATCH) {
      const found = new Map<string, JudgedFinding>();
      await ask('change', changes(before, model, batch), found);
      return sorted(found);
    },
    reads: (kind) => rules.some(({ scope, kinds = [] }) => scope === 'document' && kinds.includes(kind)),
  };
}

/** The path of a verdict on a document begins with `documents` and its file. */
function ofDocument({ subject: [, file, ...inside], ...finding }: JudgedFinding): JudgedFinding {
  return { ...finding, subject: inside, document: { file: String(file), path: inside } };
}

/** Judges the model by the rules of a folder. */
export async function judge(
  model: Model,
  { batch, ...options }: JudgeOptions & { batch?: number } = {},
): Promise<JudgedFinding[]> {
  const opened = await openJudge(options);
  return 'code' in opened ? [opened] : await opened.ofModel(model, batch);
}

function sorted(found: ReadonlyMap<string, JudgedFinding>): JudgedFinding[] {
  return [...found.values()].sort(
    (a, b) => comparePaths(a.subject, b.subject) || compare(a.code, b.code) || compare(a.message, b.message),
  );
}

/** What each rule of a scope found, by the rule's id. */
type Verdicts = Readonly<Record<string, readonly Verdict[]>>;

function findingsOf(
  rules: readonly Rule[],
  verdicts: Verdicts,
  severity: Readonly<Record<string, Severity>>,
): JudgedFinding[] {
  return rules.flatMap((rule) => {
    const found = verdicts[rule.id];
    // Without this, a rule that is not in the wasm would pass everything.
    if (found === undefined) throw new Error(`policies.wasm has no result for rule ${rule.id}`);
    const here = Object.hasOwn(severity, rule.id) ? severity[rule.id] : undefined;
    return found.map((verdict) => ruleBroken(rule, verdict, here));
  });
}

let last: Readonly<{ digest: string; module: WebAssembly.Module }> | undefined;

/** Compiling takes 50 ms, and `watch` judges again and again. */
async function compiled(wasm: Buffer): Promise<WebAssembly.Module> {
  const digest = digestOf(wasm);
  if (last?.digest !== digest) last = { digest, module: await WebAssembly.compile(new Uint8Array(wasm)) };
  return last.module;
}

/**
 * One instance of the rules serves one slice after the other, as each starts with its memory empty. Memory cannot be given back and
 * costs most when it grows page by page (12 s for a slice that needs 200 MB), so a slice that needs more gets an instance with enough.
 */
function evaluator(wasm: WebAssembly.Module, size: number): (scope: Scope, input: unknown) => Promise<Verdicts> {
  let policy: LoadedPolicy | undefined;
  return async (scope, input) => {
    const bytes = new TextEncoder().encode(JSON.stringify(input)).buffer;
    const needed = size + bytes.byteLength * MEMORY_PER_BYTE;
    if (policy === undefined || policy.mem.buffer.byteLength < needed) {
      policy = await loadPolicy(wasm, { initial: Math.ceil(needed / PAGE) });
    }
    try {
      const [answer] = policy.evaluate(bytes, `judge/${scope}`);
      return answer.result;
    } catch (error) {
      // The runtime throws strings, for an entrypoint that is missing as for memory that is exhausted.
      throw new Error(
        `policies.wasm failed on the rules of scope ${scope}: ${error instanceof Error ? error.message : error}`,
      );
    }
  };
}

function comparePaths(a: Path, b: Path): number {
  for (const [index, step] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (step !== other) return compare(step, other);
  }
  return a.length - b.length;
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : Number(String(a) > String(b));
}
