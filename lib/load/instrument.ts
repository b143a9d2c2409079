import {
  type ArrayExpression,
  type AssignmentExpression,
  type Expression,
  type Span as NodeSpan,
  type ObjectExpression,
  type Program,
  type PropertyKey,
  type Statement,
  type ThrowStatement,
  Visitor,
} from 'oxc-parser';
import type { Constant } from './derivation.ts';
import { lastNotAbove, type Span } from './span.ts';

/** A key, element or spread of a literal. */
export type Member = Readonly<{
  kind: 'key' | 'computed' | 'spread' | 'element';
  /** of a key */
  name: string;
  keyStart: number;
  keyEnd: number;
  start: number;
  end: number;
  /** of an element that is written out */
  constant?: Constant;
  /** where the value is written out, when it is the name of a constant of the module; the name may mean something else there */
  named?: NodeSpan & { constant: Constant };
}>;

/** An object or array literal in a module. */
export type Literal = Span & Readonly<{ isArray: boolean; members: readonly Member[] }>;

/** An assignment (with the span of its key), a `throw` statement, what is spread into an object or a loop, with the start of the function around it (-1: none). */
export type Site = Span & Readonly<{ keyStart: number; keyEnd: number; functionStart: number }>;

/** Literals and sites of all modules; their numbers are their indices. `json`: how many values JSON files have. */
export type Tables = Readonly<{ literals: Literal[]; sites: Site[]; json: { values: number } }>;

/** The helpers' names in instrumented code (`sandbox/noting.ts` has the helpers); none occurs in any module. */
export type HelperNames = Readonly<
  Record<'note' | 'frame' | 'target' | 'key' | 'thrown' | 'given' | 'deliver' | 'loop' | 'lexical', string>
>;

export type Instrumented = Readonly<{
  text: string;
  /** the offset in the original text of an offset in `text` */
  original(offset: number): number;
}>;

/** What a walk over a module finds besides literals, as spans and the names of what was used; `other`: the first of two keys. */
export type Found = Readonly<
  {
    kind: 'dynamic-import' | 'await' | 'require' | 'meta' | 'proto' | 'duplicate';
    name?: string;
    other?: NodeSpan;
  } & Omit<Span, 'module'>
>;

type Insertion = { at: number; text: string; opens: boolean; order: number };
type Open = { start: number; order: number; suspends: boolean };

/**
 * Wraps each object and array literal into a call that notes which literal it is, and what stood in its spreads and computed keys:
 * `{ a, ...b }` becomes `((f) => note(f, { a, ...f[1] = given(3, true, b) }))([7])`. Notes assignments to properties, `throw`, and the loop that is
 * running, too, and marks top-level declarations for `bundle.ts`. Only ever inserts, and no line breaks.
 */
