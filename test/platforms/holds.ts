import fc from 'fast-check';
import { beginTrial } from '../../scripts/test/ledger.ts';
import { asTypeScript } from './text.ts';

/**
 * How much is tried: 1 in `npm test`, more at night (`npm run test:deep`). Each property says how many cases it has at 1.
 */
export const strength = Number(process.env.STRENGTH ?? 1);

/**
 * Tries a property on drawn values. What fails is told as the smallest value that was found, a platform as TypeScript to be pasted into
 * a file, with the seed and the path that lead there again.
 *
 * @param runs cases at strength 1
 */
export async function holds<Value>(
  arbitrary: fc.Arbitrary<Value>,
  property: (value: Value) => Promise<unknown> | unknown,
  { runs, shown = (value) => fc.stringify(value) }: { runs: number; shown?: (value: Value) => string },
): Promise<void> {
  const endTrial = beginTrial();
  const result = await fc.check(
    fc.asyncProperty(arbitrary, async (value) => (await property(value)) !== false),
    { numRuns: Math.ceil(runs * strength), ...(process.env.REPLAY && { path: process.env.REPLAY }) },
  );
  endTrial({ cases: result.numRuns, discarded: result.numSkips, seed: result.seed, failed: result.failed });
  if (!result.failed) return;
  const { seed, counterexamplePath, counterexample, numRuns, errorInstance } = result;
  const [value] = counterexample ?? [];
  throw new Error(
    [
      errorInstance instanceof Error ? errorInstance.message : 'the property does not hold',
      '',
      `The smallest case that was found, after ${numRuns}. Again, with this test alone: SEED=${seed} REPLAY=${counterexamplePath}`,
      '',
      value === undefined ? 'none: too few cases were fit to be tried' : shown(value),
    ].join('\n'),
    { cause: errorInstance },
  );
}

/** A property of whole platforms. */
export function holdsFor<Platform>(
  platforms: fc.Arbitrary<Platform>,
  property: (platform: Platform) => Promise<unknown> | unknown,
  { runs }: { runs: number },
): Promise<void> {
  return holds(platforms, property, { runs, shown: asTypeScript });
}
