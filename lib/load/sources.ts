import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { type OxcError, type ParseResult, type Program, parseSync } from 'oxc-parser';
import type { Finding } from '../finding/finding.ts';
import {
  bareImport,
  importExtension,
  MOST_FINDINGS,
  missingEntry,
  missingFile,
  nestedFile,
  nestedSource,
  oddBracket,
  outsideRepository,
  syntaxError,
  unreadable,
} from './findings.ts';
import { nestedTooDeep } from './nesting.ts';
import { placer, type Span } from './span.ts';
import { areParsable } from './trial.ts';
import { oddBracketBefore } from './unclosed.ts';

export type Module = {
  /** relative to the root, with `/` */
  file: string;
  text: string;
  kind: 'ts' | 'json';
  /** of a .ts file without syntax errors; its tree is made anew each time: of all files together it would be gigabytes */
  parsed?: Readonly<{ module: ParseResult['module']; program(): Program }>;
  /** the modules it imports: specifier -> index */
  imports: Map<string, number>;
};

export type Sources = Readonly<{ modules: readonly Module[]; findings: Finding[] }>;

/**
 * Of all files of a kind together. A tree of TypeScript takes some 400 bytes of memory for each of its text, one file's at a time; the
 * instructions and notes made of it stay. Ten thousand services as people write them are 5 MB.
 */
const MOST_MEGABYTES = { ts: 12, json: 32 } as const;
/** Of one file: its tree is in memory as a whole. */
const MOST_MEGABYTES_OF_ONE = { ts: 4, json: 32 } as const;

const MEGABYTE = 2 ** 20;

/**
 * Reads the entry and all that it imports, directly and through others, in order of appearance. Imports of types only are left out, as
 * they vanish.
 *
 * @param root the repository; a file whose real path is outside of it is not read
 */
export async function readSources(root: string, entry: string): Promise<Sources> {
  const modules: Module[] = [];
  const findings: Finding[] = [];
  const place = placer(modules);
  // Files are known by their real paths: two names of one file are one module.
  const known = new Map<string, number>();
  const bytes = { ts: 0, json: 0 };
  const realRoot = await realpath(root);

  const add = async (specifier: string, path: string, importer?: Span): Promise<number | undefined> => {
    const at = importer ? { place: place(importer) } : {};
    const missing = () => findings.push(importer ? missingFile(specifier, at) : missingEntry(entry));
    // Said before the disk is asked: what lies outside is nobody's business.
    if (!isInside(realRoot, path)) {
      findings.push(outsideRepository(specifier, false, at));
      return undefined;
    }
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined) {
      missing();
      return undefined;
    }
    const index = known.get(real);
    if (index !== undefined) return index;
    if (!isInside(realRoot, real)) {
      findings.push(outsideRepository(specifier, true, at));
      return undefined;
    }
    const file = relative(realRoot, real).split(sep).join('/');
    const kind = kindOf(real);
    if (kind === undefined) {
      findings.push(importExtension(importer ? file : entry, undefined, at));
      return undefined;
    }
    const most = MOST_MEGABYTES[kind] * MEGABYTE - bytes[kind];
    const mostOfOne = MOST_MEGABYTES_OF_ONE[kind] * MEGABYTE;
    const read = await readText(real, Math.min(most, mostOfOne));
    if ('why' in read) {
      const tooLarge =
        most < mostOfOne
          ? `all .${kind} files together are larger than ${MOST_MEGABYTES[kind]} MB`
          : `it is larger than ${MOST_MEGABYTES_OF_ONE[kind]} MB`;
      findings.push(unreadable(file, read.why === 'too large' ? tooLarge : read.why, at));
      return undefined;
    }
    bytes[kind] += read.bytes;
    known.set(real, modules.length);
    return modules.push({ file, kind, text: read.text, imports: new Map() }) - 1;
  };

  const parsable: boolean[] = [];
  /** Tries all at once that are known by then: first the entry, then most often all others. */
  const isParsable = async (index: number): Promise<boolean> => {
    if (index >= parsable.length) {
      const untried = modules.slice(parsable.length);
      parsable.push(...(await areParsable(untried.map(({ kind, text }) => (kind === 'ts' ? text : '')))));
    }
    return parsable[index] ?? false;
  };

  await add(entry, join(realRoot, entry));
  for (let index = 0; index < modules.length; index++) {
    const module = modules[index];
    if (module === undefined || module.kind === 'json') continue;
    const spanOf = ({ start, end }: { start: number; end: number }): Span => ({ module: index, start, end });
    const tooDeep = nestedTooDeep(module.text);
    if (tooDeep !== undefined) {
      findings.push(nestedSource({ place: place(spanOf({ start: tooDeep, end: tooDeep + 1 })) }));
      continue;
    }
    if (!(await isParsable(index))) {
      findings.push(nestedFile(module.file, { place: place(spanOf({ start: 0, end: 0 })) }));
      continue;
    }
    const parse = () => parseSync(module.file, module.text, { lang: 'ts', sourceType: 'module' });
    const parsed = parse();
    if (parsed.errors.length > 0) {
      for (const { message, labels } of likeliest(parsed.errors).slice(0, MOST_FINDINGS + 1)) {
        const [label = { start: 0, end: 0 }, opened] = labels;
        const found = module.text.slice(label.start, label.end);
        const odd = opened || /^[)\]}]?$/.test(found) ? oddBracketBefore(module.text, label.start) : undefined;
        findings.push(
          odd === undefined
            ? syntaxError({ message, found }, { place: place(spanOf(label)), other: opened && place(spanOf(opened)) })
            : oddBracket(
                { kind: odd.kind, bracket: module.text.charAt(odd.at) },
                { place: place(spanOf({ start: odd.at, end: odd.at + 1 })), other: place(spanOf(label)) },
              ),
        );
      }
      continue;
    }
    module.parsed = { module: parsed.module, program: () => parse().program };
    for (const { specifier, start, end } of importsOf(parsed.module)) {
      const span = spanOf({ start, end });
      const wrong = await refusal(specifier, join(realRoot, dirname(module.file)), { place: place(span) });
      if (wrong) findings.push(wrong);
      else {
        const target = await add(specifier, join(realRoot, dirname(module.file), specifier), span);
        if (target !== undefined) module.imports.set(specifier, target);
      }
    }
  }
  return { modules, findings };
}