export function instrument(
  program: Program,
  source: string,
  module: number,
  { literals, sites }: Tables,
  names: HelperNames,
): Instrumented & { found: Found[] } {
  const insertions: Insertion[] = [];
  const found: Found[] = [];
  // Literals being walked through, with `null` where a function starts: a `yield` or `await` belongs to those after the last `null`.
  const open: (Open | null)[] = [];
  const functionStarts: number[] = [];
  const constants = constantsOf(program);
  const topLevelNames = new Set(declaredAtTop(program));
  let order = 0;

  function wrap({ start, end }: NodeSpan, before: string, after: string, at = order++): void {
    insertions.push({ at: start, text: before, opens: true, order: at });
    insertions.push({ at: end, text: after, opens: false, order: at });
  }

  function site({ start, end }: NodeSpan, key?: NodeSpan): number {
    const functionStart = functionStarts.at(-1) ?? -1;
    return sites.push({ module, start, end, keyStart: key?.start ?? -1, keyEnd: key?.end ?? -1, functionStart }) - 1;
  }

  function enterLiteral({ start }: NodeSpan): void {
    open.push({ start, order: order++, suspends: false });
  }

  function leaveLiteral(node: ObjectExpression | ArrayExpression): void {
    const { order: at = 0, suspends = false } = open.pop() ?? {};
    const isArray = node.type === 'ArrayExpression';
    const members = isArray ? elementsOf(node, constants) : propertiesOf(node, constants);
    const literal = literals.push({ module, start: node.start, end: node.end, isArray, members }) - 1;
    // Not by a spread: so many arguments no call may have.
    if (!isArray) for (const duplicate of duplicatesOf(keysOf(node))) found.push(duplicate);
    const dynamic = members.filter(({ kind }) => kind === 'spread' || kind === 'computed');
    // The frame is a parameter of an arrow function, in which `yield` and `await` of the function around it cannot stand.
    if (dynamic.length === 0 || suspends) {
      wrap(node, `${names.note}(${literal}, `, ')', at);
      return;
    }
    wrap(node, `((${names.frame}) => ${names.note}(${names.frame}, `, `))([${literal}])`, at);
    dynamic.forEach(({ kind, keyStart, start, end }, index) => {
      // Before `...b` stands the `...`, before `[k]` the `[`: the expression itself is what the frame gets.
      const kept = `${names.frame}[${index + 1}] = `;
      if (kind === 'spread' && !isArray)
        wrap({ start, end }, `${kept}${names.given}(${site({ start, end })}, true, `, ')', at);
      else insertions.push({ at: kind === 'spread' ? start : keyStart, text: kept, opens: true, order: at });
    });
  }

  /** `size: sizes.large` wants a size: outside of functions, nobody leaves out what a constant does not have. */
  function demandParts({ properties }: ObjectExpression): void {
    for (const property of properties) {
      if (property.type !== 'Property' || !isPartOf(property.value, topLevelNames)) continue;
      wrap(property.value, `${names.given}(${site(property.value)}, false, `, ')');
    }
  }

  function enterFunction({ start }: NodeSpan): void {
    functionStarts.push(start);
    open.push(null);
  }
  function leaveFunction(): void {
    functionStarts.pop();
    open.pop();
  }

  function suspend(): void {
    for (let index = open.length - 1; index >= 0; index--) {
      const literal = open[index];
      if (!literal) break;
      literal.suspends = true;
    }
  }

  function assignment({ operator, left, right }: AssignmentExpression): void {
    if (operator !== '=' || left.type !== 'MemberExpression' || left.property.type === 'PrivateIdentifier') return;
    if (left.object.type === 'Super' || left.object.type === 'ThisExpression') return;
    const number = site(right, left.property);
    if (left.computed) {
      wrap(left.object, `${names.target}(${number}, `, ')');
      wrap(left.property, `${names.key}((`, '))');
    } else if (left.property.type === 'Identifier') {
      wrap(left.object, `${names.target}(${number}, `, `, ${JSON.stringify(left.property.name)})`);
    }
  }

  function loop(node: NodeSpan & { body: Statement }): void {
    const number = site(node);
    if (node.body.type === 'BlockStatement') {
      insertions.push({ at: node.body.start + 1, text: `${names.loop} = ${number};`, opens: true, order: order++ });
    } else wrap(node.body, `{${names.loop} = ${number};`, '}');
  }

  new Visitor({
    ObjectExpression(node) {
      enterLiteral(node);
      if (functionStarts.length === 0) demandParts(node);
    },
    'ObjectExpression:exit': leaveLiteral,
    ArrayExpression: enterLiteral,
    'ArrayExpression:exit': leaveLiteral,
    FunctionDeclaration: enterFunction,
    'FunctionDeclaration:exit': leaveFunction,
    FunctionExpression: enterFunction,
    'FunctionExpression:exit': leaveFunction,
    ArrowFunctionExpression: enterFunction,
    'ArrowFunctionExpression:exit': leaveFunction,
    AssignmentExpression: assignment,
    YieldExpression: suspend,
    AwaitExpression(node) {
      if (functionStarts.length === 0) found.push({ kind: 'await', start: node.start, end: node.end });
      suspend();
    },
    ForOfStatement(node) {
      if (node.await && functionStarts.length === 0) found.push({ kind: 'await', start: node.start, end: node.end });
      loop(node);
    },
    ForInStatement: loop,
    ForStatement: loop,
    WhileStatement: loop,
    DoWhileStatement: loop,
    ThrowStatement(node: ThrowStatement) {
      wrap(node.argument, `${names.thrown}(${site(node)}, (`, '))');
    },
    ImportExpression({ start, end }) {
      found.push({ kind: 'dynamic-import', start, end });
    },
    MetaProperty({ meta, start, end }) {
      if (meta.name === 'import') found.push({ kind: 'meta', start, end });
    },
    CallExpression({ callee, start, end }) {
      if (callee.type === 'Identifier' && callee.name === 'require') found.push({ kind: 'require', start, end });
    },
    TSImportEqualsDeclaration({ moduleReference, start, end }) {
      if (moduleReference.type === 'TSExternalModuleReference') found.push({ kind: 'require', start, end });
    },
    Property({ key, computed, shorthand, method, kind, value }) {
      if (computed || shorthand || method || kind !== 'init' || nameOf(key) !== '__proto__') return;
      // `__proto__: null` makes an object without a prototype: plain data.
      if (value.type === 'Literal' && value.value === null && value.raw === 'null') return;
      found.push({ kind: 'proto', start: key.start, end: key.end });
    },
  }).visit(program);
  // With `using`, esbuild puts the whole module into a block, out of which `let` does not reach.
  const isBlock = program.body.some((node) => node.type === 'VariableDeclaration' && node.kind.endsWith('using'));
  for (const { start } of isBlock ? [] : program.body.filter(isLexical)) {
    insertions.push({ at: start, text: `/*!${names.lexical}*/`, opens: true, order: -1 });
  }

  return { ...insert(source, insertions), found };
}

