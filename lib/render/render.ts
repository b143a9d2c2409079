import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Jsonnet } from '@hanazuki/node-jsonnet';
import type { Path } from '../finding/finding.ts';
import { isObject } from '../json.ts';
import type { DocumentPlan, Kind } from '../kinds/kind.ts';
import type { Model } from '../model/model.ts';

export type Planned = Readonly<{ kind: Kind; plan: DocumentPlan }>;

/**
 * How many documents one evaluation makes. Each costs some 35 ms before it does anything (libjsonnet desugars its standard
 * library for every VM), so one evaluation a document is out of the question; one for all of them would leave cores idle.
 */
const BATCH = 400;

/** For fewer, another core is not worth starting an evaluation on. */
const SMALLEST_BATCH = 100;

/**
 * Shapes documents: evaluates each plan's template on its slice of the model.
 *
 * Batches run on libuv's thread pool, as many at once as there are cores.
 *
 * @returns one value a plan, in the order of the plans: JSON, or a string for text documents
 * @throws when a template fails: templates decide nothing, so no configuration can make one fail; it is a fault of ours
 */
export async function render(
  model: Model,
  planned: readonly Planned[],
  { batch = BATCH, parallel = availableParallelism() }: { batch?: number; parallel?: number } = {},
): Promise<unknown[]> {
  const values: unknown[] = planned.map(({ plan }) => plan.text);
  const shaped = planned.flatMap(({ kind, plan }, index) =>
    kind.template ? [{ template: kind.template, plan, index }] : [],
  );
  // Fewer, larger batches never help once every core has one.
  const size = Math.min(batch, Math.max(SMALLEST_BATCH, Math.ceil(shaped.length / parallel)));
  const batches = Array.from({ length: Math.ceil(shaped.length / size) }, (_, n) =>
    shaped.slice(n * size, (n + 1) * size),
  );

  async function worker(): Promise<void> {
    for (let next = batches.shift(); next !== undefined; next = batches.shift()) {
      const results = await evaluate(next.map(({ template, plan }) => ({ template, slice: sliceOf(model, plan) })));
      next.forEach(({ index }, n) => {
        values[index] = results[n];
      });
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallel, batches.length) }, worker));
  return values;
}

/** What a template sees of the model: the values at the slice's paths. */
export function sliceOf(model: Model, plan: DocumentPlan): Record<string, unknown> {
  return Object.fromEntries(Object.entries(plan.slice).map(([name, path]) => [name, valueAt(model, path)]));
}

/** The value at a path. @throws when there is none: plans name what exists */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    const container: unknown = value;
    if (Array.isArray(container) && typeof step === 'number' && step < container.length) value = container[step];
    else if (isObject(container) && Object.hasOwn(container, step)) value = container[step];
    else throw new Error(`the model has nothing at ${JSON.stringify(path)}`);
  }
  return value;
}

async function evaluate(jobs: readonly { template: URL; slice: unknown }[]): Promise<unknown[]> {
  const templates = [...new Set(jobs.map((job) => job.template.href))];
  const sources = templates.map((template) => `(\n${sourceOf(template)}\n)`).join(',\n');
  const snippet = `function(jobs) local templates = [${sources}]; [templates[job[0]](job[1]) for job in jobs]`;
  const input = readable(JSON.stringify(jobs.map((job) => [templates.indexOf(job.template.href), job.slice])));
  return JSON.parse(await new Jsonnet().tlaCode('jobs', input).evaluateSnippet(snippet, 'documents')) as unknown[];
}

/**
 * JSON in which characters from U+40000 on are written as escapes. In UTF-8, this libjsonnet (0.20) takes them for U+FFFD: among them are
 * the tags that make the flag of England or Scotland. `std.parseJson` would lose them again.
 */
function readable(json: string): string {
  return json.replaceAll(
    /[\ud8c0-\udbff][\udc00-\udfff]/g,
    (pair) => `\\u${pair.charCodeAt(0).toString(16)}\\u${pair.charCodeAt(1).toString(16)}`,
  );
}

const sources = new Map<string, string>();

/**
 * The text of a template, with the data that it imports in it. For every file that is imported, libjsonnet desugars its standard library
 * once more, some 10 ms each: with one import a template, that was most of the time of a compile.
 */
function sourceOf(template: string): string {
  const known = sources.get(template);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(template), 'utf8').replaceAll(/\bimport '([\w.-]+\.json)'/g, (_, file: string) =>
    readFileSync(new URL(file, template), 'utf8'),
  );
  sources.set(template, text);
  return text;
}
