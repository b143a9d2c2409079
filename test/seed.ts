import fc from 'fast-check';

/**
 * Properties try the same values in every run, so that a red test is red again; `SEED=… npm test` tries others. A property that
 * fails prints the seed and the path to its counterexample. `END_ON_FAILURE`: the first is enough, and is not made smaller.
 */
fc.configureGlobal({
  seed: Number(process.env.SEED ?? 20_260),
  numRuns: Number(process.env.RUNS ?? 100),
  endOnFailure: process.env.END_ON_FAILURE !== undefined,
});
