import { createHash } from 'node:crypto';
import type { Program } from 'oxc-parser';
import type { Finding, Outcome } from '../finding/finding.ts';
import { nearest } from '../finding/nearest.ts';
import type { Json } from '../json.ts';
import { type BundleProblem, bundle } from './bundle.ts';
import { failurePlace } from './failure-place.ts';
import {
  failure,
  first as firstOf,
  forbiddenKey,
  MOST_FINDINGS,
  missingExport,
  nestedFile,
  noDefaultExport,
  notAllowed,
  problem,
  slowBundle,
  syntax,
  typeAsDefaultExport,
} from './findings.ts';
import { type Found, type HelperNames, type Instrumented, instrument, type Tables } from './instrument.ts';
import { instrumentJson } from './json-text.ts';
import { type Facts, locate, type Places, placesOf } from './places.ts';
import { type Sandbox, startSandbox } from './sandbox/evaluate.ts';
import { type Module, readSources, type Sources } from './sources.ts';
import { placer, type Span } from './span.ts';

export type { Located, Places } from './places.ts';

export type Configuration = Readonly<{ value: Json; places: Places }>;

export type Loaded = Outcome<Configuration | undefined> &
  Readonly<{
    /** what was read, also when something is wrong with it: path relative to the root -> text, for code frames */
    files: ReadonlyMap<string, string>;
  }>;

export type LoadOptions = Readonly<{
  /** the repository */
  root: string;
  /** relative to the root */
  entry?: string;
  timeoutMilliseconds?: number;
  memoryMegabytes?: number;
  /** of putting the files together, before anything is run */
  bundleMilliseconds?: number;
}>;

const DEPTH = 100;
const CHARACTERS = 64 * 1024 * 1024;
// The longest that means anything is a sealed secret; patterns run out of stack on texts some ten times as long.
const TEXT = 2_000_000;
const KEY = 10_000;
const PROBLEMS = 100;

/**
 * Reads `platform.config.ts` and what it imports, evaluates it, and gives its default export as JSON, with the place of each value.
 *
 * - Imports are relative `.ts` and `.json` files whose real path is inside of `root`; types vanish, as does `undefined` as the value of
 *   a property.
 * - Code runs in QuickJS, compiled to wasm, in a thread: without clock, randomness, files, network, process or environment, within
 *   limits of time and memory. Only a string of JSON comes out. Built-ins are frozen; `Date`, `Proxy`, `eval` and the like do not exist.
 * - What comes before the sandbox is bounded as well: 12 MB of TypeScript, 4 MB in a file, 32 MB and a million values of JSON, how deep source nests, how long
 *   bundling takes.
 * - A name used before it is made is found as such: a bundle, which makes `var` of `const`, would leave the property out silently.
 * - All that is wrong at the stage reached is found at once, in source order: first imports and syntax, then evaluation (one finding), then
 *   values that are no JSON. The value is `undefined` when anything is.
 */
export async function load({
  root,
  entry = 'platform.config.ts',
  timeoutMilliseconds = 10_000,
  memoryMegabytes = 512,
  bundleMilliseconds = 10_000,
}: LoadOptions): Promise<Loaded> {
  const sandbox = startSandbox(memoryMegabytes);
  try {
    const sources = await readSources(root, entry);
    const outcome = await evaluate(sandbox, sources, { timeoutMilliseconds, memoryMegabytes, bundleMilliseconds });
    return { ...outcome, files: new Map(sources.modules.map(({ file, text }) => [file, text])) };
  } finally {
    await sandbox.stop();
  }
}

async function evaluate(
  sandbox: Sandbox,
  { modules, findings }: Sources,
  {
    bundleMilliseconds,
    ...allowed
  }: { timeoutMilliseconds: number; memoryMegabytes: number; bundleMilliseconds: number },
): Promise<Outcome<Configuration | undefined>> {
  const place = placer(modules);
  const wrong = (...found: Finding[]) => ({
    value: undefined,
    findings: firstOf(inSourceOrder([...findings, ...found], modules)),
  });
  const [first] = modules;
  if (!first) return wrong();
  findings.push(...misspeltImports(modules, place).slice(0, MOST_FINDINGS + 1));

  const tables: Tables = { literals: [], sites: [], json: { values: 0 } };
  const names = helperNames(modules);
  const instrumented: Instrumented[] = [];
  for (const [index, module] of modules.entries()) {
    const made = instrumentModule(module, index, tables, names);
    findings.push(
      ...made.problems
        .slice(0, MOST_FINDINGS + 1)
        .map(({ finding, span, other }) => finding({ place: place(span), ...(other && { other: place(other) }) })),
    );
    instrumented.push(made.instrumented);
  }
  const exported = exportedOf(first.parsed?.program());
  if (first.parsed && !exported)
    findings.push(noDefaultExport(first.file, { place: place({ module: 0, start: 0, end: 0 }) }));
  if (findings.length > 0 || !exported) return wrong();

  const code = await bundle(modules, instrumented, names, bundleMilliseconds);
  if (code === 'late') return wrong(slowBundle(first.file, bundleMilliseconds));
  if ('length' in code) return wrong(...code.map((bad) => bundleFinding(bad, modules, exported, place)));

  const limits = { ...allowed, depth: DEPTH, characters: CHARACTERS, text: TEXT, key: KEY, problems: PROBLEMS };
  const ending = await sandbox.evaluate(code.code, limits);
  if (ending.kind === 'failed') {
    const facts = { ...tables, derivations: [], exported, place };
    return wrong(failure(ending.failure, allowed, await failurePlace(ending, { code, modules, tables, facts })));
  }
  const { value, origins, derivations, problems } = ending.delivery;
  const facts: Facts = { ...tables, derivations, exported, place };
  if (problems.length > 0) {
    return wrong(...problems.map((bad) => problem(bad, limits, locate(bad.steps, bad.part, facts) ?? {})));
  }
  const json = value as Json;
  return { value: { value: json, places: placesOf(json, origins, facts) }, findings: [] };
}

