import type { Finding } from '../finding/finding.ts';
import * as findings from './findings.ts';
import { type Folder, reservedNames } from './folder.ts';

/**
 * Why a path cannot be that of a document, in words that follow "it"; `undefined` for a good path. The rules of every system a
 * checkout may lie on hold everywhere: what passes here is a file of the same name, inside of the folder, on all of them.
 */
export function badPath(path: string, folder: Folder): string | undefined {
  if (path === '') return 'is empty';
  if (path.startsWith('/')) return 'is absolute';
  for (const segment of path.split('/')) {
    const bad = badSegment(segment);
    if (bad) return bad;
  }
  const first = foldPath(path.split('/')[0] ?? '');
  const reserved = reservedNames(folder).find((name) => foldPath(name) === first);
  return reserved && `is \`${reserved}\`, which the compiler keeps for itself`;
}

function badSegment(segment: string): string | undefined {
  if (segment === '') return 'has an empty part';
  // C: control characters (NUL among them), invisible ones (bidi marks; what HFS+ ignores), halves of surrogate pairs
  if (/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(segment)) return 'has an invisible character';
  if (Buffer.byteLength(segment) > 255) return `has a part of more than 255 bytes, \`${segment.slice(0, 20)}…\``;
  // as a file system or a tool that normalises would see it: a full-width slash is a slash, a two dot leader is `..`
  const plain = segment.normalize('NFKC');
  if (plain === '.' || plain === '..') return `has a part \`${plain}\``;
  const forbidden = /[\\/<>:"|?*]/.exec(plain)?.[0];
  if (forbidden) return `has a \`${forbidden}\` in a part`;
  if (/[. ]$/.test(plain))
    return `has a part that ends with a ${plain.endsWith('.') ? 'dot' : 'space'}, \`${segment}\``;
  const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$) *(\.|$)/i.exec(plain)?.[1];
  if (device) return `has a part that Windows takes for the device \`${device.toLowerCase()}\``;
  if (/^\.git$|^git~[0-9]$/i.test(plain)) return 'leads into `.git`';
  return undefined;
}

/** Paths that any file system takes for one fold to one text: letter case, unicode normalisation. */
export function foldPath(path: string): string {
  return path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** Finds what keeps paths from lying side by side: bad ones, one of two that fold alike, a file that is another's folder. */
export function checkPaths(paths: readonly string[], folder: Folder): Finding[] {
  const found: Finding[] = [];
  const seen = new Map<string, Readonly<{ spelling: string; isFile: boolean; of: string }>>();
  for (const path of [...paths].sort()) {
    const bad = badPath(path, folder);
    const clash = bad === undefined && clashOf(path, seen);
    if (bad !== undefined) found.push(findings.badPath({ path, bad }));
    else if (clash) found.push(clash);
  }
  return found;
}

function clashOf(
  path: string,
  seen: Map<string, Readonly<{ spelling: string; isFile: boolean; of: string }>>,
): Finding | undefined {
  // from the longest: an equal path is a clearer finding than an equal folder
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const spelling = path.slice(0, end);
    const isFile = end === path.length;
    const key = foldPath(spelling);
    const before = seen.get(key);
    if (!before) seen.set(key, { spelling, isFile, of: path });
    else if (isFile && before.isFile) return findings.samePath({ path, other: before.of });
    else if (isFile !== before.isFile) return findings.fileAndFolder({ path, other: before.of });
    else if (before.spelling !== spelling) return findings.samePath({ path, other: before.of });
    else return undefined; // the folders above were seen with it
  }
  return undefined;
}
