import { parentPort, workerData } from 'node:worker_threads';
import variant from '@jitl/quickjs-wasmfile-release-sync';
import {
  DefaultIntrinsics,
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { Answer, Preparation, Request } from './evaluate.ts';

/**
 * Runs in a thread of its own (`evaluate.ts` starts it): a loop inside a built-in function, such as `indexOf` on an array-like object
 * of 2^53 elements, never asks QuickJS's interrupt handler, so only ending the thread ends it.
 */

// Some 3,000 calls deep. Each takes more of the host's stack than of this one: `evaluate.ts` gives the thread enough of it.
const STACK_BYTES = 512 * 1024;
// What reading the last position may take after time or memory ran out
const GRACE_MILLISECONDS = 100;
const GRACE_BYTES = 1024 * 1024;

const PAGES_PER_MEGABYTE = 16;
const LEAST_MEGABYTES = 16;

// Types of WebAssembly come with the browser's only.
const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: new (size: object) => object } }).WebAssembly;
// The limit is that of wasm's memory: QuickJS's own does not know how large its allocations are in this build (`malloc_usable_size` is 0).
const { memoryMegabytes, engine } = workerData as Preparation;
const wasmMemory = new Memory({
  initial: LEAST_MEGABYTES * PAGES_PER_MEGABYTE,
  maximum: Math.min(Math.max(LEAST_MEGABYTES, memoryMegabytes), 2048) * PAGES_PER_MEGABYTE,
});
const ready = newQuickJSWASMModuleFromVariant(newVariant(variant.default, { wasmMemory, wasmModule: engine }));
parentPort?.on('message', async (request: Request) => {
  parentPort?.postMessage(answer(await ready, request));
});
ready.then(() => parentPort?.postMessage({ kind: 'ready' }));

function answer(module: QuickJSWASMModule, { prelude, configuration, limits }: Request): Answer {
  const runtime = module.newRuntime();
  runtime.setMaxStackSize(STACK_BYTES);
  let deadline = performance.now() + limits.timeoutMilliseconds;
  runtime.setInterruptHandler(() => performance.now() > deadline);
  const context = runtime.newContext({ intrinsics: { ...DefaultIntrinsics, Date: false, Proxy: false } });

  // A thread serves one request and ends, so handles are not disposed of.
  const setUp = context.evalCode(prelude, 'prelude');
  if (setUp.error) return broken(context, setUp.error);
  const functions = setUp.value;
  const call = (name: string, ...values: QuickJSHandle[]) =>
    context.callFunction(context.getProp(functions, name), context.undefined, ...values);
  try {
    const compiled = context.evalCode(configuration, 'configuration');
    if (compiled.error) return broken(context, compiled.error);
    const passed = ['note', 'target', 'key', 'thrown', 'given', 'deliver'].map((name) =>
      context.getProp(functions, name),
    );
    const made = context.callFunction(compiled.value, context.undefined, ...passed);
    if (made.error) return broken(context, made.error);
    const caps = context.newObject();
    for (const name of ['depth', 'characters', 'text', 'key', 'problems'] as const) {
      context.setProp(caps, name, context.newNumber(limits[name]));
    }
    const main = context.getProp(made.value, 'main');
    const reserve = context.newString(' '.repeat(GRACE_BYTES));
    const result = call('run', main, caps);
    if (!result.error) {
      const text = context.getString(result.value);
      // No memory was left for the text as bytes.
      if (text === '') return outOfMemory;
      if (!text.startsWith('{"failure":')) return { kind: 'delivered', text };
      reserve.dispose();
      return { kind: 'failed', text, ...lastPosition(made.value) };
    }
    reserve.dispose();
    return { ...broken(context, result.error), ...lastPosition(made.value) };
  } catch (error) {
    // The host's stack ended before QuickJS's own did (RangeError), or QuickJS gave up (RuntimeError).
    const message = error instanceof RangeError ? 'stack overflow' : String(error);
    return { kind: 'broken', name: 'InternalError', message, stack: '' };
  }

  function lastPosition(made: QuickJSHandle): { literal?: number; loop?: number } {
    deadline = performance.now() + GRACE_MILLISECONDS;
    try {
      const literal = call('lastLiteral');
      const loop = context.callFunction(context.getProp(made, 'loop'), context.undefined);
      if (literal.error || loop.error) return {};
      return { literal: context.getNumber(literal.value), loop: context.getNumber(loop.value) };
    } catch {
      return {};
    }
  }
}

const outOfMemory: Answer & { kind: 'broken' } = {
  kind: 'broken',
  name: 'InternalError',
  message: 'out of memory',
  stack: '',
};

/** An error that configurations cannot catch, or one of ours. Its properties are the engine's: reading them runs nothing. */
function broken(context: QuickJSContext, error: QuickJSHandle): Answer & { kind: 'broken' } {
  const text = (name: string) =>
    context.typeof(error) === 'object' ? context.getString(context.getProp(error, name)) : '';
  try {
    // Thrown when there is no memory left for an error
    if (context.eq(error, context.null)) return outOfMemory;
    return { kind: 'broken', name: text('name'), message: text('message'), stack: text('stack') };
  } catch {
    return { kind: 'broken', name: '', message: '', stack: '' };
  }
}
