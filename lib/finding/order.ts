import { type Finding, WEIGHTS, weightOf } from './finding.ts';
import { together } from './together.ts';

/** In the order of the source, what has no place last, most severe first; none twice, and each mistake told once. */
export function inSourceOrder(findings: readonly Finding[]): Finding[] {
  const unlike = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  const sorted = [...unlike.values()].sort(
    (a, b) =>
      compare(a.place?.file ?? '\uffff', b.place?.file ?? '\uffff') ||
      compare(a.place?.line ?? 0, b.place?.line ?? 0) ||
      compare(a.place?.column ?? 0, b.place?.column ?? 0) ||
      compare(a.document?.file ?? '', b.document?.file ?? '') ||
      compare(rankOf(a), rankOf(b)) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
  return together(sorted);
}

/** Grouped by severity, errors first and what is waived last; what is equally severe keeps its order. */
export function mostSevereFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(finding: Finding): number {
  return WEIGHTS.indexOf(weightOf(finding));
}

function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
