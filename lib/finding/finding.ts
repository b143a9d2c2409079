/** One step into a JSON value: a key of an object or an index of an array. */
export type Path = readonly (string | number)[];

/** A stretch of a source file. Lines and columns count from 1, columns in UTF-16 units as editors do. */
export type Place = Readonly<{
  /** relative to the root of the repository, with `/` */
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}>;

export type Severity = 'error' | 'warning' | 'notice';

/** Anything that is wrong, from whichever stage. One type, printed one way (`print.ts`). */
export type Finding = Readonly<{
  /** `<stage>/<what>` or a rule's `<category>/<rule>`; never changes once released */
  code: string;
  severity: Severity;
  /** what is wrong, in the person's own names and values; lower case, no full stop */
  message: string;
  /** what would have been right */
  expected?: string;
  /** why it matters */
  why?: string;
  /** what to do; instructs and does not ask */
  help?: string;
  /** the value's path in the configuration */
  path?: Path;
  /** where the value stands */
  place?: Place;
  /** where that place is used, when a helper function or another file made the value */
  via?: Place;
  /** the other side of a conflict */
  other?: Place;
  /** what is wrong elsewhere for the same reason: messages */
  also?: readonly string[];
  /** who let it pass, why and until when; it then forbids nothing */
  waived?: Readonly<{ reason: string; owner: string; until: string; path: Path; place?: Place }>;
  /** how severe its rule says that it is, where the configuration says otherwise, and where it says so */
  instead?: Readonly<{ severity: Severity; path: Path; place?: Place }>;
  /** the output file it is about, relative to the folder of outputs, and the line or the path inside of it */
  document?: Readonly<{ file: string; line?: number; path?: Path }>;
}>;

/** What a stage returns: a value as far as one could be made, and all that is wrong. */
export type Outcome<Value> = Readonly<{ value: Value; findings: Finding[] }>;

/** How much a finding weighs: its severity, and next to nothing where somebody has looked at it and let it pass. */
export type Weight = Severity | 'waived';

/** The heaviest first. */
export const WEIGHTS = ['error', 'warning', 'notice', 'waived'] as const satisfies readonly Weight[];

export function weightOf({ severity, waived }: Finding): Weight {
  return waived ? 'waived' : severity;
}

/** Whether any finding forbids to go on. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => weightOf(finding) === 'error');
}
