import type { Path, Severity } from '../finding/finding.ts';
import type { JudgedFinding } from './judge.ts';
import type { Rule } from './lock.ts';

/** What a rule says of what it was given. Paths are those of its input. */
export type Verdict = Readonly<{ path: Path; message: string; other?: Path }>;

/** What a rule found, with the reason and the remedy of its metadata. @param severity what the configuration says instead */
export function ruleBroken(rule: Rule, { path, message, other }: Verdict, severity?: Severity): JudgedFinding {
  const changed = severity !== undefined && severity !== rule.severity;
  return {
    code: rule.id,
    severity: severity ?? rule.severity,
    message,
    why: rule.description,
    help: rule.remedy,
    subject: path,
    ...(other && { otherSubject: other }),
    ...(changed && { instead: { severity: rule.severity, path: ['rules', 'severity', rule.id] } }),
  };
}

/** The rules are not those that were built; none of them is evaluated. */
export function stalePolicies(reason: string): JudgedFinding {
  return {
    code: 'judge/policies-stale',
    severity: 'error',
    message: `policies were changed and not built: ${reason}`,
    expected: '`policies/policies.wasm` and `policies/policies.lock.json` as built from the rules beside them',
    why: 'a platform is never written without its rules',
    help: 'run `npm run policies`',
    subject: [],
  };
}
