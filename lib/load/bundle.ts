import { type BuildFailure, type BuildOptions, build, type Message, type OutputFile, stop } from 'esbuild';
import { nearest } from '../finding/nearest.ts';
import { MOST_FINDINGS } from './findings.ts';
import type { HelperNames, Instrumented } from './instrument.ts';
import { segmentAt } from './source-map.ts';
import type { Module } from './sources.ts';
import { lineStarts, type Span } from './span.ts';

export type Bundle = Readonly<{
  /** an expression: a function of the helpers that gives `{ main, loop }` */
  code: string;
  /** where a line and column of `code`, both from 1, come from */
  originalOf(line: number, column: number): Promise<Span | undefined>;
}>;

/** What esbuild says is wrong, or an import of what a module does not export, with names like it. */
export type BundleProblem = Readonly<{ span: Span | undefined }> &
  (Readonly<{ message: string }> | Readonly<{ missing: string; module: number; similar: readonly string[] }>);

const OPTIONS = {
  bundle: true,
  write: false,
  outfile: 'configuration.js',
  format: 'iife',
  platform: 'neutral',
  // What QuickJS knows; newer syntax is made of older
  target: 'es2023',
  // Neither a tsconfig.json nor a package.json of the repository has a say.
  tsconfigRaw: '{}',
  // All is run as it is written, also what nobody uses.
  treeShaking: false,
  ignoreAnnotations: true,
  // The marks that `asDeclared` looks for
  legalComments: 'inline',
  // Else esbuild puts a function in its place; this one is told about when it is used (`sandbox/restricting.ts`).
  define: { require: 'globalThis.require' },
  logLevel: 'silent',
} as const;

/**
 * Puts instrumented modules together.
 *
 * @param instrumented in the order of `modules`, of which the first is the entry
 * @returns `late` when it took longer than it may
 */
export async function bundle(
  modules: readonly Module[],
  instrumented: readonly Instrumented[],
  names: HelperNames,
  milliseconds: number,
): Promise<Bundle | BundleProblem[] | 'late'> {
  const plugin = {
    name: 'modules',
    setup(setup: import('esbuild').PluginBuild) {
      setup.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        if (kind === 'entry-point') return { path: 'entry', namespace: 'start' };
        const index = importer === 'entry' ? 0 : modules[Number(importer)]?.imports.get(path);
        // Left out of `imports`: only types come from there.
        return index === undefined ? { path, external: true } : { path: `${index}`, namespace: 'module' };
      });
      setup.onLoad({ filter: /.*/, namespace: 'start' }, () => ({
        contents: `import value from './entry.ts';\n${names.deliver}(value);\n`,
        loader: 'js' as const,
      }));
      setup.onLoad({ filter: /.*/, namespace: 'module' }, ({ path }) => ({
        // A file that exports nothing is a module, too: else `module` and `exports` would mean something in it.
        // And the last `sourceMappingURL` counts: with one of its own, a file could say that it fails elsewhere.
        contents: `${instrumented[Number(path)]?.text ?? ''}\nexport {};\n//# sourceMappingURL=none`,
        loader: modules[Number(path)]?.kind === 'json' ? ('js' as const) : ('ts' as const),
      }));
    },
  };
  const options = { ...OPTIONS, entryPoints: ['entry'], plugins: [plugin] };
  const parameters = [names.note, names.target, names.key, names.thrown, names.given, names.deliver].join(', ');
  const head = `(function (${parameters}) { 'use strict'; let ${names.loop} = -1; return { loop: () => ${names.loop}, main() {\n`;

  try {
    const built = await buildWithin(milliseconds, options);
    if (built === undefined) return 'late';
    const { outputFiles } = built;
    const code = `${head}${asDeclared(textOf(outputFiles), names)}\n} }; })`;
    // Made when asked for: most configurations do not fail.
    let mapped: Promise<{ outputFiles: OutputFile[] }> | undefined;
    return {
      code,
      async originalOf(line, column) {
        mapped ??= build({ ...options, sourcemap: 'external' });
        const { outputFiles } = await mapped;
        return trace(outputFiles, instrumented, line - 1, column);
      },
    };
  } catch (error) {
    const { errors } = error as Partial<BuildFailure>;
    if (errors === undefined) throw error;
    return errors.slice(0, MOST_FINDINGS + 1).map((message) => problemOf(message, modules, instrumented));
  }
}

