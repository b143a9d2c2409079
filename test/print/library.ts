import { Document, Pair, Scalar, type ScalarTag, YAMLMap, YAMLSeq } from 'yaml';
import { stringifyString } from 'yaml/util';
import type { Path } from '../../lib/finding/finding.ts';
import { isObject } from '../../lib/json.ts';
import { type InlineStyle, inlineStyle, isBlock, numberText, shown } from '../../lib/print/scalar.ts';
import type { YamlSettings } from '../../lib/print/yaml.ts';

// What `lib/print/yaml.ts` must write, by a library that knows all of YAML: asked for our styles of scalars, it still takes quotes where it
// thinks that a reader needs them.

const STYLES = {
  plain: Scalar.PLAIN,
  single: Scalar.QUOTE_SINGLE,
  double: Scalar.QUOTE_DOUBLE,
} as const satisfies Record<InlineStyle, Scalar.Type>;

/**
 * The library's strings, but for what it leaves as it is between double quotes: U+0085 and U+2028, which break a line in YAML 1.1,
 * DEL, and whatever nobody would see.
 */
const STRING: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  identify: (value) => typeof value === 'string',
  resolve: (text) => text,
  stringify(item, context, ...rest) {
    // `actualString` asks for quotes around the words of `compat`. Only strings read it, so it may stay: a copy of the context for each
    // text is two thirds of what printing 3,000 services takes.
    const text = stringifyString(item as Scalar<string>, Object.assign(context, { actualString: true }), ...rest);
    return text.startsWith('"') ? shown(text) : text;
  },
};

/** The library writes 1e-7, a string to readers of YAML 1.1, and `-0`, to them the integer 0. */
const NUMBER: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (value) => typeof value === 'number',
  resolve: Number,
  stringify: ({ value }) => numberText(value as number),
};

/** Made once: a schema is most of what a short document costs. */
const { schema } = new Document(null, {
  schema: 'json in yaml',
  customTags: ['map', 'seq', 'null', 'bool', STRING, NUMBER],
  // Quotes the words of YAML 1.1 as well: Helm reads it, and there a bare on is true.
  compat: 'yaml-1.1',
});

/**
 * Writes plain JSON as YAML in block style, without aliases, tags and folded lines.
 *
 * The library takes 0.2 ms for a document of 70 lines, nine times what joining strings by hand took: 0.6 s for 3,000. For the 48 of a
 * platform that is 30 ms in a fresh process, of a run of 0.8 s.
 *
 * @throws for what is no JSON
 */
export function libraryLines(value: unknown, settings: YamlSettings): string[] {
  const document = new Document(null, { schema });
  document.contents = node(value, [], settings);
  // Double quotes as in JSON stay on one line, whatever they hold.
  const text = document.toString({ directives: false, lineWidth: 0, doubleQuotedAsJSON: true });
  return text.slice(0, -1).split('\n');
}

type Node = YAMLMap<Scalar, Node> | YAMLSeq<Node> | Scalar;

/** Not the library's `createNode`: it makes aliases, and puts keys that look like numbers first. */
function node(value: unknown, path: Path, settings: YamlSettings): Node {
  if (Array.isArray(value) && value.length > 0) {
    const list = new YAMLSeq<Node>(schema);
    list.items = value.map((item, index) => node(item, [...path, index], settings));
    return list;
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    const map = new YAMLMap<Scalar, Node>(schema);
    map.items = settings.keys(value).map((key) => new Pair(inline(key), node(value[key], [...path, key], settings)));
    return map;
  }
  const leaf = leafNode(value, path.length === 0);
  const comment = settings.comments?.(path, value);
  if (comment !== undefined) leaf.comment = ` ${shown(comment)}`;
  return leaf;
}

function leafNode(value: unknown, isRoot: boolean): Node {
  if (typeof value === 'string') {
    // A block at the root would have no indentation that tells it from what follows.
    if (isRoot || !isBlock(value)) return inline(value);
    return styled(value, Scalar.BLOCK_LITERAL);
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return new Scalar(value);
  if (!Array.isArray(value) && !isObject(value)) throw new Error(`${typeof value} is no JSON`);
  const empty = Array.isArray(value) ? new YAMLSeq<Node>(schema) : new YAMLMap<Scalar, Node>(schema);
  // It is written so anyway, but else its comment would stand on the line below.
  empty.flow = true;
  return empty;
}

function inline(text: string): Scalar {
  return styled(text, STYLES[inlineStyle(text)]);
}

function styled(text: string, type: Scalar.Type): Scalar {
  const scalar = new Scalar(text);
  scalar.type = type;
  return scalar;
}
