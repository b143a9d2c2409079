import * as fs from 'node:fs';
import * as path from 'node:path';

/** What stands at a path, links not followed. */
export type Standing = Readonly<{
  type: 'file' | 'folder' | 'symlink' | 'special';
  /** whether its owner may run it */
  executable: boolean;
  inode: number;
  /** number of the file system */
  device: number;
}>;

/**
 * All that this stage asks of a file system, so that tests can let any single operation fail. Paths are absolute. Errors are
 * Node's own (`code`, `path`). Synchronous, as it is several times as fast and no signal handler runs in between; only `sync`
 * waits, as that is where time goes and where the disk takes several at once.
 */
export type Disk = Readonly<{
  look(path: string): Standing | undefined;
  realpath(path: string): string;
  /** Throws unless entries of this folder may be added and removed. */
  demandWritable(folder: string): void;
  list(folder: string): string[];
  /** Throws for anything but a regular file, a symlink to one included. */
  read(path: string): Buffer;
  /** Throws `EEXIST` if anything stands there, a dangling symlink included. */
  create(path: string, bytes: Buffer, mode: number): void;
  createFolder(path: string, mode: number): void;
  /** Replaces a file or a symlink (not what it points at). */
  move(from: string, to: string): void;
  remove(path: string): void;
  /** @returns whether it was empty, hence removed */
  removeFolder(path: string): boolean;
  /** Waits until files and folders would survive a power cut. */
  sync(paths: readonly string[]): Promise<void>;
}>;

export const nodeDisk: Disk = {
  look(path) {
    const stats = absentAs(undefined, () => fs.lstatSync(path));
    if (!stats) return undefined;
    const { ino: inode, dev: device } = stats;
    const executable = (stats.mode & 0o100) !== 0;
    const types = { file: stats.isFile(), folder: stats.isDirectory(), symlink: stats.isSymbolicLink() };
    const type = (['file', 'folder', 'symlink'] as const).find((type) => types[type]) ?? 'special';
    return { type, executable, inode, device };
  },
  realpath: (path) => fs.realpathSync.native(path),
  demandWritable: (folder) => fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK),
  list: (folder) => fs.readdirSync(folder).sort(),
  read(path) {
    // without O_NONBLOCK, opening a fifo waits for its writer
    const fd = fs.openSync(path, fs.constants.O_RDONLY | noFollow | (fs.constants.O_NONBLOCK ?? 0));
    try {
      if (!fs.fstatSync(fd).isFile()) throw Object.assign(new Error(`not a file: ${path}`), { code: 'EFTYPE', path });
      return fs.readFileSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  },
  create(path, bytes, mode) {
    const fd = fs.openSync(path, fs.constants.O_WRONLY | fs.constants.O_CREAT | fs.constants.O_EXCL | noFollow, mode);
    try {
      fs.writeFileSync(fd, bytes);
      // the umask took its share of the mode above
      fs.fchmodSync(fd, mode);
    } catch (error) {
      fs.unlinkSync(path);
      throw Object.assign(error as Error, { path });
    } finally {
      fs.closeSync(fd);
    }
  },
  createFolder(path, mode) {
    fs.mkdirSync(path, mode);
    fs.chmodSync(path, mode);
  },
  move: (from, to) => fs.renameSync(from, to),
  remove: (path) => fs.unlinkSync(path),
  removeFolder(path) {
    try {
      fs.rmdirSync(path);
      return true;
    } catch (error) {
      if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) return false;
      throw error;
    }
  },
  async sync(paths) {
    const queue = paths.values();
    const worker = async () => {
      for (const path of queue) await syncOne(path);
    };
    await Promise.all(Array.from({ length: 32 }, worker));
  },
};

const noFollow = fs.constants.O_NOFOLLOW ?? 0; // Windows has none

async function syncOne(path: string): Promise<void> {
  try {
    const handle = await fs.promises.open(path, fs.constants.O_RDONLY | noFollow);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Windows cannot open folders, and wants a handle that may write; some network file systems know no fsync of folders
    if (!['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** The `code` of a file system's error; `undefined` for any other error, which is a fault of ours. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

/** Does it, or gives `otherwise` if what it is about does not exist. */
export function absentAs<Value, Otherwise>(otherwise: Otherwise, act: () => Value): Value | Otherwise {
  try {
    return act();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return otherwise;
    throw error;
  }
}

/** An absolute path out of a folder and a checked path relative to it. */
export function within(directory: string, relative: string): string {
  return relative === '' ? directory : path.join(directory, ...relative.split('/'));
}

/** The folder a relative path lies in: `a/b` → `a`, `a` → `` (the folder itself). */
export function parentOf(relative: string): string {
  return relative.slice(0, Math.max(0, relative.lastIndexOf('/')));
}
