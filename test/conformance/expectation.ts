import { isDeepStrictEqual } from 'node:util';
import { Document, isCollection, isScalar, visit } from 'yaml';
import type { Compiled, Found } from './compiler.ts';
import { type Change, type Changes, differences, withChanges } from './difference.ts';
import { pathText } from './path.ts';

/** A document as a reader takes it: `value` is what stands in it, of a text the text itself. */
export type Read = Readonly<{ owner: string; value: unknown }>;
export type Documents = ReadonlyMap<string, Read>;

/** A document that the base does not have: whole, or by its differences from one that the base has. A star in `like` is the step of the path. */
type New = { owner: string; value: unknown } | { like: string; but?: Changes };

/** What is expected of a case, as its file holds it. Paths of documents may hold braces: `{prod,staging}/web` are two. */
export type Expectation = {
  findings?: {
    code: string;
    severity?: string;
    at?: string;
    message: string;
    other?: string;
    also?: string[];
    waived?: string;
  }[];
  gone?: string[];
  new?: Record<string, New>;
  changed?: Record<string, Changes>;
};

/** Beside the paths inside of a document. */
const OWNER = '@owner';

/** What a configuration gives, against what the base gives. */
export function expectationOf(
  base: Documents,
  { findings }: Pick<Compiled, 'findings'>,
  documents: Documents | undefined,
): Expectation {
  const expectation: Expectation = {};
  if (findings.length > 0) expectation.findings = findings.map(findingOf);
  if (!documents) return expectation;
  const gone = [...base.keys()].filter((path) => !documents.has(path));
  if (gone.length > 0) expectation.gone = grouped(gone.map((path) => [path, 'gone'] as const)).map(([path]) => path);
  const added = [...documents].filter(([path]) => !base.has(path));
  if (added.length > 0)
    expectation.new = Object.fromEntries(
      grouped(added.map(([path, read]) => [path, newOf(base, path, read)] as const)).map(([path, document]) => [
        path,
        'like' in document ? { ...document, like: filled(document.like, path) } : document,
      ]),
    );
  const changed = [...documents].flatMap(([path, { owner, value }]): [string, Changes][] => {
    const before = base.get(path);
    if (!before) return [];
    const changes = {
      ...(owner !== before.owner && { [OWNER]: { was: before.owner, is: owner } }),
      ...differences(before.value, value),
    };
    return Object.keys(changes).length > 0 ? [[path, changes]] : [];
  });
  if (changed.length > 0) expectation.changed = Object.fromEntries(grouped(changed));
  return expectation;
}

function findingOf({ code, severity, path, message, other, also, waived }: Found) {
  return {
    code,
    ...(severity !== 'error' && { severity }),
    ...(path && { at: pathText(path) }),
    message,
    ...(other && { other: pathText(other) }),
    ...(also.length > 0 && { also: [...also] }),
    ...(waived && { waived }),
  };
}

function newOf(base: Documents, path: string, { owner, value }: Read): New {
  const size = (what: unknown) => JSON.stringify(what).length;
  const steps = path.split('/');
  const near = (other: string) => other.split('/').filter((step, index) => step === steps[index]).length;
  const [best] = [...base]
    .filter(
      ([other, read]) =>
        read.owner === owner && sortOf(other) === sortOf(path) && typeof read.value === typeof value && near(other) > 0,
    )
    .map(([like, read]) => ({ like, but: differences(read.value, value) }))
    .sort((a, b) => size(a.but) - size(b.but) || near(b.like) - near(a.like));
  if (!best || size(best.but) > size(value)) return { owner, value };
  const same = best.like.split('/').map((step, index) => (step === steps[index] ? '*' : step));
  return { like: same.join('/'), ...(Object.keys(best.but).length > 0 && { but: best.but }) };
}

/** What stands at the stars of a path: the steps of another. A step of several words stays a star. */
function filled(like: string, path: string): string {
  const steps = path.split('/');
  return like
    .split('/')
    .map((step, index) => (step === '*' && !steps[index]?.startsWith('{') ? steps[index] : step))
    .join('/');
}

/** The folder for files whose name is that of a service, else the name. */
function sortOf(path: string): string {
  const [folder, name] = path.split('/').slice(-2);
  return folder === 'applications' || folder === 'workflows' ? folder : (name ?? '');
}

