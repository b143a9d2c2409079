const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Keeps signals from ending this process between two steps of a write. */
export type Hold = Readonly<{
  /** the first signal that came */
  asked(): NodeJS.Signals | undefined;
  /** Lets a signal that came end the process after all, unless someone else listens for it. */
  release(): Promise<void>;
}>;

export function holdSignals(): Hold {
  let first: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals) => {
    first ??= signal;
  };
  for (const signal of signals) process.on(signal, note);
  return {
    asked: () => first,
    async release() {
      await turn();
      for (const signal of signals) process.off(signal, note);
      if (first && process.listenerCount(first) === 0) process.kill(process.pid, first);
    },
  };
}

/** Lets signals that came be noted: that happens between two turns of the event loop only. */
export async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
