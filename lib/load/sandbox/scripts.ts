import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

/** What a sandbox is started from. */
export type Compiled = Readonly<{
  /** `thread.ts`: the body of a function of `require` */
  thread: string;
  /** `prelude.ts` and its parts: an expression */
  prelude: string;
  /** QuickJS. With it, threads share what V8 optimises of it, which would cost more than all the rest of a start. */
  engine: WebAssembly.Module;
}>;

export async function compile(): Promise<Compiled> {
  const [thread, prelude, engine] = await Promise.all([
    scriptOf('thread', { format: 'cjs', platform: 'node', packages: 'external' }),
    scriptOf('prelude', { format: 'iife', platform: 'neutral', globalName: 'prelude' }),
    compileEngine(),
  ]);
  // In a function, so that the configuration sees no such name
  return { thread, prelude: `(() => {${prelude}\nreturn prelude.default; })()`, engine };
}

/** A TypeScript file beside this one, with what it imports, as plain JavaScript: neither QuickJS nor a thread of Node 20 reads types. */
async function scriptOf(name: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`./${name}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    target: 'es2023',
    tsconfigRaw: '{}',
    logLevel: 'silent',
    ...options,
  });
  return outputFiles?.[0]?.text ?? '';
}

async function compileEngine(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
  // Types of WebAssembly come with the browser's only.
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { compile(bytes: Uint8Array): Promise<object> } };
  return WebAssembly.compile(await readFile(path));
}
