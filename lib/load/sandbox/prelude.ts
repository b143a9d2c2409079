import { failureOf } from './failing.ts';
import { given, key, lastLiteral, note, target, thrown } from './noting.ts';
import { type Limits, read } from './reading.ts';

/**
 * Runs inside the sandbox, as a script, before the configuration: takes away what is not deterministic, freezes what is left (so that
 * nothing below can be tampered with), and gives what the host calls. Bundled by `scripts.ts`: it may import its parts only.
 */

const { stringify } = JSON;
let delivered: unknown;

export default {
  note,
  target,
  key,
  thrown,
  given,
  deliver(value: unknown): void {
    delivered = value;
  },
  lastLiteral: () => lastLiteral,
  /** Runs the configuration. @returns JSON: a `Delivery`, or `{ failure: Failure }` */
  run(configuration: () => void, limits: Limits): string {
    try {
      configuration();
    } catch (error) {
      return stringify({ failure: failureOf(error) });
    }
    return stringify(read(delivered, limits));
  },
};
