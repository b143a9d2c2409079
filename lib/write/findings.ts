import type { Finding } from '../finding/finding.ts';
import { lockName } from './folder.ts';
import type { LineDifference } from './line-difference.ts';

/** Everything this stage can say, on one screen. `document.file` is relative to the folder written into. */

const error = (code: string, file: string, rest: Omit<Finding, 'code' | 'severity' | 'document'>): Finding => ({
  code: `write/${code}`,
  severity: 'error',
  ...rest,
  document: { file },
});

const toConfiguration = 'move the change to platform.config.ts';

// paths

export const badPath = ({ path, bad }: { path: string; bad: string }) =>
  error('path', path, {
    message: `a document cannot lie at \`${path}\`: it ${bad}`,
    expected: 'a relative path of plain names, good on Linux, macOS and Windows',
    help: 'rename what the document is named after',
  });

export const samePath = ({ path, other }: { path: string; other: string }) =>
  error('same-path', path, {
    message:
      path === other
        ? `two documents lie at \`${path}\``
        : `\`${other}\` and \`${path}\` differ by letter case or unicode form only`,
    expected: 'paths that stay two on macOS and Windows as well',
    help: 'rename what one of the documents is named after',
  });

export const fileAndFolder = ({ path, other }: { path: string; other: string }) =>
  error('file-and-folder', path, {
    message: `\`${path}\` needs a folder where the document \`${other}\` is a file`,
    help: 'rename what one of the documents is named after',
  });

export const inTheWay = ({ path, at, by }: { path: string; at: string; by: string }) => {
  const what = by === 'special' ? 'special file (a pipe, a socket, a device)' : by;
  const where = at === '' ? 'the folder itself' : `\`${at}\``;
  return error('in-the-way', path, {
    message:
      at === path
        ? `a ${what} stands where \`${path}\` belongs`
        : `a ${what} stands at ${where}, on the way to \`${path}\``,
    expected: at === path ? 'a plain file, or nothing' : 'a folder, or nothing',
    ...(by === 'symlink' && { why: 'links are never followed: what they lead to may lie outside of the folder' }),
    help: `move ${at === '' ? 'it' : where} away, then run again`,
  });
};

export const otherFileSystem = ({ path, at }: { path: string; at: string }) =>
  error('other-file-system', path, {
    message: `\`${at}\` is on another file system than the folder it is in`,
    why: 'files cannot be moved there in one step, so an interrupted write could leave half of one',
    help: `unmount \`${at}\`, or write into a folder that is on one file system`,
  });

// what is on the disk already

/** @param line the first line that differs, from 1: what stands there and what the compiler would write; `undefined`: no line at all */
export const handEdit = ({ path, line, is, made }: { path: string } & LineDifference): Finding => ({
  ...error('hand-edit', path, {
    message: `\`${path}\` was edited by hand: ${is === undefined ? 'it ends before' : `\`${short(is)}\` stands in`} line ${line}`,
    expected: made === undefined ? 'the end of the file' : `\`${short(made)}\`, as the compiler would write it`,
    help: `run with --force to overwrite it, or ${toConfiguration}`,
  }),
  document: { file: path, line },
});

const short = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text.trim());

export const wasScaffold = ({ path }: { path: string }) =>
  error('was-scaffold', path, {
    message: `\`${path}\` was a person’s to change and was changed; from now on the compiler writes it`,
    expected: 'the text it was made with, or no file',
    help: `${toConfiguration.replace('the change', 'what is still needed')}, delete the file, then run again`,
  });

export const notOurs = ({ path }: { path: string }) =>
  error('not-ours', path, {
    message: `\`${path}\` exists, is not in the manifest, and differs from what the compiler would write`,
    expected: 'no file there, or one the compiler wrote',
    help: 'run with --force to overwrite it, or move it away',
  });

export const otherTarget = ({ file, target, found }: { file: string; target: string; found: string }) =>
  error('other-target', file, {
    message: `documents of \`${found}\` were laid here, and now those of \`${target}\` would be`,
    expected: `a checkout of \`${target}\``,
    help: 'name the right checkout; delete the manifest if the repository changed its purpose',
  });

export const editedObsolete = ({ path }: { path: string }) =>
  error('edited-obsolete', path, {
    message: `\`${path}\` is no longer a document, but was edited by hand since the compiler wrote it`,
    expected: 'the text of the last compile, to be deleted with it',
    help: `run with --force to delete it, or ${toConfiguration} and delete it`,
  });

export const orphanScaffold = ({ path }: { path: string }): Finding => ({
  ...error('orphan-scaffold', path, {
    message: `\`${path}\` is no longer a document, but a person edited it: it is kept, and no longer the compiler’s concern`,
    help: 'delete it if nobody needs it',
  }),
  severity: 'warning',
});

export const stray = ({ path }: { path: string }): Finding => ({
  ...error('stray', path, {
    message: `\`${path}\` is no document of this platform`,
    why: 'the folder is the compiler’s alone: what no compile wrote, no compile keeps up to date',
    help: 'delete it (`git clean -n` lists what a change that was taken back left), or move it to where it belongs',
  }),
  severity: 'warning',
});

