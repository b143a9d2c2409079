import { writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** How many files one process runs. Where a file takes seconds, few: else a core would be idle at the end; these folders are first. */
const FILES_PER_PROCESS: Readonly<Record<string, number>> = { judges: 3, promises: 2 };
const OTHERWISE = 10;

/**
 * Starting a process takes a second, longer than most files' tests, and loads the same modules again: the tests of a folder share one,
 * with those of small folders beside it.
 *
 * @param folder where the modules are written that import the files of one process each
 * @returns these modules, sorted as they are to be run
 */
export function grouped(files: readonly string[], folder: string): string[] {
  const filesOf = (name: string) => files.filter((file) => folderOf(file) === name);
  const processes = Object.entries(FILES_PER_PROCESS).flatMap(([name, most]) => inParts(filesOf(name), most));
  let last: string[] = [];
  for (const name of new Set(files.map(folderOf))) {
    if (Object.hasOwn(FILES_PER_PROCESS, name)) continue;
    const members = filesOf(name);
    if (last.length === 0 || last.length + members.length > OTHERWISE) {
      last = [];
      processes.push(last);
    }
    last.push(...members);
  }
  return processes.map((members, index) => {
    const module = join(folder, `${String(index).padStart(3, '0')}.mjs`);
    writeFileSync(module, members.map((file) => `import '${pathToFileURL(resolve(file))}';\n`).join(''));
    return module;
  });
}

function inParts(files: readonly string[], most: number): string[][] {
  return Array.from({ length: Math.ceil(files.length / most) }, (_, at) => files.slice(at * most, (at + 1) * most));
}

const folderOf = (file: string) => basename(dirname(file));
