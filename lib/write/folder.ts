import type { Owner } from '../kinds/kind.ts';

/** A document as it is to lie on the disk. */
export type File = Readonly<{
  /** relative to the folder, with `/` */
  path: string;
  /** `null` for what belongs to no target, such as `model.json` */
  target: string | null;
  kind: string;
  owner: Owner;
  text: string;
  /** mode 0755 instead of 0644 */
  executable?: boolean;
}>;

/** Where documents are laid: `out/`, or a checkout that has content of its own. */
export type Folder = Readonly<{
  /** absolute */
  directory: string;
  /** file name of the manifest, in `directory` itself */
  manifest: string;
  /**
   * Nothing but a compile writes here, as in `out/`. Then a seed nobody touched follows the configuration, so that `out/` is
   * the same whether it is compiled anew or over an older one, and files of nobody's are found. In a checkout a controller may
   * have gone back to exactly the seed's tag: there a seed is written once.
   */
  exclusive?: boolean;
  /** The one target whose documents lie here; what the manifest says of another means that this is another's checkout. */
  target?: string;
}>;

/** What made the documents: program → version. */
export type MadeBy = Readonly<Record<string, string>>;

export const journalName = '.platform-journal';
export const lockName = '.platform-lock';
/** A dead run's lock on its way out, see `lock.ts`. */
export const staleLockName = '.platform-lock.stale';

/** Names in the folder itself that no document may have. */
export function reservedNames({ manifest }: Folder): string[] {
  return [manifest, journalName, lockName, staleLockName];
}
