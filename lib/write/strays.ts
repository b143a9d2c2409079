import type { Finding } from '../finding/finding.ts';
import { type Disk, within } from './disk.ts';
import * as findings from './findings.ts';
import { type Folder, reservedNames } from './folder.ts';

/** Finds what no compile wrote, in a folder that is the compiler's alone. Dot files of the folder itself are git's and editors'. */
export function findStrays(disk: Disk, folder: Folder, known: ReadonlySet<string>): Finding[] {
  const found: Finding[] = [];
  const visit = (parent: string): void => {
    for (const name of disk.list(within(folder.directory, parent))) {
      const path = parent === '' ? name : `${parent}/${name}`;
      if (parent === '' && (name.startsWith('.') || reservedNames(folder).includes(name))) continue;
      if (known.has(path)) continue;
      if (disk.look(within(folder.directory, path))?.type === 'folder') visit(path);
      else found.push(findings.stray({ path }));
    }
  };
  if (disk.look(folder.directory)) visit('');
  return found;
}
