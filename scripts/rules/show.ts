import { WrongCall } from '../../lib/commands/wrong-call.ts';
import { nearest } from '../../lib/finding/nearest.ts';
import { wrap } from '../../lib/finding/print.ts';
import { either } from '../../lib/finding/words.ts';
import { exampleLines } from './example.ts';
import type { Examples, Rules, ShownRule } from './rules.ts';

/** Where examples are written into, in words that `show` and the catalogue share. */
export const EXAMPLES_ARE =
  'Examples are what is written into the platform of `test/judge/faultless.ts`, of which no rule has anything to say.';

/** Of a rule that has none. */
export const NO_EXAMPLES =
  'No configuration breaks it: it holds what templates of the compiler write, and its tests have examples.';

/**
 * Finds a rule by its id, or by its name alone where only one is called so.
 *
 * @throws WrongCall that names the nearest
 */
export function ruleNamed(id: string, { built, notBuilt }: Rules): ShownRule {
  const named = built.filter((rule) => rule.id === id || rule.id.endsWith(`/${id}`));
  const [rule, another] = named;
  if (rule && !another) return rule;
  if (notBuilt.includes(id)) throw new WrongCall(`\`${id}\` was not built yet: npm run policies`);
  const ids = built.map((rule) => rule.id);
  const near = another ? named.map((rule) => rule.id) : nearestIds(id, ids);
  const help = near.length === 0 ? '`npm run rules` prints those there are' : `did you mean ${either(near)}?`;
  throw new WrongCall(`there is no rule \`${id}\`; ${help}`);
}

/** By the whole id; else by the name alone, for who does not remember the category. */
function nearestIds(id: string, ids: readonly string[]): string[] {
  const name = nameIn(id);
  const same = ids.filter((known) => nameIn(known) === name);
  if (same.length > 0) return same;
  const near = nearest(id, ids);
  if (near.length > 0) return near;
  const names = nearest(name, ids.map(nameIn));
  return names.flatMap((one) => ids.filter((known) => nameIn(known) === one)).slice(0, 4);
}

function nameIn(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** All that there is to know of a rule, for a terminal. @param columns prose is wrapped to it; nothing is where it is not known */
export function show(rule: ShownRule, columns = Number.POSITIVE_INFINITY): string {
  const { id, title, severity, scope, kinds, description, remedy, references, examples } = rule;
  const field = (name: string, text: string) => wrap(`${name}: `, text, columns);
  const lines = [
    `${id} (${severity})`,
    ...wrap('', title, columns),
    '',
    ...field('why', description),
    ...field('help', remedy),
    ...field('scope', kinds === undefined ? scope : `${scope}: ${kinds.join(', ')}`),
    ...references.flatMap((reference) => field('see', reference)),
    ...field('lies in', `policies/${id}/`),
    ...(examples ? printed(examples) : ['', ...wrap('', NO_EXAMPLES, columns)]),
  ];
  return `${lines.join('\n')}\n`;
}

function printed(examples: Examples): string[] {
  return labelled(examples).flatMap(({ label, lines }) => ['', label, '', ...lines.map((line) => `    ${line}`)]);
}

/** The examples in the order in which they are read. */
export function labelled({ before, fails, passes, nulls }: Examples): { label: string; lines: string[] }[] {
  const isChange = before !== undefined;
  return [
    ...(isChange ? [{ label: 'Before:', lines: exampleLines(before) }] : []),
    { label: isChange ? 'A change to this fails:' : 'This fails:', lines: exampleLines(fails, nulls?.fails) },
    { label: isChange ? 'A change to this passes:' : 'This passes:', lines: exampleLines(passes, nulls?.passes) },
  ];
}