/** Of several errors at one place, one that only says that a token was unexpected knows least. */
function likeliest(errors: readonly OxcError[]): OxcError[] {
  const sorted = errors.toSorted(
    (a, b) => Number(a.message !== 'Unexpected token') - Number(b.message !== 'Unexpected token'),
  );
  return [...new Map(sorted.map((error) => [error.labels[0]?.start, error])).values()];
}

type Import = { specifier: string; start: number; end: number };

/** Imports and re-exports of values, in source order. */
function importsOf({ staticImports, staticExports }: ParseResult['module']): Import[] {
  const imports: Import[] = [];
  for (const { moduleRequest, entries, start, end } of staticImports) {
    if (entries.length > 0 && entries.every(({ isType }) => isType)) continue;
    imports.push({ specifier: moduleRequest.value, start, end });
  }
  for (const { entries, start, end } of staticExports) {
    const request = entries.find(({ moduleRequest, isType }) => moduleRequest && !isType)?.moduleRequest;
    if (request) imports.push({ specifier: request.value, start, end });
  }
  return imports.sort((a, b) => a.start - b.start);
}

async function refusal(
  specifier: string,
  folder: string,
  at: { place: Finding['place'] },
): Promise<Finding | undefined> {
  if (!/^\.\.?\//.test(specifier)) return bareImport(specifier, at);
  if (specifier.includes('\0') || specifier.includes('\\')) return missingFile(specifier, at);
  if (kindOf(specifier) === undefined) {
    const bare = specifier.replace(/\.[cm]?jsx?$/, '');
    for (const nearest of [`${bare}.ts`, `${bare}.json`, `${bare}/index.ts`])
      if (await exists(join(folder, nearest))) return importExtension(specifier, nearest, at);
    return importExtension(specifier, bare === specifier ? undefined : `${bare}.ts`, at);
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  return (await realpath(path).catch(() => undefined)) !== undefined;
}

function kindOf(path: string): Module['kind'] | undefined {
  if (path.endsWith('.d.ts')) return undefined;
  return path.endsWith('.ts') ? 'ts' : path.endsWith('.json') ? 'json' : undefined;
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function readText(
  path: string,
  mostBytes: number,
): Promise<{ text: string; bytes: number } | { why: 'too large' | string }> {
  try {
    // NONBLOCK: opening a pipe must not wait for a writer. NOFOLLOW: `path` is real, so a link has just been put there.
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const status = await handle.stat();
      if (!status.isFile()) return { why: 'it is no file' };
      if (status.size > mostBytes) return { why: 'too large' };
      // Without its byte order mark, which editors do not count as a column.
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await handle.readFile());
      return { text, bytes: status.size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof TypeError) return { why: 'it is not UTF-8' };
    return { why: error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be opened' };
  }
}
