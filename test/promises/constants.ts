import { readFileSync } from 'node:fs';
import type { Kind } from '../../lib/kinds/kind.ts';
import { kinds } from '../../lib/targets/targets.ts';

/** Kind of document → what its templates say themselves: each text, and each field with a value of its own, as `prune: true`. */
export type Constants = Readonly<Record<string, readonly string[]>>;

/** One kind of document; inputs are told apart by what they are inputs of. */
function sortOf({ name, template }: Pick<Kind, 'name' | 'template'>): string {
  const [, unit] = /\/units\/([^/]+)\/inputs/.exec(template?.href ?? '') ?? [];
  return unit === undefined ? name : `${name} of ${unit}`;
}

/** The same of a document that was made: `…/<unit>/inputs.generated.json`. */
export function sortOfOutput({ kind, path }: Readonly<{ kind: string; path: string }>): string {
  if (kind !== 'unit-inputs') return kind;
  const unit = path.split('/').at(-2) ?? '';
  const [, before = ''] = /^(push|identity|database)-/.exec(unit) ?? [];
  const named = { push: 'push-identity', identity: 'service-identity', database: 'database' }[before] ?? unit;
  return `${kind} of ${named}`;
}

/** As the templates have them now. */
export function constantsOfTemplates(): Constants {
  const found = new Map<string, Set<string>>();
  for (const kind of kinds) {
    if (!kind.template) continue;
    const sort = sortOf(kind);
    found.set(sort, new Set([...(found.get(sort) ?? []), ...constantsIn(kind.template)]));
  }
  return Object.fromEntries([...found].map(([sort, texts]) => [sort, [...texts].sort()] as const).sort(byName));
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function constantsIn(file: URL): string[] {
  const code = readFileSync(file, 'utf8').replaceAll(/^ *\/\/.*$/gm, '');
  const imported = [...code.matchAll(/\bimport '([^']+)'/g)].flatMap(([, path = '']) => textsOf(new URL(path, file)));
  const blocks = [...code.matchAll(/\|\|\|\n([\s\S]*?)\|\|\|/g)].map(([, text = '']) => text.replaceAll(/^ {2}/gm, ''));
  const rest = code.replaceAll(/\|\|\|\n[\s\S]*?\|\|\|/g, '').replaceAll(/\bimport '[^']+'/g, '');
  const quoted = [...rest.matchAll(/'((?:[^'\\\n]|\\.)*)'/g)].map(([, text = '']) => text);
  const fields = [...rest.matchAll(/(?<=[{,\s])(\w+)\+?:(?!:)/g)].map(([, name = '']) => name);
  const given = [...rest.matchAll(GIVEN)].flatMap(([, name = '', value = '']) => [
    `${name}: ${value}`,
    ...(/^-?\d/.test(value) ? [value] : []),
  ]);
  return [...quoted, ...fields, ...given, ...blocks, ...imported].filter((text) => text !== '');
}

/** A field with a value that depends on nothing. */
const GIVEN = /([\w$]+|'[^']*'): (-?\d[\d.]*|true|false|null|'[^']*'|\[\]|\{\})(?=,|\s*[}\n])/g;

/** The texts of a JSON file that a template takes constants from. */
function textsOf(file: URL): string[] {
  const texts: string[] = [];
  JSON.parse(readFileSync(file, 'utf8'), (key, value) => {
    if (Number.isNaN(Number(key))) texts.push(key);
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts;
}
