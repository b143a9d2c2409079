import { writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where a file takes seconds; those that wait for other programs are first, so that none of them is the last to end. */
const BY_ITSELF = ['judges', 'promises'];

/**
 * Starting a process for a file takes longer than most files' tests, and loads the same modules again: the tests of a folder share one.
 *
 * @param folder where the modules are written that import the files of one process each
 * @returns these modules, sorted as they are to be run
 */
export function grouped(files: readonly string[], folder: string): string[] {
  const groups = new Map(BY_ITSELF.map((name) => [name, [] as string[]]));
  for (const file of files) {
    const name = basename(dirname(file));
    groups.set(name, [...(groups.get(name) ?? []), file]);
  }
  const processes = [...groups].flatMap(([name, members]) =>
    BY_ITSELF.includes(name)
      ? members.map((file) => ({ name: `${name}-${basename(file, '.ts')}`, members: [file] }))
      : [{ name, members }],
  );
  return processes.map(({ name, members }, index) => {
    const module = join(folder, `${String(index).padStart(3, '0')}-${name}.mjs`);
    writeFileSync(module, members.map((file) => `import '${pathToFileURL(resolve(file))}';\n`).join(''));
    return module;
  });
}
