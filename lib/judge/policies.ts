import { readFile } from 'node:fs/promises';
import { digestOf, type Lock, lock as lockSchema, type Rule, readSources } from './lock.ts';

/** The rules and what they were compiled to; or why they cannot be trusted, in words. */
export type Policies = Readonly<{ rules: readonly Rule[]; wasm: Buffer }> | Readonly<{ stale: string }>;

/** Reads the built rules and holds them against their lock, and the lock against the sources. */
export async function readPolicies(folder: URL): Promise<Policies> {
  const [lock, wasm, sources] = await Promise.all([
    readIfThere(new URL('policies.lock.json', folder)),
    readIfThere(new URL('policies.wasm', folder)),
    readSources(folder),
  ]);
  if (lock === undefined) return { stale: '`policies/policies.lock.json` is missing' };
  if (wasm === undefined) return { stale: '`policies/policies.wasm` is missing' };
  const read = parse(lock);
  if (read === undefined) return { stale: '`policies/policies.lock.json` is not readable' };
  if (digestOf(wasm) !== read.wasm)
    return { stale: '`policies/policies.wasm` is not the one in `policies/policies.lock.json`' };
  const changed = changedSource(read, sources);
  if (changed !== undefined) return { stale: changed };
  return { rules: read.rules, wasm };
}

async function readIfThere(file: URL): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: Buffer): Lock | undefined {
  try {
    return lockSchema.parse(JSON.parse(text.toString('utf8')));
  } catch {
    return undefined;
  }
}

function changedSource(lock: Lock, sources: Map<string, Buffer>): string | undefined {
  for (const [path, bytes] of sources) {
    if (!Object.hasOwn(lock.sources, path)) return `\`policies/${path}\` is new`;
    if (lock.sources[path] !== digestOf(bytes)) return `\`policies/${path}\` differs from what was built`;
  }
  const gone = Object.keys(lock.sources).find((path) => !sources.has(path));
  return gone && `\`policies/${gone}\` is gone`;
}
