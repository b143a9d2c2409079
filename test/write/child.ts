import { nodeDisk } from '../../lib/write/disk.ts';
import type { File } from '../../lib/write/folder.ts';
import { nodeHost, planWrite } from '../../lib/write/plan.ts';
import { write } from '../../lib/write/write.ts';

/**
 * A process that writes, and sends itself a signal before the nth operation of a name. Prints the codes of what was found.
 *
 * Arguments: `{ folder, files, signal, operation, nth }` as JSON
 */
const { folder, files, signal, operation, nth } = JSON.parse(process.argv[2] ?? '');

let count = 0;
const disk = Object.fromEntries(
  Object.entries(nodeDisk).map(([name, operate]) => [
    name,
    (...args: never[]) => {
      if (name === operation && count++ === nth) process.kill(process.pid, signal);
      return (operate as (...args: never[]) => unknown)(...args);
    },
  ]),
) as unknown as typeof nodeDisk;

const plan = await planWrite(folder, files as File[], { madeBy: { compiler: '1.0.0' }, host: { ...nodeHost, disk } });
const outcome = await write(plan.value);
process.stdout.write(outcome.findings.map(({ code }) => code).join(' '));