/**
 * Some nested arrow functions make esbuild start over at each level: 30 of them take it days. Nothing but the end of its process, which
 * the next build starts anew, ends that.
 */
async function buildWithin(
  milliseconds: number,
  options: BuildOptions & { write: false },
): Promise<{ outputFiles: OutputFile[] } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  const built = await Promise.race([build(options), late]).finally(() => clearTimeout(timer));
  if (built === undefined) await stop();
  return built;
}

/**
 * Makes `let` again of what esbuild turns into `var` at the top level: there, a constant that is used before it is made would be
 * `undefined`, and a property silently missing. As long as before, for the source map's sake.
 */
function asDeclared(code: string, { lexical }: HelperNames): string {
  return code.replaceAll(new RegExp(`(/\\*!${lexical.replaceAll('$', '\\$')}\\*/\\s*)var `, 'g'), '$1let ');
}

function textOf(files: readonly OutputFile[]): string {
  return files.find(({ path }) => path.endsWith('.js'))?.text ?? '';
}

function problemOf(
  { text, location }: Message,
  modules: readonly Module[],
  instrumented: readonly Instrumented[],
): BundleProblem {
  const span = spanOf(location, instrumented);
  const [, exporter, missing] = /^No matching export in "module:(\d+)" for import "(.*)"$/.exec(text) ?? [];
  if (exporter === undefined || missing === undefined) {
    return { message: `${text.charAt(0).toLowerCase()}${text.slice(1)}`, span };
  }
  const module = Number(exporter);
  const exported = modules[module]?.parsed?.module.staticExports.flatMap(({ entries }) => entries) ?? [];
  const names = exported.flatMap(({ exportName, isType }) => (isType ? [] : (exportName.name ?? [])));
  return { missing, module, similar: nearest(missing, names), span };
}

function spanOf(location: Message['location'], instrumented: readonly Instrumented[]): Span | undefined {
  const module = Number(/^module:(\d+)$/.exec(location?.file ?? '')?.[1] ?? -1);
  const source = instrumented[module];
  if (!location || !source) return undefined;
  // esbuild counts columns in bytes of UTF-8.
  const prefix = Buffer.from(location.lineText).subarray(0, location.column).toString();
  const offset = (lineStarts(source.text)[location.line - 1] ?? 0) + prefix.length;
  const length = Math.max(1, location.length);
  return { module, start: source.original(offset), end: source.original(offset + length) };
}

/** Follows a position back: through the source map into the instrumented text, then into the original. */
function trace(
  files: readonly OutputFile[],
  instrumented: readonly Instrumented[],
  line: number,
  column: number,
): Span | undefined {
  const map = files.find(({ path }) => path.endsWith('.map'));
  const segment = map && segmentAt(map.text, line - 1, column - 1);
  if (!segment) return undefined;
  const { generated, source, line: sourceLine, column: sourceColumn } = segment;
  const module = Number(/^module:(\d+)$/.exec(source)?.[1] ?? -1);
  const text = instrumented[module];
  if (!text) return undefined;
  // Segments stand at the starts of tokens; what follows is the same as long as the texts are.
  const start = (lineStarts(text.text)[sourceLine] ?? 0) + sourceColumn;
  const printed = textOf(files).split('\n')[line - 1]?.slice(generated, column) ?? '';
  const offset = text.text.startsWith(printed, start) ? start + printed.length - 1 : start;
  const original = text.original(offset);
  return { module, start: original, end: original + 1 };
}
