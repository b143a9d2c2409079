/**
 * Builds `policies/policies.wasm` and `policies/policies.lock.json` from the rules in `policies/`, byte for byte the same each time.
 *
 *     npm run policies               writes both
 *     npm run policies -- --check    exit code 1 when they are not what a build gives
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  digestOf,
  type Lock,
  lock as lockSchema,
  policiesFolder,
  type Rule,
  readSources,
  rule as ruleSchema,
  type Scope,
} from '../lib/judge/lock.ts';
import { judge } from './judges/find.ts';
import { run } from './judges/run.ts';

const opa = judge('opa');

const built = await build();
if (process.argv.includes('--check')) {
  for (const [name, bytes] of Object.entries(built)) {
    const committed = await readFile(new URL(name, policiesFolder)).catch(() => undefined);
    if (committed?.equals(bytes)) continue;
    console.error(`policies/${name} is not what the rules beside it give\n  help: run \`npm run policies\``);
    process.exitCode = 1;
  }
} else {
  for (const [name, bytes] of Object.entries(built)) await writeFile(new URL(name, policiesFolder), bytes);
  console.error(
    `${built['policies.wasm'].length} bytes, ${JSON.parse(String(built['policies.lock.json'])).rules.length} rules`,
  );
}

async function build(): Promise<Record<'policies.wasm' | 'policies.lock.json', Buffer>> {
  const sources = await readSources(policiesFolder);
  const rules = readRules(sources);
  const wasm = await compile(sources, rules);
  const lock: Lock = lockSchema.parse({
    opa: /^Version: (\S+)/m.exec(run(opa, ['version']))?.[1],
    wasm: digestOf(wasm),
    sources: Object.fromEntries([...sources].map(([path, bytes]) => [path, digestOf(bytes)])),
    rules,
  });
  return { 'policies.wasm': wasm, 'policies.lock.json': Buffer.from(`${JSON.stringify(lock, null, 2)}\n`) };
}

/** One rule for each folder with a `rule.rego`, with the metadata of its package, which is named after the folder. */
function readRules(sources: ReadonlyMap<string, Buffer>): Rule[] {
  const ids = [...sources.keys()].flatMap((path) => /^([^/]+\/[^/]+)\/rule\.rego$/.exec(path)?.slice(1) ?? []);
  const inspected: Inspected = JSON.parse(
    run(opa, ['inspect', '--annotations', '--format', 'json', fileURLToPath(policiesFolder)]),
  );
  return ids.sort().map((id) => {
    const found = inspected.annotations.find(
      ({ path, annotations: { scope } }) =>
        scope === 'package' && path.map(({ value }) => value).join('/') === `data/${id}`,
    );
    if (!found) throw new Error(`policies/${id}/rule.rego has no metadata before \`package ${id.replace('/', '.')}\``);
    const { title, description, custom } = found.annotations;
    const read = ruleSchema.safeParse({ id, title, description, ...custom });
    if (read.success) return read.data;
    const problems = read.error.issues.map(({ path, message }) => `\n  ${path.join('.')}: ${message}`);
    throw new Error(`the metadata of policies/${id}/rule.rego is not complete${problems.join('')}`);
  });
}

type Inspected = Readonly<{
  annotations: readonly Readonly<{
    path: readonly Readonly<{ value: string }>[];
    annotations: Readonly<{ scope: string; title?: string; description?: string; custom?: object }>;
  }>[];
}>;

/** In a folder of its own and with relative paths: the wasm names the files it was made of. */
async function compile(sources: ReadonlyMap<string, Buffer>, rules: readonly Rule[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'policies-'));
  try {
    for (const [path, bytes] of [...sources, ['judge/judge.rego', entrypoints(rules)] as const]) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    const scopes = [...new Set(rules.map(({ scope }) => scope))].sort();
    const files = ['judge/judge.rego', ...[...sources.keys()].filter((path) => path.endsWith('.rego'))];
    run(
      opa,
      [
        ...['build', '--target', 'wasm', '--output', 'bundle.tar.gz', '--capabilities', 'capabilities.json'],
        ...scopes.flatMap((scope) => ['--entrypoint', `judge/${scope}`]),
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
