import assert from 'node:assert/strict';
import type { Json } from '../../lib/json.ts';
import { type Compilation, compileConfiguration, type Judging, type Output } from '../../lib/pipeline.ts';

/** The day on which random platforms are compiled. */
export const TODAY = '2026-01-01';

/** Everything that follows from a configuration. */
export function compiled(configuration: unknown, judging: Judging = {}): Promise<Omit<Compilation, 'files'>> {
  return compileConfiguration(configuration as Json, {
    file: 'platform.config.ts',
    locate: () => undefined,
    today: async () => TODAY,
    ...judging,
  });
}

/** The documents of a platform that is valid. @throws with the findings when it is not */
export async function outputsOf(configuration: unknown): Promise<readonly Output[]> {
  const { outputs, findings } = await compiled(configuration);
  assert.ok(outputs, findings.map(({ code, message, path }) => `${code} at ${path?.join('.')}: ${message}`).join('\n'));
  return outputs;
}
