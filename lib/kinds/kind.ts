import type { Path } from '../finding/finding.ts';
import type { JsonObject } from '../json.ts';
import type { Model } from '../model/model.ts';

/**
 * Who may write a document after it exists. `compiler`: rewritten at each compile, a hand edit is drift. `scaffold`: written
 * once, then a person's. `controller`: written by something running; the compiler only seeds it.
 */
export type Owner = 'compiler' | 'scaffold' | 'controller';

/** A sort of document: where its documents go, who owns them, what shapes and what judges them. */
export type Kind = Readonly<{
  name: string;
  owner: Owner;
  format: 'yaml' | 'json' | 'text';
  /**
   * `document.libsonnet`'s place: a function from the slice to the document's value (`text`: to a string).
   * Absent for documents that are files of this repository, see `DocumentPlan.text`.
   */
  template?: URL;
  /**
   * Its documents are many and alike: one of each shape is evaluated and then filled in (see `lib/render/shape.ts`). The template then
   * does nothing with texts and numbers but hand them on, join texts, and compare them with texts of its own.
   */
  alike?: true;
  /** JSON Schema (draft-07) of the value; every kind but `text` has one */
  schema?: (plan: DocumentPlan) => JsonObject;
  /** keys that stand first wherever they occur, in this order; all others follow by name */
  keyOrder?: readonly string[];
  /** `text`: what stands before and after a comment of one line in the document at a path; none: it carries no header */
  comment?: (path: string) => readonly [before: string, after: string] | undefined;
  /** YAML: a comment at the end of the line where the scalar at `path` stands */
  comments?: (path: Path, value: unknown) => string | undefined;
  /** every document of this kind, in any order */
  list(model: Model): readonly DocumentPlan[];
}>;

/**
 * Parameter → path into the model, or paths: a list of what stands there. Nothing that grows with the platform may be in the slice of
 * what there is more of then, or the work grows with the square.
 */
export type Slice = Readonly<Record<string, Path | Readonly<{ each: readonly Path[] }>>>;

/** One document to come. */
export type DocumentPlan = Readonly<{
  target: string;
  /** relative to the target, with `/` */
  path: string;
  /**
   * What Jsonnet sees: parameter → path into the model. Paths and not values, so that each value of a document can be
   * followed to the model and from there to the configuration.
   */
  slice: Slice;
  /** what the document is about, in the model: where a finding on it points */
  subject: Path;
  environment?: string;
  service?: string;
  /** escape hatch: path into the model of an object that is merged over the rendered value (RFC 7386) */
  patch?: Path;
  /** where in the document `patch` is merged; the root if absent */
  patchAt?: Path;
  /** path into the model of the very value that the document is: a finding inside of the one points inside of the other */
  copyOf?: Path;
  /** the text itself, for documents that are copied from a file of this repository */
  text?: string;
}>;
