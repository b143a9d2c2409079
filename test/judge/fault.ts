import type { Path } from '../../lib/finding/finding.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { JudgedDocument } from '../../lib/judge/judge.ts';
import type { Model } from '../../lib/model/model.ts';
import { exampleModel } from '../example.ts';

/** The example model with one fault, and what a rule says of it. */
export type Fault = Readonly<{
  rule: string;
  model: Model;
  subject: Path;
  message: string;
  other?: Path;
  /** of a rule on changes: the model that this one replaces */
  before?: JsonObject;
  /** of a rule on documents: what it is given of them; `subject` is the path inside of the one with the fault */
  documents?: readonly JudgedDocument[];
}>;

/** @param set what is put where, by paths joined by dots */
export function fault(
  rule: string,
  { set, at, other, message }: { set: Record<string, unknown>; at: string | Path; other?: string; message: string },
): Fault {
  return {
    ...{ rule, model: exampleWith(set), subject: toPath(at), message },
    ...(other !== undefined && { other: toPath(other) }),
  };
}

/** The fault is on the way from one model to another. @param was what was put where, before */
export function faultyChange(
  rule: string,
  {
    was = {},
    set = {},
    at,
    message,
  }: { was?: Record<string, unknown>; set?: Record<string, unknown>; at: string; message: string },
): Fault {
  const before = exampleWith(was) as unknown as JsonObject;
  return { rule, model: exampleWith(set), before, subject: toPath(at), message };
}

/** The fault is in one document, of which the rest is as the rules want it. @param at path inside of the document */
export function faultyDocument(
  rule: string,
  { at, message, ...document }: JudgedDocument & { at: string; message: string },
): Fault {
  return { rule, model: exampleModel(), documents: [document], subject: toPath(at), message };
}

/** @param value `undefined` takes it away */
function exampleWith(set: Record<string, unknown>): Model {
  const model = structuredClone(exampleModel());
  for (const [path, value] of Object.entries(set)) replace(model, toPath(path), value);
  return model;
}

function replace(root: object, path: Path, value: unknown): void {
  const last = path.at(-1) ?? '';
  const parent = path.slice(0, -1).reduce((parent: object, step) => Reflect.get(parent, step), root);
  if (!Reflect.has(parent, last)) throw new Error(`the example has nothing at ${path.join('.')}`);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
}

/** `"a.0.b"` → `["a", 0, "b"]`; what has a step with a dot comes as a path */
function toPath(text: string | Path): Path {
  if (typeof text !== 'string') return text;
  return text.split('.').map((step) => (/^[0-9]+$/.test(step) ? Number(step) : step));
}
