import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kept } from '../verify/acceptance.ts';

/** Beside the bundle that `start.mjs` keeps, which is run as well: `npm ci` takes both away. */
export const kept = keptIn(fileURLToPath(new URL('../../node_modules/.cache/platform-compiler', import.meta.url)));

/** @param folder absolute; made when something is kept */
export function keptIn(folder: string): Kept {
  return {
    read(name) {
      try {
        return readFileSync(join(folder, name), 'utf8');
      } catch {
        return undefined;
      }
    },
    keep(name, code) {
      const file = join(folder, name);
      try {
        mkdirSync(folder, { recursive: true });
        // Whole or not at all: others may run at the same moment.
        writeFileSync(`${file}.${process.pid}`, code);
        renameSync(`${file}.${process.pid}`, file);
      } catch {
        // The next time is no faster, then.
      }
    },
  };
}
