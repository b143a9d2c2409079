import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { lock, type Rule } from '../../lib/judge/lock.ts';

/**
 * `examples.json` of a rule: what is written into the platform of `test/judge/faultless.ts` so that the rule has something to say, and so
 * that it has not. `test/judge/examples.test.ts` holds that it is so.
 */
const examples = z.strictObject({
  /** of a rule on changes: what is written before */
  before: z.json().optional(),
  fails: z.json(),
  passes: z.json(),
  /** paths where a person writes `null`, which a merge patch cannot say */
  nulls: z
    .strictObject({ fails: z.array(z.string()), passes: z.array(z.string()) })
    .partial()
    .optional(),
});
export type Examples = Readonly<z.infer<typeof examples>>;

/** A rule, and what shows it. */
export type ShownRule = Rule & Readonly<{ examples: Examples | undefined }>;

/** The rules that were built last, sorted by id; and those whose folder is there, but which were not built. */
export type Rules = Readonly<{ built: readonly ShownRule[]; notBuilt: readonly string[] }>;

/** @param folder `policies/` */
export async function readRules(folder: URL): Promise<Rules> {
  const { rules } = lock.parse(JSON.parse(await readFile(new URL('policies.lock.json', folder), 'utf8')));
  const known = new Set(rules.map(({ id }) => id));
  return {
    built: await withExamples(rules, folder),
    notBuilt: (await idsIn(folder)).filter((id) => !known.has(id)),
  };
}

/** @param folder `policies/` */
export function withExamples(rules: readonly Rule[], folder: URL): Promise<ShownRule[]> {
  return Promise.all(
    rules.map(async (rule) => ({ ...rule, examples: await readExamples(new URL(`${rule.id}/examples.json`, folder)) })),
  );
}

async function readExamples(file: URL): Promise<Examples | undefined> {
  try {
    return examples.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file.pathname} is not what is expected of examples: ${error}`);
  }
}

async function idsIn(folder: URL): Promise<string[]> {
  const paths = await readdir(folder, { recursive: true });
  return paths.flatMap((path) => /^([^/]+\/[^/]+)\/rule\.rego$/.exec(path.replaceAll('\\', '/'))?.[1] ?? []).sort();
}

export function categoryOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

/** By category, in the order in which they come. */
export function byCategory<Item extends Readonly<{ id: string }>>(rules: readonly Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const rule of rules) groups.set(categoryOf(rule.id), [...(groups.get(categoryOf(rule.id)) ?? []), rule]);
  return groups;
}

/** "66 rules: 17 errors, 34 warnings, 15 notices": how severe they are where nobody says otherwise */
export function countOf(rules: readonly Rule[]): string {
  const counts = (['error', 'warning', 'notice'] as const).flatMap((severity) => {
    const count = rules.filter((rule) => rule.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return `${rules.length} rules: ${counts.join(', ')}`;
}