/** Imports by a name that the file does not export. The bundler does not ask about one that is misspelt and therefore used nowhere. */
function misspeltImports(modules: readonly Module[], place: Facts['place']): Finding[] {
  return modules.flatMap(({ parsed, imports }, index) =>
    (parsed?.module.staticImports ?? []).flatMap(({ moduleRequest, entries }) => {
      const target = modules[imports.get(moduleRequest.value) ?? -1];
      const exports = target?.parsed?.module.staticExports.flatMap((one) => one.entries);
      if (!target || !exports || exports.some(({ exportName }) => exportName.kind === 'None')) return [];
      const names = exports.flatMap(({ exportName: { kind, name } }) =>
        kind === 'Default' ? 'default' : (name ?? []),
      );
      return entries.flatMap(({ isType, importName: { kind, name, start, end } }) =>
        isType || kind !== 'Name' || name == null || start == null || end == null || names.includes(name)
          ? []
          : missingExport(name, target.file, nearest(name, names), { place: place({ module: index, start, end }) }),
      );
    }),
  );
}

type ModuleProblem = { span: Span; other?: Span; finding(at: Pick<Finding, 'place' | 'other'>): Finding };

function instrumentModule(
  { file, kind, text, parsed }: Module,
  module: number,
  tables: Tables,
  names: HelperNames,
): { instrumented: Instrumented; problems: ModuleProblem[] } {
  const nothing = { text: '', original: () => 0 };
  if (kind === 'json') {
    const made = instrumentJson(text, module, tables, names);
    if ('text' in made) return { instrumented: made, problems: made.found.map((found) => problemOf(found, module)) };
    const { what, isProto, start, end } = made;
    const finding: ModuleProblem['finding'] = (at) => (isProto ? forbiddenKey(at) : syntax(`unexpected ${what}`, at));
    return { instrumented: nothing, problems: [{ span: { module, start, end }, finding }] };
  }
  // One with syntax errors has its findings already.
  if (!parsed) return { instrumented: nothing, problems: [] };
  let made: ReturnType<typeof instrument>;
  try {
    made = instrument(parsed.program(), text, module, tables, names);
  } catch (error) {
    // What walks the tree recurses: on one that the parser has just survived, it may run out of stack.
    if (!(error instanceof RangeError)) throw error;
    const finding: ModuleProblem['finding'] = (at) => nestedFile(file, at);
    return { instrumented: nothing, problems: [{ span: { module, start: 0, end: 0 }, finding }] };
  }
  // `await import()` is one mistake.
  const imports = made.found.filter(({ kind }) => kind === 'dynamic-import');
  const found = made.found.filter(
    ({ kind, start, end }) =>
      kind !== 'await' ||
      !imports.some((inner) => start <= inner.start && inner.end <= end && inner.start - start < 10),
  );
  return { instrumented: made, problems: found.map((one) => problemOf(one, module)) };
}

function problemOf({ start, end, other, ...found }: Found, module: number): ModuleProblem {
  const span = { module, start, end };
  return { span, ...(other && { other: { module, ...other } }), finding: (at) => notAllowed(found, at) };
}

function bundleFinding(bad: BundleProblem, modules: readonly Module[], exported: Span, place: Facts['place']): Finding {
  const at = { place: bad.span && place(bad.span) };
  if ('message' in bad) return syntax(bad.message, at);
  const file = modules[bad.module]?.file ?? '';
  // What runs imports the default export of the entry: that it has one was asked before, so it is one of types.
  if (!bad.span) return typeAsDefaultExport({ place: place(exported) });
  return missingExport(bad.missing, file, bad.similar, at);
}

/**
 * Names that occur in no module, however it writes them (`\\u0024`, `'$' + '0'` in an enumeration): they follow from all that the modules
 * say, so none can say them.
 */
function helperNames(modules: readonly Module[]): HelperNames {
  const digest = createHash('sha256');
  for (const { text } of modules) digest.update(text).update('\0');
  const prefix = `$${digest.digest('hex').slice(0, 16)}`;
  const name = (suffix: string) => `${prefix}${suffix}`;
  return {
    note: name('n'),
    frame: name('f'),
    target: name('t'),
    key: name('k'),
    thrown: name('e'),
    given: name('s'),
    deliver: name('d'),
    loop: name('l'),
    lexical: name('v'),
  };
}

/** What the entry exports by default: the expression, or the name in `export { platform as default }`. */
function exportedOf(program: Program | undefined): Span | undefined {
  for (const statement of program?.body ?? []) {
    if (statement.type === 'ExportDefaultDeclaration') {
      const { start, end } = statement.declaration;
      return { module: 0, start, end };
    }
    if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') continue;
    for (const { exported, exportKind, start, end } of statement.specifiers) {
      const name = exported.type === 'Literal' ? exported.value : exported.name;
      if (name === 'default' && exportKind !== 'type') return { module: 0, start, end };
    }
  }
  return undefined;
}

function inSourceOrder(findings: readonly Finding[], modules: readonly Module[]): Finding[] {
  const order = new Map(modules.map(({ file }, index) => [file, index]));
  const rank = ({ place }: Finding) => order.get(place?.file ?? '') ?? -1;
  return findings.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0),
  );
}
