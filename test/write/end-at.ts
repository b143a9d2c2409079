import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Loaded into a real command before anything else: ends it at a chosen call of the file system, or notes all calls that change one.
 *
 * Environment: `END_AT`, JSON of `{ folders, call, nth, log }`. `folders` are absolute: calls outside of them do not count. The process
 * kills itself right before the `nth` call (from 0) of the name `call`. `log`: a file to which every call is appended instead.
 */
const { folders, call, nth, log } = JSON.parse(process.env.END_AT ?? '{}') as {
  folders: string[];
  call?: string;
  nth?: number;
  log?: string;
};

const append = fs.appendFileSync;
const open = new Set<number>();
const isInside = (where: unknown) =>
  typeof where === 'string' && folders.some((folder) => where === folder || where.startsWith(`${folder}/`));

let count = 0;
function reach(name: string): void {
  if (log !== undefined) append(log, `${name}\n`);
  else if (name === call && count++ === nth) process.kill(process.pid, 'SIGKILL');
}

type Call = (...args: unknown[]) => unknown;
const functions = fs as unknown as Record<string, Call>;

/** @param isOurs of the first argument: a path, or the number of an open file */
function watch(owner: Record<string, Call>, name: string, isOurs: (first: unknown) => boolean, shown = name): void {
  const original = owner[name];
  if (!original) throw new Error(`node:fs has no ${name}`);
  owner[name] = (...args) => {
    if (isOurs(args[0])) reach(shown);
    const result = original(...args);
    if (name === 'openSync' && isInside(args[0])) open.add(result as number);
    if (name === 'closeSync') open.delete(args[0] as number);
    return result;
  };
}

const isOpen = (first: unknown) => open.has(first as number);
for (const name of ['openSync', 'mkdirSync', 'chmodSync', 'renameSync', 'unlinkSync', 'rmdirSync'])
  watch(functions, name, isInside);
for (const name of ['writeFileSync', 'fchmodSync', 'closeSync']) watch(functions, name, isOpen);
watch(fs.promises as unknown as Record<string, Call>, 'open', isInside, 'sync');
syncBuiltinESMExports();
