import { type Finding, hasErrors } from '../finding/finding.ts';
import type { Output } from '../pipeline.ts';
import type { Step } from '../write/compare.ts';
import { planWrite } from '../write/plan.ts';
import { changesIn, madeBy, outFolder } from './compile.ts';

/** What makes `out/` another thing than the configuration says; nothing is written. */
export async function staleness(
  out: string,
  outputs: readonly Output[],
  only?: (file: { target: string | null; path: string }) => boolean,
): Promise<Finding[]> {
  const { value, findings } = await planWrite(outFolder(out), outputs, { madeBy, ...(only && { only }) });
  const stale = changesIn(value.steps).map(staleDocument);
  const isManifestStale = stale.length === 0 && !value.isFresh && !hasErrors(findings);
  return [...findings, ...stale, ...(isManifestStale ? [staleManifest] : [])];
}

const WHAT: Readonly<Record<string, string>> = {
  create: 'is missing',
  update: 'is not what the configuration says',
  delete: 'is a document that the configuration no longer makes',
};

function staleDocument({ action, path }: Pick<Step, 'action' | 'path'>): Finding {
  return {
    code: 'check/stale',
    severity: 'error',
    message: `\`${path}\` ${WHAT[action]}`,
    help: 'run `npm run compile` and commit what it writes',
    document: { file: path },
  };
}

/** No document differs, so what made them or whose they are does. */
const staleManifest = staleDocument({ action: 'update', path: 'manifest.json' });
