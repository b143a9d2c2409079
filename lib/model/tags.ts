/**
 * A branch as it stands in an image tag: the very rule that the generated workflows carry out in bash. A tag takes letters, digits,
 * `_`, `.` and `-`, and begins with none of the last two.
 */
export function branchInTag(branch: string): string {
  return branch.replace(/[^A-Za-z0-9_.-]/g, '-').replace(/^[.-]+/, '');
}

/**
 * Every tag that a workflow makes of this branch, as an anchored regular expression for JavaScript and RE2.
 *
 * The run number is the last run of digits before a suffix that is one word (the vocabulary sees to that), so a tag can be read in
 * one way only: patterns of two environments take a common tag only when branch and suffix are the same.
 */
export function tagPattern(branch: string, suffix: string): string {
  return `^${branchInTag(branch).replaceAll('.', '\\.')}-[0-9]+${suffix}$`;
}

/** @see distribution/reference: characters of a tag */
const LONGEST_TAG = 128;
/** GitHub counts the runs of a workflow in 32 bits. */
const LONGEST_RUN_NUMBER = 10;

/** How many characters a branch may have in tags with this suffix: of a longer one workflows cut the end, and no pattern takes the tag. */
export function longestBranch(suffix: string): number {
  return LONGEST_TAG - LONGEST_RUN_NUMBER - '-'.length - suffix.length;
}

/** What an image starts with before the first build: older than every build. */
export function firstTag(branch: string, suffix: string): string {
  return `${branchInTag(branch)}-0${suffix}`;
}
