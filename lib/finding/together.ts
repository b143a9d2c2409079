import type { Finding } from './finding.ts';

/**
 * Tells once what one mistake gives in several ways: what a preset, a constant or a helper function says wrong is wrong in each service
 * that uses it, and what a service says wrong is wrong in each environment. Findings are such when they stand at one place and say the
 * same of different names; what the others say is kept in `also`.
 *
 * @param findings in the order of the source
 */
export function together(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const [index, finding] of findings.entries()) {
    const key = finding.place ? sameMistake(finding) : `${index}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map(([first, ...others]) => {
    const also = [...new Set(others.map(({ message }) => message))].filter((message) => message !== first.message);
    return also.length > 0 ? { ...first, also } : first;
  });
}

/** What stands at the place of its parent, because it is missing, is told apart by its own key. */
function sameMistake({ code, place, path, message, expected }: Finding): string {
  return JSON.stringify([code, place, path?.at(-1), nameless(message), expected]);
}

/** A message without its names and numbers, whether they are those of a service, of an environment or of the platform. */
function nameless(message: string): string {
  return message.replace(/`[^`]*`|\d+/g, '*').replace(/(?:[a-z]+ )?\*(?: of [a-z]+ \*)?(?: in \*)?/g, '*');
}
