import { type FSWatcher, watch as watchFolder } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { COMMON_HELP, type Command, DONE, readArguments, sourceOf, WrongCall } from './command.ts';
import { compileOnce } from './compile.ts';
import { readFormats } from './reports.ts';

const HELP = `npm run watch -- [--only <name>] [--force] [--format <name>[=<file>]]

Compiles, and compiles again whenever the configuration or a file that it imports is saved. Ctrl-C ends it.

  --force           overwrite files of the compiler's that were edited by hand
${COMMON_HELP}`;

/** Editors write a file in several steps: wait until they are through. */
const SETTLED_MILLISECONDS = 40;

export const watch: Command = {
  async run(args, terminal) {
    const { values } = readArguments(args, { force: { type: 'boolean' } });
    if (values.help) {
      terminal.out(HELP);
      return DONE;
    }
    const source = sourceOf(values, terminal);
    const reporter = await readFormats(values, source, terminal);
    const options = { force: values.force ?? false, only: values.only, judging: values, reporter };
    /** folder → its watcher: editors replace files, so a file's own watcher would go with it */
    const watchers = new Map<string, FSWatcher>();
    let watched = new Set<string>();
    let wake = () => {};
    let ended = false;
    let changed = false;
    let isFirst = true;
    const follow = (files: Iterable<string>) => {
      // A configuration that cannot be read has no imports that we know of: keep to those of before.
      watched = new Set([...watched, source.entry, ...files].map((file) => resolve(source.root, file)));
      for (const folder of new Set([...watched].map((file) => dirname(file)))) {
        if (watchers.has(folder)) continue;
        watchers.set(
          folder,
          watchFolder(folder, (_, name) => {
            if (name === null || !watched.has(resolve(folder, name))) return;
            changed = true;
            wake();
          }),
        );
      }
    };
    const end = () => {
      ended = true;
      wake();
    };
    process.once('SIGINT', end).once('SIGTERM', end);
    try {
      follow([]);
      while (!ended) {
        changed = false;
        await compileOnce(source, options, terminal, ({ files }) => follow(files.keys())).catch((error) => {
          // What --only names was there when the watch began: it may come back.
          if (!(error instanceof WrongCall) || isFirst) throw error;
          terminal.error(`${error.message}\n`);
        });
        isFirst = false;
        if (reporter.isForPeople) terminal.error('watching …\n');
        while (!ended && !changed)
          await new Promise<void>((resume) => {
            wake = resume;
          });
        if (!ended) await new Promise((resume) => setTimeout(resume, SETTLED_MILLISECONDS));
      }
      return DONE;
    } finally {
      process.removeListener('SIGINT', end).removeListener('SIGTERM', end);
      for (const watcher of watchers.values()) watcher.close();
    }
  },
};