/** Entries of one body whose paths differ in one step become one, with braces; steps of a path by step. */
function grouped<Body>(entries: readonly (readonly [string, Body])[]): [string, Body][] {
  type Group = { steps: string[][]; body: Body };
  let groups: Group[] = entries.map(([path, body]) => ({ steps: path.split('/').map((step) => [step]), body }));
  const longest = Math.max(0, ...groups.map(({ steps }) => steps.length));
  for (let at = longest - 1; at >= 0; at--) {
    const merged: Group[] = [];
    for (const group of groups) {
      const twin = merged.find(
        (other) =>
          other.steps.length === group.steps.length &&
          other.steps.every((step, index) => index === at || isDeepStrictEqual(step, group.steps[index])) &&
          isDeepStrictEqual(other.body, group.body),
      );
      if (twin && at < group.steps.length) twin.steps[at] = [...(twin.steps[at] ?? []), ...(group.steps[at] ?? [])];
      else merged.push(group);
    }
    groups = merged;
  }
  return groups
    .map(({ steps, body }): [string, Body] => [steps.map(stepText).join('/'), body])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function stepText(words: readonly string[]): string {
  return words.length === 1 ? (words[0] ?? '') : `{${words.toSorted().join(',')}}`;
}

/** The paths that a path with braces stands for. */
function each(path: string): string[] {
  const [, before = '', words, after = ''] = /^(.*?)\{([^}]*)\}(.*)$/.exec(path) ?? [];
  return words === undefined ? [path] : words.split(',').flatMap((word) => each(`${before}${word}${after}`));
}

/** The documents that an expectation says there are. @throws where it does not fit the base */
export function documentsOf(base: Documents, { gone = [], new: added = {}, changed = {} }: Expectation): Documents {
  const documents = new Map(base);
  const known = (path: string): Read => {
    const read = base.get(path);
    if (!read) throw new Error(`the base has no ${path}`);
    return read;
  };
  for (const path of gone.flatMap(each)) {
    known(path);
    documents.delete(path);
  }
  for (const [paths, document] of Object.entries(added))
    for (const path of each(paths)) {
      if (base.has(path)) throw new Error(`the base has ${path} as well`);
      documents.set(
        path,
        'like' in document ? changedBy(known(filled(document.like, path)), document.but ?? {}) : document,
      );
    }
  for (const [paths, changes] of Object.entries(changed))
    for (const path of each(paths)) documents.set(path, changedBy(known(path), changes));
  return documents;
}

function changedBy({ owner, value }: Read, { [OWNER]: otherOwner, ...changes }: Changes): Read {
  return { owner: String(otherOwner?.is ?? owner), value: withChanges(value, changes) };
}

/** Signs that nobody sees, or that break a line for some readers: between double quotes, as escapes. */
const HIDDEN = /[\p{Cc}\u00a0\u00ad\u200b\u200e\u200f\u2028-\u202f\u2060-\u206f\ufeff]/u;

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What fits on a line of a small screen, more or less. */
const LINE = 100;

/** The file of an expectation: YAML that every reader takes alike, short things on one line. */
export function expectationText(promise: string, expectation: Expectation): string {
  const document = new Document(Object.keys(expectation).length > 0 ? expectation : { changed: {} }, {
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
  });
  visit(document, {
    Collection(_, node, parents) {
      const text = JSON.stringify(node.toJSON());
      if (
        parents.filter((parent) => isCollection(parent)).length >= 3 &&
        text.length <= LINE &&
        !isFinding(node.toJSON())
      )
        node.flow = true;
    },
    Scalar(_, node) {
      if (typeof node.value === 'string' && (HIDDEN.test(node.value) || /^(=|<<)$/.test(node.value)))
        node.type = 'QUOTE_DOUBLE';
    },
    Pair(_, { key }) {
      if (isScalar(key) && typeof key.value === 'string' && /["[@]/.test(key.value)) key.type = 'QUOTE_SINGLE';
    },
  });
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true, doubleQuotedAsJSON: true });
  return `# ${promise}\n${text.replace(new RegExp(HIDDEN, 'gu'), (sign) => (sign === '\n' ? sign : escaped(sign)))}`;
}

function isFinding(value: unknown): value is { code: string } & Change {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}