/** Whether a statement declares names that cannot be used before it runs. */
function isLexical(statement: Statement): boolean {
  switch (statement.type) {
    case 'VariableDeclaration':
      return (statement.kind === 'const' || statement.kind === 'let') && !statement.declare;
    case 'ClassDeclaration':
      return !statement.declare;
    case 'ExportNamedDeclaration':
      return statement.declaration !== null && isLexical(statement.declaration);
    case 'ExportDefaultDeclaration':
      return !['FunctionDeclaration', 'TSDeclareFunction', 'TSInterfaceDeclaration'].includes(
        statement.declaration.type,
      );
    default:
      return false;
  }
}

/** Puts insertions into a text. Where several meet, what closes comes first, the inner before the outer; openings the other way. */
export function insert(source: string, insertions: readonly Insertion[]): Instrumented {
  const sorted = insertions.toSorted(
    (a, b) => a.at - b.at || Number(a.opens) - Number(b.opens) || (a.opens ? a.order - b.order : b.order - a.order),
  );
  const pieces: string[] = [];
  const starts: number[] = [0];
  const originals: number[] = [0];
  let from = 0;
  let length = 0;
  for (const { at, text } of sorted) {
    pieces.push(source.slice(from, at), text);
    length += at - from;
    // The inserted text itself stands for the place it was put at.
    starts.push(length, length + text.length);
    originals.push(-1 - at, at);
    length += text.length;
    from = at;
  }
  pieces.push(source.slice(from));
  return {
    text: pieces.join(''),
    original(offset) {
      const index = Math.max(0, lastNotAbove(starts, offset));
      const original = originals[index] ?? 0;
      return original < 0 ? -1 - original : original + offset - (starts[index] ?? 0);
    },
  };
}

type Constants = ReadonlyMap<string, NonNullable<Member['named']>>;

/** The texts, numbers and booleans that a module gives names to at its top. */
function constantsOf({ body }: Program): Constants {
  const declarations = body.flatMap((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    return declared?.type === 'VariableDeclaration' && declared.kind === 'const' ? declared.declarations : [];
  });
  return new Map(
    declarations.flatMap(({ id, init }) => {
      const constant = init ? constantOf(init) : undefined;
      if (id.type !== 'Identifier' || !init || constant === undefined) return [];
      return [[id.name, { start: init.start, end: init.end, constant }] as const];
    }),
  );
}

