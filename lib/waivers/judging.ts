import type { Locate } from '../config/findings.ts';
import type { PlatformInput } from '../config/schema.ts';
import type { Finding, Path } from '../finding/finding.ts';
import type { JudgedFinding } from '../judge/judge.ts';
import type { Rule } from '../judge/lock.ts';
import { excused, type Waiver, waiverFindings } from './waivers.ts';

/** What the findings of rules need to be told in the configuration. */
export type Surroundings = Readonly<{
  configuration: PlatformInput;
  waivers: readonly Waiver[];
  rules: readonly Rule[];
  /** the day that waivers end before; `undefined`: nobody knows it */
  today: string | undefined;
  locate: Locate;
  /** the place in the configuration that a value of the model comes from */
  placeOf: (path: Path) => Pick<Finding, 'path' | 'place' | 'via'>;
}>;

/** Puts findings of rules in their places, excuses those with a waiver, and knows at the end which waivers were good for nothing. */
export function judging({ configuration, waivers, rules, today, locate, placeOf }: Surroundings) {
  const findings: JudgedFinding[] = [];

  function placed({ subject, otherSubject, waived, instead, ...finding }: JudgedFinding): Finding {
    const other = otherSubject && placeOf(otherSubject).place;
    return {
      ...finding,
      ...placeOf(subject),
      ...(other && { other }),
      ...(waived && { waived: { ...waived, ...placeAt(waived.path) } }),
      ...(instead && { instead: { ...instead, ...placeAt(instead.path) } }),
    };
  }

  function placeAt(path: Path): Pick<Finding, 'place'> {
    const located = locate(path);
    return located ? { place: located.place } : {};
  }

  return {
    /** what rules found, as it is told */
    told(found: readonly JudgedFinding[]): Finding[] {
      const told = excused(found, waivers, today);
      findings.push(...told);
      return told.map(placed);
    },
    /** what is wrong with waivers. @param judged the ids of the rules that were asked */
    ofWaivers(judged: readonly string[]): Finding[] {
      const known = rules.map(({ id }) => id);
      const wrong = waiverFindings(configuration, waivers, { known, judged, findings, today });
      return wrong.map((finding) => ({ ...finding, ...locate(finding.path) }));
    },
  };
}
