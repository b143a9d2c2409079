import type { Finding, Path } from '../finding/finding.ts';
import { nearest } from '../finding/nearest.ts';
import { dotted, either } from '../finding/words.ts';
import type { Waiver } from './waivers.ts';

/** A finding about the configuration itself, at a path of it. */
export type Unplaced = Finding & Readonly<{ path: Path }>;

export function unknownRule(id: string, path: Path, known: readonly string[]): Unplaced {
  const near = nearest(id, known);
  return {
    code: 'waivers/unknown-rule',
    severity: 'error',
    message: `there is no rule \`${id}\``,
    expected: near.length > 0 ? either(near, 4) : 'a rule that `npm run rules` lists',
    help: near[0] === undefined ? 'name one that there is, or take this away' : `did you mean \`${near[0]}\`?`,
    path,
  };
}

export function waiverExpired({ rule, until, owner, path }: Waiver, today: string): Unplaced {
  return {
    code: 'waivers/expired',
    severity: 'warning',
    message: `the waiver of \`${rule}\` ended on ${until}, and it is ${today}: it excuses nothing any more`,
    help: `mend what it excused; or let ${owner} look at it again, and write a later day`,
    path: [...path, 'until'],
  };
}

export function unusedWaiver({ rule, path }: Waiver): Unplaced {
  return {
    code: 'waivers/unused',
    severity: 'warning',
    message: `the waiver of \`${rule}\` excuses nothing: the rule finds nothing in the part that it stands in`,
    why: 'it would excuse, unseen, what comes later',
    help: 'take it away; or put it beside what it excuses',
    path,
  };
}

export function tooWide({ rule, path }: Waiver, narrower: Path): Unplaced {
  return {
    code: 'waivers/too-wide',
    severity: 'warning',
    message: `the waiver of \`${rule}\` covers more than it excuses: all of that is in \`${dotted(narrower)}\``,
    why: 'it would excuse, unseen, what comes later beside that',
    help: `put it into \`${dotted(narrower)}\``,
    path,
  };
}

export function undated(path: Path): Unplaced {
  return {
    code: 'waivers/undated',
    severity: 'notice',
    message: 'nobody knows what day it is, so no waiver has expired: there is no commit to take it from',
    help: 'give the day: `--today 2027-01-31`',
    path,
  };
}
