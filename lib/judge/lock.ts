import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * What a rule may compare, and so what it is given at once: `platform` every environment and no service, `environment` one environment
 * with its services, `service` every environment with some of the services, without the lists of them all (see `slices.ts`), `document`
 * finished documents of the kinds that the rule names, `change` the model before and after, some services at a time. No rule is given
 * everything: the memory it would take is ten times the model's text.
 */
export const modelScopes = ['platform', 'environment', 'service'] as const;
export const scopes = [...modelScopes, 'document', 'change'] as const;
export type ModelScope = (typeof modelScopes)[number];
export type Scope = (typeof scopes)[number];

/** What the metadata of a rule says. */
export const rule = z.strictObject({
  /** `<category>/<rule>`: its folder, and the code of its findings */
  id: z.string(),
  title: z.string(),
  /** why it matters */
  description: z.string(),
  severity: z.enum(['error', 'warning', 'notice']),
  scope: z.enum(scopes),
  /** of scope `document`: the kinds of documents that it reads */
  kinds: z.array(z.string()).readonly().optional(),
  /** what to do */
  remedy: z.string(),
  /** addresses of pages to read on */
  references: z.array(z.string()).readonly(),
});
export type Rule = Readonly<z.infer<typeof rule>>;

/** `policies.lock.json`: what `policies.wasm` was built from, by `scripts/build-policies.ts`. */
export const lock = z.strictObject({
  /** version of the OPA that built it */
  opa: z.string(),
  /** digest of `policies.wasm` */
  wasm: z.string(),
  /** digest of each source by its path inside of `policies/`, sorted */
  sources: z.record(z.string(), z.string()),
  /** sorted by id */
  rules: z.array(rule).readonly(),
});
export type Lock = Readonly<z.infer<typeof lock>>;

/** Where the rules of this checkout lie, with what was built from them. */
export const policiesFolder = new URL('../../policies/', import.meta.url);

/** What `policies.wasm` is built from: the capabilities and every Rego file but tests and what is made for Conftest, by path, sorted. */
export async function readSources(folder: URL): Promise<Map<string, Buffer>> {
  const paths = (await readdir(folder, { recursive: true })).map((path) => path.replaceAll('\\', '/'));
  const chosen = paths.filter((path) => path === 'capabilities.json' || isRego(path)).sort();
  return new Map(await Promise.all(chosen.map(async (path) => [path, await readFile(new URL(path, folder))] as const)));
}

function isRego(path: string): boolean {
  return path.endsWith('.rego') && !path.endsWith('_test.rego') && !path.startsWith('main/');
}

/** @returns `sha256-<hex>` */
export function digestOf(bytes: Uint8Array): string {
  return `sha256-${createHash('sha256').update(bytes).digest('hex')}`;
}
