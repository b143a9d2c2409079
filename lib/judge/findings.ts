import type { Path, Severity } from '../finding/finding.ts';
import type { JudgedFinding } from './judge.ts';
import type { Rule } from './lock.ts';

/** What a rule says of the model. Paths are the model's. */
export type Verdict = Readonly<{ path: Path; message: string; other?: Path }>;

/** What a rule found, with the reason and the remedy of its metadata. */
export function ruleBroken(rule: Rule, { path, message, other }: Verdict): JudgedFinding {
  return {
    code: rule.id,
    severity: rule.severity satisfies Severity,
    message,
    why: rule.description,
    help: rule.remedy,
    subject: path,
    ...(other && { otherSubject: other }),
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
