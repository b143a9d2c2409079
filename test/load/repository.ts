import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Finding, Path, Place } from '../../lib/finding/finding.ts';
import { type Loaded, type LoadOptions, load } from '../../lib/load/load.ts';

/** Path -> content; a list of lines may stand for a text. */
export type Files = Readonly<Record<string, string | Uint8Array | readonly string[]>>;

/** Calls `use` with the path of a folder that has these files, and removes it afterwards. */
export async function withRepository<Result>(files: Files, use: (root: string) => Promise<Result>): Promise<Result> {
  const root = await mkdtemp(join(tmpdir(), 'load-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(root, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, Array.isArray(content) ? content.join('\n') : (content as string | Uint8Array));
    }
    return await use(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Loads a configuration of these files; a list of lines is `platform.config.ts`. */
export function loaded(files: Files | readonly string[], options: Omit<LoadOptions, 'root'> = {}): Promise<Loaded> {
  const all = Array.isArray(files) ? { 'platform.config.ts': files as readonly string[] } : (files as Files);
  return withRepository(all, (root) => load({ root, ...options }));
}

/** The findings of a configuration, each as `3:5 load/code: message`, with the file when it is not the entry, and the `via`. */
export async function findingsOf(
  files: Files | readonly string[],
  options: Omit<LoadOptions, 'root'> = {},
): Promise<string[]> {
  const { value, findings } = await loaded(files, options);
  if (findings.length > 0 && value !== undefined) throw new Error('a value in spite of findings');
  return findings.map(inOneLine);
}

export function inOneLine({ place, via, code, message }: Finding): string {
  return `${place ? positionOf(place) : '-'}${via ? ` via ${positionOf(via)}` : ''} ${code}: ${message}`;
}

/** The places of a value's paths, each as the source text found there, with ` < ` and the text of `via`. */
export async function textAt(
  files: Files | readonly string[],
  path: Path,
  part: 'key' | 'value' = 'value',
): Promise<string | undefined> {
  const { value, findings, files: texts } = await loaded(files);
  if (value === undefined) throw new Error(findings.map(inOneLine).join('\n'));
  const located = value.places.of(path, part);
  if (!located) return undefined;
  const text = (place: Place) => {
    const cut = cutOut(texts.get(place.file) ?? '', place);
    return place.file === 'platform.config.ts' ? cut : `${place.file}: ${cut}`;
  };
  return located.via ? `${text(located.place)} < ${text(located.via)}` : text(located.place);
}

function cutOut(source: string, { line, column, endLine, endColumn }: Place): string {
  const lines = source.split('\n').slice(line - 1, endLine);
  const last = lines.length - 1;
  return lines
    .map((text, index) => text.slice(index === 0 ? column - 1 : 0, index === last ? endColumn - 1 : undefined).trim())
    .join(' ');
}

function positionOf({ file, line, column }: Place): string {
  return file === 'platform.config.ts' ? `${line}:${column}` : `${file}:${line}:${column}`;
}
