import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Jsonnet } from '@hanazuki/node-jsonnet';
import type { Path } from '../finding/finding.ts';
import { isObject } from '../json.ts';
import type { DocumentPlan, Kind } from '../kinds/kind.ts';
import type { Model } from '../model/model.ts';
import { fillerOf, leavesOf, markedSlice, shapeOf, wordsOf } from './shape.ts';

export type Planned = Readonly<{ kind: Kind; plan: DocumentPlan }>;

/**
 * How many documents one evaluation makes. Each costs some 35 ms before it does anything (libjsonnet desugars its standard
 * library for every VM), so one evaluation a document is out of the question; one for all of them would leave cores idle.
 */
const BATCH = 400;

/** For fewer, another core is not worth starting an evaluation on. */
const SMALLEST_BATCH = 100;

export type RenderOptions = Readonly<{ batch?: number; parallel?: number }>;

/**
 * Shapes documents: evaluates each plan's template on its slice of the model.
 *
 * @returns one value a plan, in the order of the plans: JSON, or a string for text documents
 * @throws when a template fails: templates decide nothing, so no configuration can make one fail; it is a fault of ours
 */
export async function render(model: Model, planned: readonly Planned[], options?: RenderOptions): Promise<unknown[]> {
  const made = await renderer(model, planned, options);
  return planned.map((_, index) => made(index));
}

/**
 * As `render`, with each value made when it is asked for: those of 10,000 services' documents need not be there at once.
 *
 * Batches run on libuv's thread pool, as many at once as there are cores.
 */
export async function renderer(
  model: Model,
  planned: readonly Planned[],
  { batch = BATCH, parallel = availableParallelism() }: RenderOptions = {},
): Promise<(index: number) => unknown> {
  const jobs: Job[] = [];
  const jobsByShape = new Map<string, number>();
  /** By plan: which evaluation its document comes from. */
  const places = planned.map(({ kind: { template, alike }, plan }): number | undefined => {
    if (template === undefined) return undefined;
    const slice = sliceOf(model, plan);
    const { words } = templateAt(template);
    const shape = alike ? shapeOf(slice, words) : undefined;
    if (shape === undefined) return jobs.push({ template, slice, isMarked: false }) - 1;
    const key = `${template.href} ${shape}`;
    const known = jobsByShape.get(key);
    if (known !== undefined) return known;
    jobsByShape.set(key, jobs.length);
    return jobs.push({ template, slice: markedSlice(slice, words), isMarked: true }) - 1;
  });

  // Fewer, larger batches never help once every core has one.
  const size = Math.min(batch, Math.max(SMALLEST_BATCH, Math.ceil(jobs.length / parallel)));
  const starts = Array.from({ length: Math.ceil(jobs.length / size) }, (_, n) => n * size);
  const made: unknown[] = [];
  const fillers: (ReturnType<typeof fillerOf> | undefined)[] = [];
  async function worker(): Promise<void> {
    for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
      const part = jobs.slice(start, start + size);
      for (const [n, value] of (await evaluate(part)).entries()) {
        made[start + n] = value;
        if (part[n]?.isMarked) fillers[start + n] = fillerOf(value);
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallel, starts.length) }, worker));

  return (index) => {
    const { kind, plan } = planned[index] as Planned;
    const place = places[index];
    if (place === undefined || kind.template === undefined) return plan.text;
    const filler = fillers[place];
    if (filler === undefined) return made[place];
    return filler(leavesOf(sliceOf(model, plan), templateAt(kind.template).words));
  };
}

/** One evaluation of a template: on the slice of a document, or with marks on that of all documents of one shape. */
type Job = Readonly<{ template: URL; slice: unknown; isMarked: boolean }>;

/** What a template sees of the model: the values at the slice's paths. */
export function sliceOf(model: Model, plan: DocumentPlan): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(plan.slice).map(([name, at]) => [
      name,
      'each' in at ? at.each.map((path) => valueAt(model, path)) : valueAt(model, at),
    ]),
  );
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

async function evaluate(jobs: readonly Job[]): Promise<unknown[]> {
  const templates = [...new Set(jobs.map(({ template }) => template.href))];
  const sources = templates.map((template) => `(\n${templateAt(new URL(template)).text}\n)`).join(',\n');
  const snippet = `function(jobs) local templates = [${sources}]; [templates[job[0]](job[1]) for job in jobs]`;
  const input = readable(JSON.stringify(jobs.map(({ template, slice }) => [templates.indexOf(template.href), slice])));
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

type Template = Readonly<{ text: string; words: ReadonlySet<string> }>;

const known = new Map<string, Template>();

/**
 * A template, with the data that it imports in it. For every file that is imported, libjsonnet desugars its standard library once more,
 * some 10 ms each: with one import a template, that was most of the time of a compile.
 */
function templateAt(url: URL): Template {
  const before = known.get(url.href);
  if (before !== undefined) return before;
  const text = readFileSync(url, 'utf8').replaceAll(/\bimport '([\w.-]+\.json)'/g, (_, file: string) =>
    readFileSync(new URL(file, url), 'utf8'),
  );
  const template = { text, words: wordsOf(text) };
  known.set(url.href, template);
  return template;
}