// the manifest

export const unreadableManifest = ({ file, problem, force }: { file: string; problem: string; force: boolean }) => ({
  ...error('manifest', file, {
    message: `\`${file}\` cannot be used: ${problem}`,
    why: 'without it nobody knows which files the compiler wrote and may overwrite or delete',
    ...(force
      ? { help: 'it is rebuilt; delete files of former documents by hand' }
      : { help: `restore \`${file}\` from git, or run with --force to overwrite the documents and rebuild it` }),
  }),
  ...(force && { severity: 'warning' as const }),
});

export const newerManifest = ({ file, version }: { file: string; version: number }) =>
  error('newer-manifest', file, {
    message: `\`${file}\` has version ${version}: a newer compiler wrote it`,
    expected: 'version 1',
    help: 'run the compiler that wrote it, or a newer one',
  });

export const badManifestPath = ({ file, path, bad, force }: BadManifestPath): Finding => ({
  ...error('manifest-path', file, {
    message: `\`${file}\` lists \`${path}\`, which no compiler wrote: it ${bad}`,
    why: 'files that the manifest lists may be deleted, so a path that leads elsewhere is an attack or a fault',
    help: force ? 'the entry is dropped' : `restore \`${file}\` from git, or run with --force to drop the entry`,
  }),
  ...(force && { severity: 'warning' as const }),
});
type BadManifestPath = { file: string; path: string; bad: string; force: boolean };

// other runs, and runs that ended early

export const busy = ({ pid, isHere }: { pid: number; isHere: boolean }) =>
  error('busy', lockName, {
    message: isHere
      ? `another run writes into this folder: process ${pid} holds \`${lockName}\``
      : `\`${lockName}\` is held by process ${pid} of another machine or container`,
    expected: 'one run at a time',
    help: isHere
      ? 'wait until it ends, then run again'
      : `run again when it has ended; if it has, and the file is still there, delete \`${lockName}\``,
  });

export const unsteady = ({ file }: { file: string }) =>
  error('busy', file, {
    message: `\`${file}\` keeps changing while it is read: another run writes into this folder`,
    help: 'wait until it ends, then run again',
  });

export const interrupted = ({ file }: { file: string }): Finding => ({
  ...error('interrupted', file, {
    message: 'the last write into this folder was interrupted: some documents are new and some are old',
    help: 'run compile or deliver again: it completes that write first',
  }),
  severity: 'warning',
});

export const recovered = ({ file, count }: { file: string; count: number }): Finding => ({
  ...error('recovered', file, {
    message: `the last write had been interrupted and was completed first, ${count} ${count === 1 ? 'file' : 'files'}`,
  }),
  severity: 'notice',
});

export const badJournal = ({ file, problem, force }: { file: string; problem: string; force: boolean }): Finding => ({
  ...error('journal', file, {
    message: `an interrupted write left \`${file}\`, which cannot be used: ${problem}`,
    help: force
      ? 'it is thrown away, and what it would have written is written anew'
      : 'restore documents and manifest from git, delete it, and run again; or run with --force to throw it away',
  }),
  ...(force && { severity: 'warning' as const }),
});

export const editedSince = ({ path }: { path: string }) =>
  error('edited-since', path, {
    message: `\`${path}\` was changed after a write was interrupted, which is to be completed now`,
    expected: 'the text from before that write, or from after it',
    help: 'save the change elsewhere and restore the file from git, or run with --force to overwrite it',
  });

export const changedMeanwhile = ({ path }: { path: string }) =>
  error('changed-meanwhile', path, {
    message: `\`${path}\` was changed while the documents were about to be written: nothing was written`,
    help: 'run again',
  });

export const stopped = ({ signal }: { signal: string }) =>
  error('stopped', '.', {
    message: `stopped by ${signal} before anything was written`,
    help: 'run again',
  });

/** What a file system refused. */
export const failed = ({ code, path, progress }: Failed) => {
  const problems: Record<string, [string, string, string]> = {
    ENOSPC: ['full', 'the disk is full', 'free some space'],
    EDQUOT: ['full', 'the disk quota is used up', 'free some space'],
    EACCES: ['denied', 'permission denied', 'let the user who runs this write there'],
    EPERM: ['denied', 'permission denied', 'let the user who runs this write there'],
    EROFS: ['denied', 'the file system is read-only', 'mount it for writing'],
    ENOENT: ['missing', 'there is no such file or folder', 'see what removed it'],
  };
  const known = Object.hasOwn(problems, code) ? problems[code] : undefined;
  const [name, problem, help] = known ?? ['io', `the file system answered ${code}`, 'see what is wrong with the disk'];
  const states = {
    untouched: 'nothing was written',
    half: 'some documents are written, some are not yet',
    done: 'all documents are written',
  };
  return error(name, path, {
    message: `cannot use \`${path}\`: ${problem}; ${states[progress]}`,
    help: `${help}, then run again${progress === 'half' ? ': it completes this write first' : ''}`,
  });
};
type Failed = { code: string; path: string; progress: 'untouched' | 'half' | 'done' };
