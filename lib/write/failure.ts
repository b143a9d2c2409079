import * as path from 'node:path';
import type { Finding } from '../finding/finding.ts';
import { codeOf } from './disk.ts';
import * as findings from './findings.ts';
import type { Folder } from './folder.ts';

/**
 * Turns what a file system refused into a finding; any other error is a fault of ours and thrown on.
 *
 * @param progress `half`: some documents are written, and a journal tells of the others
 */
export function failure(
  error: unknown,
  { directory }: Folder,
  progress: 'untouched' | 'half' | 'done' = 'untouched',
): Finding {
  const code = codeOf(error);
  if (code === undefined) throw error;
  const { path: absolute, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const at = path.relative(directory, dest ?? absolute ?? directory).replaceAll(path.sep, '/');
  return findings.failed({ code, path: at === '' || at.startsWith('..') ? '.' : at, progress });
}
