import type { Finding } from '../finding/finding.ts';
import { type Disk, parentOf, within } from './disk.ts';
import * as findings from './findings.ts';
import type { Folder } from './folder.ts';

/** What stands at a relative path. */
export type Spot =
  | Readonly<{ is: 'absent' }>
  | Readonly<{ is: 'folder' }>
  | Readonly<{ is: 'file'; executable: boolean }>
  /** neither a file nor to be followed; `at` is the path or a part of it that should be a folder */
  | Readonly<{ is: 'blocked'; at: string; by: 'symlink' | 'special' | 'file' }>;

/**
 * Looks at paths in a folder, each part of them on its own so that no link is followed. What a folder on the way is, is asked
 * once per surveyor: make one for each pass.
 */
export function survey(disk: Disk, directory: string): (path: string) => Spot {
  const folders = new Map<string, Spot>();
  const at = (path: string): Spot => {
    if (path !== '') {
      const parent = parentOf(path);
      const above = folders.get(parent) ?? at(parent);
      folders.set(parent, above);
      if (above.is === 'file') return { is: 'blocked', at: parent, by: 'file' };
      if (above.is !== 'folder') return above;
    }
    const standing = disk.look(within(directory, path));
    if (!standing) return { is: 'absent' };
    if (standing.type === 'file') return { is: 'file', executable: standing.executable };
    if (standing.type === 'folder') return { is: 'folder' };
    return { is: 'blocked', at: path, by: standing.type };
  };
  return at;
}

/** Whether a folder holds, at any depth, no files but such of which it is known that they are to go. */
export function holdsOnly(disk: Disk, directory: string, folder: string, doomed: ReadonlySet<string>): boolean {
  return disk.list(within(directory, folder)).every((name) => {
    const path = `${folder}/${name}`;
    const type = disk.look(within(directory, path))?.type;
    if (type === 'folder') return holdsOnly(disk, directory, path, doomed);
    return type === undefined || (type === 'file' && doomed.has(path));
  });
}

/** Finds whether the folder itself is a link or no folder. What is above it is the person's own and may be anything. */
export function checkRoot(disk: Disk, { directory, manifest }: Folder): Finding | undefined {
  const by = disk.look(directory)?.type ?? 'folder';
  return by === 'folder' ? undefined : findings.inTheWay({ path: manifest, at: '', by });
}
