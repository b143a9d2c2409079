import type { Node, Program } from 'oxc-parser';
import type { Bundle } from './bundle.ts';
import type { At } from './findings.ts';
import { declaredAtTop, type Site, type Tables } from './instrument.ts';
import type { Facts } from './places.ts';
import type { Ending } from './sandbox/evaluate.ts';
import type { Module } from './sources.ts';
import { contains, type Span } from './span.ts';

/** An expression or statement, with the start of the function around it (-1: none). */
type Frame = Span & Readonly<{ functionStart: number }>;

// Frames of a stack that are looked at, from either end: recursion is thousands deep.
const MOST_FRAMES = 8;

/**
 * Where an evaluation failed: the `throw` statement; else the innermost call, name or property in the stack, with the call that led
 * there as `via`; else the loop or the literal that ran last; else the default export. `text`: what is written there.
 */
export async function failurePlace(
  { failure, literal, loop }: Ending & { kind: 'failed' },
  { code, modules, tables, facts }: { code: Bundle; modules: readonly Module[]; tables: Tables; facts: Facts },
): Promise<At & { text: string; names: readonly string[] }> {
  const spans: Frame[] = [];
  for (const { line, column } of framesOf(failure.stack)) {
    const at = await code.originalOf(line, column);
    const span = at && nodeAt(modules[at.module]?.parsed?.program(), at);
    // The arrow functions around literals are frames too: they enclose the place before them.
    if (span && !spans.some((inner) => contains(span, inner) || contains(inner, span))) spans.push(span);
    if (spans.length === 2) break;
  }
  const [top, caller] = spans;
  const thrown = tables.sites[failure.site];
  if (thrown) return at(thrown, caller);

  const running = tables.sites[loop ?? -1];
  const isBrokenOff = failure.message === 'interrupted' && failure.name === 'InternalError';
  if (isBrokenOff && running && isBefore(top, running)) return at(running, caller);
  return at(top ?? tables.literals[literal ?? -1] ?? facts.exported, top && caller);

  function at(span: Span, via: Span | undefined): At & { text: string; names: readonly string[] } {
    const isApart = via && !contains(via, span) && !contains(span, via);
    const text = modules[span.module]?.text.slice(span.start, span.end) ?? '';
    const program = modules[span.module]?.parsed?.program();
    const names = program ? declaredAtTop(program) : [];
    return { place: facts.place(span), ...(isApart && { via: facts.place(via) }), text, names };
  }
}

/**
 * Whether a frame stands before a loop in the same function. QuickJS knows the positions of calls and properties only, so a loop without
 * any leaves what stands before it in the stack: the last call, or the start of the function.
 */
function isBefore(frame: Frame | undefined, loop: Site): boolean {
  if (frame === undefined) return loop.functionStart === -1;
  return frame.module === loop.module && frame.functionStart === loop.functionStart && frame.start < loop.start;
}

/** The frames of the configuration in a stack of QuickJS, innermost first, each once; of many, those at the ends. */
function framesOf(stack: string): { line: number; column: number }[] {
  const frames = new Map<string, { line: number; column: number }>();
  // Without parentheses: where it could not be parsed
  for (const [text, line, column] of stack.matchAll(/ (?:\(|at )configuration:(\d+):(\d+)\)?$/gm)) {
    frames.set(text, { line: Number(line), column: Number(column) });
  }
  const unlike = [...frames.values()];
  return unlike.length <= 2 * MOST_FRAMES ? unlike : [...unlike.slice(0, MOST_FRAMES), ...unlike.slice(-MOST_FRAMES)];
}

/** The innermost expression or statement around an offset. */
function nodeAt(program: Program | undefined, { module, start: offset }: Span): Frame | undefined {
  let innermost: Frame | undefined;
  let functionStart = -1;
  let inside: Node[] = program ? [program] : [];
  while (inside.length > 0) {
    const node = inside.find(({ start, end }) => start <= offset && offset < end);
    if (!node) break;
    if (/^(ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/.test(node.type))
      functionStart = node.start;
    if (node !== program) innermost = { module, start: node.start, end: node.end, functionStart };
    inside = Object.values(node).flat().filter(isNode);
  }
  return innermost;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;
}
