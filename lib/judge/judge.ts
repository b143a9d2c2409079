import { type LoadedPolicy, loadPolicy } from '@open-policy-agent/opa-wasm';
import type { Finding, Path } from '../finding/finding.ts';
import type { Model } from '../model/model.ts';
import { ruleBroken, stalePolicies, type Verdict } from './findings.ts';
import { digestOf, policiesFolder, type Rule, type Scope, scopes } from './lock.ts';
import { readPolicies } from './policies.ts';
import { slices } from './slices.ts';

/** A finding about the model: the pipeline knows which place of the configuration a path of the model comes from. */
export type JudgedFinding = Finding &
  Readonly<{
    /** path in the model; empty: the policies themselves */
    subject: Path;
    /** path in the model of the other side of a conflict */
    otherSubject?: Path;
  }>;

/** Services that are judged at once: more take more memory and save no time. */
const BATCH = 200;

/** What the runtime makes of a byte of JSON takes ten bytes, by measurement. */
const MEMORY_PER_BYTE = 12;
const PAGE = 64 * 1024;

/**
 * Judges the model by the rules in `policies/`.
 *
 * @returns sorted by path in the model, then by code; where the policies are not those that were built, that alone
 */
export async function judge(
  model: Model,
  { folder = policiesFolder, batch = BATCH }: { folder?: URL; batch?: number } = {},
): Promise<JudgedFinding[]> {
  const policies = await readPolicies(folder);
  if ('stale' in policies) return [stalePolicies(policies.stale)];
  // Slices overlap (each of scope `service` has every environment), and so do their findings.
  const findings = new Map<string, JudgedFinding>();
  const evaluate = evaluator(await compiled(policies.wasm), policies.wasm.length);
  for (const scope of scopes) {
    const rules = policies.rules.filter((rule) => rule.scope === scope);
    if (rules.length === 0) continue;
    for (const slice of slices(model, scope, batch)) {
      for (const finding of findingsOf(rules, await evaluate(scope, slice)))
        findings.set(JSON.stringify(finding), finding);
    }
  }
  return [...findings.values()].sort(
    (a, b) => comparePaths(a.subject, b.subject) || compare(a.code, b.code) || compare(a.message, b.message),
  );
}

/** What each rule of a scope found, by the rule's id. */
type Verdicts = Readonly<Record<string, readonly Verdict[]>>;

function findingsOf(rules: readonly Rule[], verdicts: Verdicts): JudgedFinding[] {
  return rules.flatMap((rule) => {
    const found = verdicts[rule.id];
    // Without this, a rule that is not in the wasm would pass everything.
    if (found === undefined) throw new Error(`policies.wasm has no result for rule ${rule.id}`);
    return found.map((verdict) => ruleBroken(rule, verdict));
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
function evaluator(wasm: WebAssembly.Module, size: number): (scope: Scope, slice: Model) => Promise<Verdicts> {
  let policy: LoadedPolicy | undefined;
  return async (scope, slice) => {
    const input = new TextEncoder().encode(JSON.stringify(slice)).buffer;
    const needed = size + input.byteLength * MEMORY_PER_BYTE;
    if (policy === undefined || policy.mem.buffer.byteLength < needed) {
      policy = await loadPolicy(wasm, { initial: Math.ceil(needed / PAGE) });
    }
    try {
      const [answer] = policy.evaluate(input, `judge/${scope}`);
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
