import type { Finding, Path } from '../finding/finding.ts';
import { nearest } from '../finding/nearest.ts';
import { describe, dotted, either, subjectOf } from '../finding/words.ts';
import type { DocumentPlan } from '../kinds/kind.ts';
import type { Problem } from './problems.ts';

/** A finding about a document: the pipeline knows which place of the configuration a path of the model comes from. */
export type VerifiedFinding = Finding &
  Readonly<{
    /** path in the model of what the document is about, or of what was merged over it */
    subject: Path;
    /** it is the key at `subject` that is wrong, and not its value */
    part?: 'key';
    /** path in the model of the other document in a conflict */
    otherSubject?: Path;
  }>;

/** Everything this stage can say, on one screen. `called` is what a person calls the document, such as `Application`. */
type Place = Readonly<{ plan: DocumentPlan; subject: Path; called: string }>;

export function fileOf({ target, path }: DocumentPlan): string {
  return `${target}/${path}`;
}

/** A part of a document, or the document as a whole. */
function partOf(path: Path, called: string): string {
  return path.length === 0 ? called : `\`${dotted(path)}\` of ${called}`;
}

function error(
  code: string,
  { plan, subject }: Place,
  path: Path,
  rest: Omit<Finding, 'code' | 'severity' | 'document'> & Pick<VerifiedFinding, 'part'>,
): VerifiedFinding {
  return { code: `verify/${code}`, severity: 'error', ...rest, document: { file: fileOf(plan), path }, subject };
}

/** What the schema of its kind has against a document. */
export function refused(problem: Problem, found: unknown, place: Place): VerifiedFinding {
  const { path } = problem;
  const { called } = place;
  const at = `\`${dotted(path)}\``;
  switch (problem.kind) {
    case 'unknown-field': {
      const near = nearest(String(path.at(-1)), problem.known);
      const hint = near.length === 0 ? '' : `; nearest: ${near.map((name) => `\`${name}\``).join(', ')}`;
      const known = near.length === 0 && problem.known.length > 0;
      return error('unknown-field', place, path, {
        message: `${called} has no field ${at}${hint}`,
        ...(known && { expected: either([...problem.known].sort()) }),
        part: 'key',
      });
    }
    case 'missing-field':
      return error('missing-field', place, path, { message: `${called} lacks the field ${at}` });
    case 'field-name':
      return error('field-name', place, path, {
        message: `${JSON.stringify(path.at(-1))} cannot be a name in ${partOf(path.slice(0, -1), called)}`,
        expected: problem.expected,
        part: 'key',
      });
    case 'type':
    case 'value':
      return error(problem.kind, place, path, {
        message: `${partOf(path, called)} is ${describe(found)}`,
        expected: problem.expected,
      });
  }
}

/**
 * Inputs of a unit that there is not: nobody would read them.
 *
 * @param environment `undefined`: what environments share
 * @param known the units there
 */
export function unknownUnit({
  subject,
  environment,
  known,
}: {
  subject: Path;
  environment: string | undefined;
  known: readonly string[];
}): VerifiedFinding {
  const name = String(subject.at(-1));
  const near = nearest(name, known);
  const others = known.filter((unit) => !near.includes(unit)).sort();
  return {
    code: 'verify/unknown-unit',
    severity: 'error',
    message: `${subjectOf(subject.slice(0, -1))} has inputs for the unit \`${name}\`, which ${environment === undefined ? 'is not one that environments share' : `\`${environment}\` does not have`}`,
    expected: either([...near, ...others], 12),
    help: near[0] === undefined ? `take \`${name}\` away` : `write \`${near[0]}\`, or take \`${name}\` away`,
    subject,
    part: 'key',
  };
}

export function moreRefused(count: number, place: Place): VerifiedFinding {
  return error('more', place, [], {
    message: `${count} more ${count === 1 ? 'thing is' : 'things are'} wrong with ${place.called}`,
  });
}

/** A text that no file can hold: half of a character, which would be written as another one. */
export function brokenText(path: Path, place: Place): VerifiedFinding {
  return error('text', place, path, {
    message: `${partOf(path, place.called)} holds half of a character`,
    expected: 'whole characters: a surrogate only beside its other half',
  });
}

export function tooDeep(path: Path, most: number, place: Place): VerifiedFinding {
  return error('depth', place, path, {
    message: `${place.called} is nested more than ${most} levels deep`,
    why: 'what reads it may give up, or crash',
  });
}

/** Text that Terraform's language would evaluate. */
export function interpolated(path: Path, found: string, place: Place): VerifiedFinding {
  return error('interpolation', place, path, {
    message: `${partOf(path, place.called)} holds \`${found}\``,
    expected: 'a text without `${` and `%{`',
    why: 'Terraform and Terragrunt take what follows for code',
  });
}

export function tooLong(
  { path, bytes, most }: { path: Path; bytes: number; most: number },
  place: Place,
): VerifiedFinding {
  return error('size', place, path, {
    message: `${partOf(path, place.called)} is ${bytes} bytes long`,
    expected: `fewer than ${most} bytes`,
    why: 'Terragrunt hands an input to Terraform in one environment variable, and Linux takes no longer one',
  });
}
