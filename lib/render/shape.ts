/**
 * Documents of one shape differ in texts and numbers only, so their template is evaluated once: on a slice with marks in place of these,
 * and then each document's own are put where the marks came out.
 *
 * That is what evaluating the slice itself would give as long as the template does no more with a text than hand it on, join it, use it as
 * a key, or compare it with a text that the template itself has: such a word stays as it is and is part of the shape. What a template
 * could do else either fails in Jsonnet (a mark is no number and no field), fails here, or is found by `test/render/shape.test.ts`.
 */

/** What documents of one shape differ in. */
export type Leaf = string | number;

// Code points that Unicode keeps free for such a use within a program.
const OPEN = '\ufdd0';
const CLOSE = '\ufdd1';
const MARK = /\ufdd0(\d+)\ufdd1/;
const PART_OF_MARK = /[\ufdd0\ufdd1]/;

/** The texts that a template has in quotes: no other is ever equal to one of them. */
export function wordsOf(template: string): ReadonlySet<string> {
  // What stands first wins: a quote in a comment opens no text, two slashes in a text begin no comment.
  const tokens = /\/\/.*|#.*|\/\*[\s\S]*?\*\/|\|\|\|[\s\S]*?\|\|\||'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g;
  return new Set([...template.matchAll(tokens)].flatMap(([, one, two]) => one ?? two ?? []));
}

/**
 * @param words texts that are part of the shape
 * @returns the shape, equal for slices that one evaluation is enough for; `undefined`: evaluate the slice itself
 */
export function shapeOf(slice: unknown, words: ReadonlySet<string>): string | undefined {
  let shape = '';
  // With their lengths, so that no text can look like two.
  const text = (value: string) => `${value.length}:${value}`;
  function visit(value: unknown): void {
    if (isLeaf(value, words)) shape += '.';
    else if (typeof value === 'string') shape += text(value);
    else if (Array.isArray(value)) {
      shape += '[';
      for (const item of value) visit(item);
      shape += ']';
    } else if (typeof value === 'object' && value !== null) {
      shape += '{';
      for (const key of Object.keys(value)) {
        shape += text(key);
        visit((value as Readonly<Record<string, unknown>>)[key]);
      }
      shape += '}';
    } else shape += `<${value}>`;
  }
  visit(slice);
  return PART_OF_MARK.test(shape) ? undefined : shape;
}

/** What of a slice its shape leaves open, in the order in which it stands there. */
export function leavesOf(slice: unknown, words: ReadonlySet<string>): Leaf[] {
  const leaves: Leaf[] = [];
  function visit(value: unknown): void {
    if (isLeaf(value, words)) leaves.push(value);
    else if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === 'object' && value !== null)
      for (const key of Object.keys(value)) visit((value as Readonly<Record<string, unknown>>)[key]);
  }
  visit(slice);
  return leaves;
}

function isLeaf(value: unknown, words: ReadonlySet<string>): value is Leaf {
  return typeof value === 'number' || (typeof value === 'string' && !words.has(value));
}

/** The slice with the number of each leaf, between marks, in its place. */
export function markedSlice(slice: unknown, words: ReadonlySet<string>): unknown {
  let count = 0;
  function mark(value: unknown): unknown {
    if (typeof value === 'number' || (typeof value === 'string' && !words.has(value)))
      return `${OPEN}${count++}${CLOSE}`;
    if (Array.isArray(value)) return value.map(mark);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mark(inner)]));
  }
  return mark(slice);
}

type Filler = (leaves: readonly Leaf[]) => unknown;

/**
 * @param made what a template made of a marked slice
 * @returns what it would have made of the slice that these leaves are from. Parts without marks are the same object in all of them
 * @throws when the template did something else than hand on and join what it was given: it is a fault of ours
 */
export function fillerOf(made: unknown): Filler {
  return fillerIn(made) ?? (() => made);
}

/** `undefined`: nothing is marked. */
function fillerIn(made: unknown): Filler | undefined {
  if (typeof made === 'string') return textFiller(made);
  if (Array.isArray(made)) {
    const fillers = made.map(fillerIn);
    if (fillers.every((filler) => filler === undefined)) return undefined;
    return (leaves) => fillers.map((filler, index) => (filler === undefined ? made[index] : filler(leaves)));
  }
  if (typeof made !== 'object' || made === null) return undefined;
  const entries = Object.entries(made).map(([key, value]) => ({
    key,
    keyFiller: textFiller(key),
    value,
    filler: fillerIn(value),
  }));
  if (entries.every(({ keyFiller, filler }) => keyFiller === undefined && filler === undefined)) return undefined;
  const isNamed = entries.some(({ keyFiller }) => keyFiller !== undefined);
  return (leaves) => {
    const filled = entries.map(({ key, keyFiller, value, filler }): [string, unknown] => [
      keyFiller === undefined ? key : String(keyFiller(leaves)),
      filler === undefined ? value : filler(leaves),
    ]);
    if (!isNamed) return Object.fromEntries(filled);
    // As Jsonnet orders its fields, and as it fails.
    const sorted = filled.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    const twice = sorted.find(([key], index) => key === sorted[index - 1]?.[0]);
    if (twice) throw new Error(`a template makes the field ${JSON.stringify(twice[0])} twice`);
    return Object.fromEntries(sorted);
  };
}

function textFiller(made: string): ((leaves: readonly Leaf[]) => Leaf) | undefined {
  const pieces = made.split(MARK);
  const constants = pieces.filter((_, index) => index % 2 === 0);
  if (constants.some((piece) => PART_OF_MARK.test(piece))) throw new Error('a template took a text apart');
  if (pieces.length === 1) return undefined;
  const [before, number, after] = pieces;
  // JSON has no -0, and neither has what went through Jsonnet.
  if (pieces.length === 3 && before === '' && after === '') {
    const place = Number(number);
    return (leaves) => (leaves[place] === 0 ? 0 : (leaves[place] as Leaf));
  }
  const places = pieces.map((piece, index) => (index % 2 === 0 ? piece : Number(piece)));
  return (leaves) =>
    places
      .map((piece) => {
        const leaf = typeof piece === 'string' ? piece : leaves[piece];
        if (typeof leaf !== 'string') throw new Error('a template counts with a number, or makes it a text');
        return leaf;
      })
      .join('');
}
