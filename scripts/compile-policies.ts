import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Rule, Scope } from '../lib/judge/lock.ts';
import { judge } from './judges/find.ts';
import { run } from './judges/run.ts';

/**
 * Compiles rules to wasm. In a folder of its own and with relative paths: the wasm names the files it was made of.
 *
 * @param sources text by path inside of `policies/`
 * @param more entrypoints beside `judge/<scope>` for each scope
 */
export async function compilePolicies(
  sources: ReadonlyMap<string, Buffer>,
  rules: readonly Rule[],
  more: readonly string[] = [],
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'policies-'));
  try {
    for (const [path, bytes] of [...sources, ['judge/judge.rego', entrypoints(rules)] as const]) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    const scopes = [...new Set(rules.map(({ scope }) => scope))].sort();
    const files = ['judge/judge.rego', ...[...sources.keys()].filter((path) => path.endsWith('.rego'))];
    run(
      judge('opa'),
      [
        ...['build', '--target', 'wasm', '--output', 'bundle.tar.gz', '--capabilities', 'capabilities.json'],
        ...[...scopes.map((scope) => `judge/${scope}`), ...more].flatMap((name) => ['--entrypoint', name]),
        ...files,
      ],
      { folder },
    );
    return fileInTar(gunzipSync(await readFile(join(folder, 'bundle.tar.gz'))), '/policy.wasm');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** One entrypoint per scope, so that what the rules of a scope are given is read once and not once per rule. */
function entrypoints(rules: readonly Rule[]): Buffer {
  const line = ({ id, scope }: { id: string; scope: Scope }) =>
    `${scope}["${id}"] := data.${id.replace('/', '.')}.findings\n`;
  return Buffer.from(['package judge\n', ...rules.map(line)].join('\n'));
}

/** @see POSIX pax, "ustar Interchange Format": blocks of 512 bytes; a name at 0, a size in octal at 124 */
function fileInTar(tar: Buffer, wanted: string): Buffer {
  for (let offset = 0; offset + 512 <= tar.length; ) {
    const text = (start: number, length: number) =>
      tar.toString('latin1', offset + start, offset + start + length).replace(/\0.*/s, '');
    const size = Number.parseInt(text(124, 12), 8) || 0;
    if (text(0, 100) === wanted) return tar.subarray(offset + 512, offset + 512 + size);
    offset += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`opa build made a bundle without ${wanted}`);
}
