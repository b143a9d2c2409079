import { Worker } from 'node:worker_threads';
import type { Delivery, Failure } from '../derivation.ts';
import { type Compiled, compile } from './scripts.ts';

export type Limits = Readonly<{
  timeoutMilliseconds: number;
  /** levels of nesting of the exported value */
  depth: number;
  /** length of its JSON, about */
  characters: number;
  /** length of one text, and of one key */
  text: number;
  key: number;
  /** after so many bad values the rest is not looked at */
  problems: number;
}>;

/** What a thread starts with: QuickJS, compiled, and how much memory it may have. */
export type Preparation = Readonly<{ engine: WebAssembly.Module; memoryMegabytes: number }>;
export type Request = Readonly<{ prelude: string; configuration: string; limits: Limits }>;
/** `literal`, `loop`: numbers of the literal made last and of the site of the loop run last. */
export type Answer = Readonly<{ literal?: number; loop?: number }> &
  (
    | Readonly<{ kind: 'ready' }>
    | Readonly<{ kind: 'delivered'; text: string }>
    | Readonly<{ kind: 'failed'; text: string }>
    | Readonly<{ kind: 'broken'; name: string; message: string; stack: string }>
  );

/** How an evaluation ended: with a value, with something thrown, or broken off. */
export type Ending = Readonly<
  { kind: 'delivered'; delivery: Delivery } | { kind: 'failed'; failure: Failure; literal?: number; loop?: number }
>;

export type Sandbox = Readonly<{
  /** Evaluates a configuration, once a sandbox. */
  evaluate(configuration: string, limits: Limits): Promise<Ending>;
  stop(): Promise<void>;
}>;

// QuickJS's own limits fire first, unless a built-in function does not ask for them.
const GRACE_MILLISECONDS = 250;
// One QuickJS call takes about three times as much of this stack as of its own.
const THREAD_STACK_MEGABYTES = 32;

/** Starts a sandbox: a thread with QuickJS in it, getting ready while the caller reads and bundles. */
export function startSandbox(memoryMegabytes: number): Sandbox {
  const starting = start(memoryMegabytes);
  // `evaluate` reports it; a caller that stops before has no use for it.
  starting.catch(() => {});
  return {
    async evaluate(configuration, limits) {
      const { worker, prelude, ready } = await starting;
      await ready;
      return new Promise((resolve, reject) => {
        const brokenOff = (message: string) =>
          resolve({ kind: 'failed', failure: { name: 'InternalError', message, stack: '', site: -1, forbidden: '' } });
        const timer = setTimeout(() => brokenOff('interrupted'), limits.timeoutMilliseconds + GRACE_MILLISECONDS);
        worker.on('message', (answer: Answer) => {
          clearTimeout(timer);
          // A fault here must fail this evaluation: thrown in a listener, it would end the process.
          try {
            resolve(endingOf(answer));
          } catch (error) {
            reject(error);
          }
        });
        worker.on('error', (error: Error & { code?: string }) => {
          clearTimeout(timer);
          if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') brokenOff('out of memory');
          else reject(error);
        });
        worker.postMessage({ prelude, configuration, limits } satisfies Request);
      });
    },
    async stop() {
      const started = await starting.catch(() => undefined);
      await started?.worker.terminate();
    },
  };
}

type Started = { worker: Worker; prelude: string; ready: Promise<void> };

/** Once in a process: threads share what is compiled. */
let compiled: Promise<Compiled> | undefined;

async function start(memoryMegabytes: number): Promise<Started> {
  compiled ??= compile();
  const { thread, prelude, engine } = await compiled;
  // A worker's own `require` looks from the working directory.
  const script = `(function (require) {${thread}\n})(require('node:module').createRequire(${JSON.stringify(import.meta.url)}))`;
  const worker = new Worker(script, {
    eval: true,
    // The loaders of this process, such as tsx, would take longer than all the rest.
    execArgv: [],
    env: {},
    workerData: { engine, memoryMegabytes } satisfies Preparation,
    resourceLimits: { stackSizeMb: THREAD_STACK_MEGABYTES },
  });
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  ready.catch(() => {});
  return { worker, prelude, ready };
}

function endingOf(answer: Answer): Ending {
  const { literal, loop } = answer;
  switch (answer.kind) {
    case 'delivered':
      return { kind: 'delivered', delivery: JSON.parse(answer.text) as Delivery };
    case 'failed': {
      const { failure } = JSON.parse(answer.text) as { failure: Failure };
      return { kind: 'failed', failure, literal, loop };
    }
    case 'broken': {
      const { name, message, stack } = answer;
      return { kind: 'failed', failure: { name, message, stack, site: -1, forbidden: '' }, literal, loop };
    }
    case 'ready':
      throw new Error('the sandbox answered before it was asked');
  }
}
