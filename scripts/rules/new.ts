import { access, mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WrongCall } from '../../lib/commands/wrong-call.ts';
import { nearest } from '../../lib/finding/nearest.ts';
import { skeleton } from './skeleton.ts';

/** Packages of Rego cannot be called so: words of the language, and its two documents. */
const REGO = [
  ...['as', 'contains', 'data', 'default', 'else', 'every', 'false', 'if', 'import', 'in', 'input', 'not', 'null'],
  ...['package', 'some', 'true', 'with'],
];

/** First words of other codes, or folders that are no category: who reads `model/unknown_pool` must know which of the two it is. */
const TAKEN = [
  ...['azure', 'chart', 'check', 'commands', 'config', 'deliver', 'finding', 'judge', 'kinds', 'lib', 'load', 'model'],
  ...['print', 'render', 'targets', 'verify', 'waivers', 'write'],
];

const SNAKE_CASE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/** @throws WrongCall for what cannot be the id of a rule */
export function checkId(id: string): void {
  const [category = '', name = '', ...more] = id.split('/');
  if (name === '' || category === '' || more.length > 0)
    throw new WrongCall(`\`${id}\` is not <category>/<name>, such as services/single_replica`);
  for (const [what, word] of [['category', category] as const, ['name', name] as const]) {
    if (!SNAKE_CASE.test(word))
      throw new WrongCall(`${what} \`${word}\` is not snake_case: lower case letters, digits and single underscores`);
    if (REGO.includes(word)) throw new WrongCall(`${what} \`${word}\` is a word of Rego`);
  }
  if (TAKEN.includes(category)) throw new WrongCall(`category \`${category}\` is a word for something else here`);
  if (name.endsWith('_test')) throw new WrongCall(`name \`${name}\` ends like a test`);
}

/**
 * Makes the folder of a rule, whole or not at all.
 *
 * @param folder `policies/`; what is being written lies in `.cache/` beside it
 * @returns what to do next, in words
 * @throws WrongCall for an id that cannot be one, and for a rule that is there
 */
export async function newRule(id: string, folder: URL): Promise<string> {
  checkId(id);
  const policies = fileURLToPath(folder);
  const target = join(policies, id);
  if (await isThere(target)) throw new WrongCall(`\`${id}\` is there: policies/${id}/`);
  const categories = await categoriesIn(policies);
  // On the same disk, so that one rename brings all of it; and outside of policies/, whose every file is part of a build.
  const cache = join(policies, '../.cache');
  await mkdir(cache, { recursive: true });
  const made = await mkdtemp(join(cache, 'rule-'));
  try {
    for (const [name, text] of Object.entries(skeleton(id))) await writeFile(join(made, name), text);
    await mkdir(dirname(target), { recursive: true });
    await rename(made, target);
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    await rmdir(dirname(target)).catch(() => {}); // only where nothing is in it
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw new WrongCall(`\`${id}\` is there: policies/${id}/`);
    throw error;
  }
  return nextSteps(id, categories);
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

async function categoriesIn(policies: string): Promise<string[]> {
  const entries = await readdir(policies, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.filter((name) => !name.startsWith('.') && name !== 'lib').sort();
}

function nextSteps(id: string, categories: readonly string[]): string {
  const [category = ''] = id.split('/');
  const [near] = nearest(category, categories, 1);
  const isNew = !categories.includes(category);
  const lines = [
    ...(isNew ? [`${category} is a new category${near === undefined ? '' : `; did you mean \`${near}\`?`}`, ''] : []),
    'Next (docs/writing-rules.md says more):',
    `  1. policies/${id}/rule_test.rego, then rule.rego: \`opa test policies --run ${id.replace('/', '.')}\``,
    '     one test fails; go on until none does, and say in the METADATA what holds, why, and what to do',
    `  2. policies/${id}/examples.json: what a person writes that fails, and the nearest that passes`,
    '  3. test/judge/planted-services.ts or planted-platform.ts: the model with this one fault, and what is said of it',
    '  4. npm run policies     compiles it, and writes docs/rules.md',
    '  5. npm test -- test/judge test/scripts test/docs test/judges/policies.judge.ts',
  ];
  return `${lines.join('\n')}\n`;
}
