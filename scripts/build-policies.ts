/**
 * Builds `policies/policies.wasm`, `policies/policies.lock.json`, the type of their ids, what Conftest asks for and `docs/rules.md` from
 * the rules in `policies/`, byte for byte the same each time.
 *
 *     npm run policies               writes them
 *     npm run policies -- --check    exit code 1 when they are not what a build gives
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  digestOf,
  type Lock,
  lock as lockSchema,
  modelScopes,
  policiesFolder,
  type Rule,
  readSources,
  rule as ruleSchema,
} from '../lib/judge/lock.ts';
import { compilePolicies } from './compile-policies.ts';
import { judge } from './judges/find.ts';
import { run } from './judges/run.ts';
import { catalogue } from './rules/catalogue.ts';
import { withExamples } from './rules/rules.ts';

const opa = judge('opa');

const root = new URL('../', import.meta.url);
const built = await build();
if (process.argv.includes('--check')) {
  for (const [name, bytes] of Object.entries(built)) {
    const committed = await readFile(new URL(name, root)).catch(() => undefined);
    if (committed?.equals(bytes)) continue;
    console.error(`${name} is not what the rules give\n  help: run \`npm run policies\``);
    process.exitCode = 1;
  }
} else {
  for (const [name, bytes] of Object.entries(built)) await writeFile(new URL(name, root), bytes);
  console.error(
    `${built['policies/policies.wasm'].length} bytes, ${JSON.parse(String(built['policies/policies.lock.json'])).rules.length} rules`,
  );
}

async function build(): Promise<Record<Built, Buffer>> {
  const sources = await readSources(policiesFolder);
  const rules = readRules(sources);
  const wasm = await compilePolicies(sources, rules);
  const lock: Lock = lockSchema.parse({
    opa: /^Version: (\S+)/m.exec(run(opa, ['version']))?.[1],
    wasm: digestOf(wasm),
    sources: Object.fromEntries([...sources].map(([path, bytes]) => [path, digestOf(bytes)])),
    rules,
  });
  return {
    'policies/policies.wasm': wasm,
    'policies/policies.lock.json': Buffer.from(`${JSON.stringify(lock, null, 2)}\n`),
    'lib/config/rule-ids.ts': Buffer.from(ruleIds(rules)),
    'policies/main/main.rego': Buffer.from(forConftest(rules)),
    'docs/rules.md': Buffer.from(catalogue(await withExamples(rules, policiesFolder))),
  };
}

type Built =
  | 'policies/policies.wasm'
  | 'policies/policies.lock.json'
  | 'policies/main/main.rego'
  | 'lib/config/rule-ids.ts'
  | 'docs/rules.md';

/** For editors: they complete what a type names. */
function ruleIds(rules: readonly Rule[]): string {
  const lines = rules.map(({ id }) => `  | '${id}'`);
  return `/** The rules in \`policies/\`. Made by \`npm run policies\`. */\nexport type RuleId =\n${lines.join('\n')};\n`;
}

/** Conftest knows rules by these names only. It reads `out/model.json`: what rules of other scopes are given, it cannot make. */
function forConftest(rules: readonly Rule[]): string {
  const lines = rules
    .filter(({ scope }) => modelScopes.some((one) => one === scope))
    .map(({ id, severity }) => {
      const group = severity === 'error' ? 'denied' : 'warned';
      return `${group}["${id}"] := data.${id.replace('/', '.')}.findings\n`;
    })
    .sort();
  return `# METADATA
# description: what Conftest asks for, of all rules that read the model; made by \`npm run policies\`
package main

deny contains told(rule, finding) if {
	some rule, findings in denied
	some finding in findings
}

warn contains told(rule, finding) if {
	some rule, findings in warned
	some finding in findings
}

told(rule, finding) := object.union({"rule": rule, "msg": concat(": ", [rule, finding.message])}, finding)

${lines.join('\n')}`;
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
    const { title, description, custom, related_resources = [] } = found.annotations;
    const references = related_resources.map(({ ref }) => ref);
    const read = ruleSchema.safeParse({ id, title, description, ...custom, references });
    if (read.success) return read.data;
    const problems = read.error.issues.map(({ path, message }) => `\n  ${path.join('.')}: ${message}`);
    throw new Error(`the metadata of policies/${id}/rule.rego is not complete${problems.join('')}`);
  });
}

type Inspected = Readonly<{
  annotations: readonly Readonly<{
    path: readonly Readonly<{ value: string }>[];
    annotations: Readonly<{
      scope: string;
      title?: string;
      description?: string;
      custom?: object;
      related_resources?: readonly Readonly<{ ref: string }>[];
    }>;
  }>[];
}>;
