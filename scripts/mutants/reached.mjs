// Loaded into every process of a test: writes down at its end which mutants were reached, for `REACHED`, a folder.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, threadId } from 'node:worker_threads';

process.on('exit', () => {
  const reached = Object.keys(globalThis.__stryker__?.mutantCoverage?.static ?? {});
  const name = `${process.pid}-${isMainThread ? 0 : threadId}.json`;
  if (reached.length > 0) writeFileSync(join(process.env.REACHED, name), JSON.stringify(reached));
});
