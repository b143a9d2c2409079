import { readFileSync } from 'node:fs';

/** An action as workflows may use it: one commit, and what it takes there. */
export type Action = Readonly<{
  /** the release that the commit is, as tagged */
  version: string;
  /** 40 hex digits; tags can be moved */
  commit: string;
  /** names of its inputs, read from `action.yml` at that commit */
  inputs: readonly string[];
}>;

/** By `owner/name`. The one place where versions of actions stand: `document.libsonnet` imports the same file. */
export const actions = JSON.parse(readFileSync(new URL('./actions.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Action>
>;

/** What stands behind `uses:`. */
export function reference(name: string, { commit }: Action): string {
  return `${name}@${commit}`;
}
