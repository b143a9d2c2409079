import { createHash } from 'node:crypto';
import type { Finding } from '../finding.ts';

/**
 * What makes a finding the same one tomorrow: its code, what it is about in the configuration and among the documents, and the
 * names in its message. Neither lines nor wording nor the value that is wrong: who moves a line or tries another wrong number has
 * the old finding.
 *
 * @returns one for each finding, none twice: `<hex>:<n>`, where `n` counts findings that are otherwise alike
 */
export function fingerprints(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const digest = digestOf(finding);
    const count = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, count);
    return `${digest}:${count}`;
  });
}

function digestOf({ code, path, document, message }: Finding): string {
  const names = [...message.matchAll(/`([^`]*)`/g)].map(([, name]) => name);
  const identity = JSON.stringify([code, path ?? null, document?.file ?? null, document?.path ?? null, names]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}