/** The names that a module makes or imports at its top. */
export function declaredAtTop({ body }: Program): string[] {
  return body.flatMap((statement) => {
    if (statement.type === 'ImportDeclaration') return statement.specifiers.map(({ local }) => local.name);
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type === 'FunctionDeclaration') return declared.id?.name ?? [];
    if (declared?.type !== 'VariableDeclaration') return [];
    return declared.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? id.name : []));
  });
}

/** Whether an expression is `a.b` or `a.b.c`, without `?.`, of one of these names: it is there, or misspelt. */
function isPartOf(node: Expression, topLevelNames: ReadonlySet<string>): boolean {
  let inner: Expression = node;
  let depth = 0;
  for (;;) {
    if (inner.type === 'MemberExpression' && !inner.optional && !inner.computed) {
      inner = inner.object as Expression;
      depth++;
    } else if (inner.type === 'TSAsExpression' || inner.type === 'TSNonNullExpression') inner = inner.expression;
    else if (inner.type === 'ParenthesizedExpression') inner = inner.expression;
    else return depth > 0 && inner.type === 'Identifier' && topLevelNames.has(inner.name);
  }
}

function namedBy(node: Expression, constants: Constants): Pick<Member, 'named'> {
  const named = node.type === 'Identifier' ? constants.get(node.name) : undefined;
  return named ? { named } : {};
}

function propertiesOf({ properties }: ObjectExpression, constants: Constants): Member[] {
  return properties.map((property): Member => {
    const { start, end } = property;
    if (property.type === 'SpreadElement') {
      const { argument } = property;
      return { kind: 'spread', name: '', keyStart: start, keyEnd: end, start: argument.start, end: argument.end };
    }
    const { key, value, computed, method, kind } = property;
    // The value of a method or getter starts at its parameters: show all of it.
    const { start: valueStart, end: valueEnd } = method || kind !== 'init' ? property : value;
    return {
      kind: computed ? 'computed' : 'key',
      name: computed ? '' : nameOf(key),
      keyStart: key.start,
      keyEnd: key.end,
      start: valueStart,
      end: valueEnd,
      ...namedBy(value, constants),
    };
  });
}

/** A key as it is written. */
export type Key = NodeSpan & Readonly<{ name: string }>;

/** The keys of a literal that give a value; a getter and a setter may share theirs. */
function keysOf({ properties }: ObjectExpression): Key[] {
  return properties.flatMap((property) => {
    if (property.type !== 'Property' || property.computed || property.kind !== 'init') return [];
    const { start, end } = property.key;
    return [{ name: nameOf(property.key), start, end }];
  });
}

/** Keys of one object that stand there a second time: the value of the first is lost. */
export function duplicatesOf(keys: readonly Key[]): Found[] {
  const first = new Map<string, NodeSpan>();
  const found: Found[] = [];
  for (const { name, start, end } of keys) {
    const other = first.get(name);
    if (other) found.push({ kind: 'duplicate', name, start, end, other });
    else first.set(name, { start, end });
  }
  return found;
}

function elementsOf({ elements, start: arrayStart }: ArrayExpression, constants: Constants): Member[] {
  let previous = arrayStart + 1;
  return elements.map((element): Member => {
    if (element === null)
      return { kind: 'element', name: '', keyStart: -1, keyEnd: -1, start: previous, end: previous };
    const { start, end } = element.type === 'SpreadElement' ? element.argument : element;
    previous = end;
    if (element.type === 'SpreadElement') {
      return { kind: 'spread', name: '', keyStart: element.start, keyEnd: element.end, start, end };
    }
    const named = namedBy(element, constants);
    const member: Member = { kind: 'element', name: '', keyStart: -1, keyEnd: -1, start, end, ...named };
    const constant = constantOf(element);
    return constant === undefined ? member : { ...member, constant };
  });
}

function constantOf(node: Expression): Constant | undefined {
  if (node.type !== 'Literal' || 'regex' in node || 'bigint' in node) return undefined;
  return node.value as Constant;
}

function nameOf(key: PropertyKey): string {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : '';
}
