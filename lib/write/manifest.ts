import type { Finding } from '../finding/finding.ts';
import { isObject } from '../json.ts';
import type { Owner } from '../kinds/kind.ts';
import { isDigest } from './digest.ts';
import type { Disk } from './disk.ts';
import { within } from './disk.ts';
import * as findings from './findings.ts';
import type { Folder, MadeBy } from './folder.ts';
import { badPath } from './paths.ts';
import { survey } from './place.ts';

/** What the compiler remembers of a document it wrote. */
export type ManifestEntry = Readonly<{
  target: string | null;
  path: string;
  kind: string;
  owner: Owner;
  /**
   * `sha256:<hex>` of the text it wrote; of a scaffold and a controller's file, of the seed. `null` in what belongs to no target: it
   * changes with every change, so that its digest would be a conflict in each merge of two.
   */
  digest: string | null;
}>;

/** The manifest as it lies in the folder. */
export type LastManifest = Readonly<{ entries: readonly ManifestEntry[]; bytes: Buffer | null }>;

const version = 1;

/** Prints a manifest: the same text for the same documents, in whatever order they come. */
export function printManifest(entries: readonly ManifestEntry[], madeBy: MadeBy): string {
  const manifest = {
    _generated: 'by the platform compiler from platform.config.ts; it tells whose each document is: do not edit',
    version,
    madeBy: Object.fromEntries(Object.entries(madeBy).sort(([a], [b]) => (a < b ? -1 : 1))),
    documents: entries
      .map(({ target, path, kind, owner, digest }) => ({
        target,
        path,
        kind,
        owner,
        digest: target === null ? null : digest,
      }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * Reads the manifest of the last write; none is an empty one. Anyone may have edited it, so entries with a path that no document
 * could have are found and left out.
 *
 * @param force go on without what cannot be used
 */
export function readManifest(
  disk: Disk,
  folder: Folder,
  force: boolean,
): Readonly<{ value: LastManifest; findings: Finding[] }> {
  const file = folder.manifest;
  const nothing = (finding?: Finding, bytes: Buffer | null = null) => ({
    value: { entries: [], bytes },
    findings: finding ? [finding] : [],
  });

  const spot = survey(disk, folder.directory)(file);
  if (spot.is === 'absent') return nothing();
  if (spot.is === 'folder') return nothing(findings.inTheWay({ path: file, at: file, by: 'folder' }));
  if (spot.is === 'blocked') return nothing(findings.inTheWay({ path: file, ...spot }));

  const bytes = disk.read(within(folder.directory, file));
  const unusable = (problem: string) => nothing(findings.unreadableManifest({ file, problem, force }), bytes);
  const parsed = parseManifest(bytes.toString());
  if ('newer' in parsed) return nothing(findings.newerManifest({ file, version: parsed.newer }), bytes);
  if ('problem' in parsed) return unusable(parsed.problem);

  const found: Finding[] = [];
  const entries: ManifestEntry[] = [];
  for (const entry of parsed.entries) {
    const bad = badPath(entry.path, folder);
    if (bad === undefined) entries.push(entry);
    else found.push(findings.badManifestPath({ file, path: entry.path, bad, force }));
  }
  return { value: { entries, bytes }, findings: found };
}

type Parsed = Readonly<{ entries: ManifestEntry[] } | { problem: string } | { newer: number }>;

function parseManifest(text: string): Parsed {
  if (/^(<{7}|={7}|>{7})/m.test(text)) return { problem: 'it has the marks of a merge conflict' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: 'it is not JSON' };
  }
  if (!isObject(json)) return { problem: 'it is not a manifest' };
  if (typeof json.version === 'number' && json.version > version) return { newer: json.version };
  if (json.version !== version || !Array.isArray(json.documents)) return { problem: 'it is not a manifest' };

  const entries: ManifestEntry[] = [];
  const seen = new Set<string>();
  for (const [index, document] of json.documents.entries()) {
    const entry = parseEntry(document);
    if (!entry) return { problem: `its documents[${index}] is not an entry` };
    if (seen.has(entry.path)) return { problem: `it lists \`${entry.path}\` twice` };
    seen.add(entry.path);
    entries.push(entry);
  }
  return { entries };
}

function parseEntry(value: unknown): ManifestEntry | undefined {
  if (!isObject(value)) return undefined;
  const { target, path, kind, owner, digest } = value;
  if (target !== null && typeof target !== 'string') return undefined;
  if (typeof path !== 'string' || typeof kind !== 'string' || !isOwner(owner)) return undefined;
  if (!isDigest(digest) && !(digest === null && target === null)) return undefined;
  return { target, path, kind, owner, digest };
}

function isOwner(value: unknown): value is Owner {
  return value === 'compiler' || value === 'scaffold' || value === 'controller';
}
