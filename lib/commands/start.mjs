// @ts-check
// Starts a command: `node lib/commands/start.mjs compile`. JavaScript, since Node 20 reads no types. Reading some hundred files of
// TypeScript by themselves would take half of a small compile, so they are bundled into one, once for each state of the compiler, and
// the bundle is kept in `node_modules/.cache`: `npm ci` takes it away, as it takes away all else that is run and not in git.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, 'node_modules/.cache/platform-compiler');

/** How many bundles stay, of one checkout as it changes or of several that share `node_modules`. */
const KEPT = 4;

/** What the bundle reads beside it while it runs. */
const LOCATION = 'PLATFORM_COMPILER_ROOT';

Object.assign(globalThis, { [LOCATION]: pathToFileURL(root).href });
process.setSourceMapsEnabled(true);
await import(await program());

/** @returns the URL of what is to be run */
async function program() {
  const bundle = join(cache, `${digestOfCompiler()}.mjs`);
  if (existsSync(bundle)) return pathToFileURL(bundle).href;
  const files = await build(bundle);
  try {
    keep(files);
  } catch {
    // Nowhere to keep it, such as in a container that may only be read: slower, and the same.
    const { register } = await import('tsx/esm/api');
    register();
    return new URL('./bin.ts', import.meta.url).href;
  }
  return pathToFileURL(bundle).href;
}

/** Of all that a bundle is made of: by content, since times of change say little after a checkout. */
function digestOfCompiler() {
  const digest = createHash('sha256').update(readFileSync(new URL(import.meta.url)));
  digest.update(readFileSync(join(root, 'node_modules/.package-lock.json'))); // what is installed, whatever the lock in git wants
  const folder = join(root, 'lib');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  for (const file of files.sort()) digest.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  return digest.digest('hex').slice(0, 32);
}

/** @param {string} outfile */
async function build(outfile) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./bin.ts', import.meta.url))],
    outfile,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'error',
    tsconfigRaw: '{}',
    // They look for files of theirs beside them.
    external: ['@hanazuki/node-jsonnet', '@jitl/*', 'esbuild', 'oxc-parser'],
    // What packages in CommonJS ask for.
    banner: {
      js: "import { createRequire as $requireOf } from 'node:module'; const require = $requireOf(import.meta.url);",
    },
    plugins: [{ name: 'where files are', setup: (setup) => setup.onLoad({ filter: /\.ts$/ }, withItsOwnPlace) }],
  });
  return outputFiles;
}

/**
 * A file of the compiler knows what stands beside it, wherever its bundle is run from.
 *
 * @param {{ path: string }} file
 * @returns {import('esbuild').OnLoadResult}
 */
function withItsOwnPlace({ path }) {
  const place = `new URL(${JSON.stringify(relative(root, path).split(sep).join('/'))}, globalThis.${LOCATION}).href`;
  return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', place), loader: 'ts' };
}

/**
 * Whole or not at all: others may start at the same moment. The bundle is the last, since it is asked for.
 *
 * @param {readonly import('esbuild').OutputFile[]} files
 */
function keep(files) {
  mkdirSync(cache, { recursive: true });
  for (const { path, contents } of files.toSorted(
    (a, b) => Number(b.path.endsWith('.map')) - Number(a.path.endsWith('.map')),
  )) {
    writeFileSync(`${path}.${process.pid}`, contents);
    renameSync(`${path}.${process.pid}`, path);
  }
  const bundles = readdirSync(cache).filter((name) => name.endsWith('.mjs'));
  const age = (/** @type {string} */ name) => statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  for (const name of bundles.sort((a, b) => age(b) - age(a)).slice(KEPT))
    for (const file of [name, `${name}.map`]) rmSync(join(cache, file), { force: true });
}
