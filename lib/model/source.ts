import { isDeepStrictEqual } from 'node:util';
import type { Path } from '../finding/finding.ts';
import { valueAt } from '../json.ts';
import type { Normalised } from './normalise.ts';

/**
 * The path in the configuration that a value of the model comes from: the very value, where the model has it as it was written. What is
 * a default comes from what it is a default of.
 */
export function sourceOf(
  path: Path,
  { model, origins, configuration }: Normalised & { configuration: unknown },
): Path | undefined {
  let length = path.length;
  let origin = origins(path);
  while (origin?.from === 'default' && length > 0) origin = origins(path.slice(0, --length));
  if (!origin || origin.from === 'default') return undefined;
  if (origin.from === 'derivation') return origin.paths[0];
  while (length > 0 && origins(path.slice(0, length - 1)) === origin) length--;
  for (let end = path.length; end > length; end--) {
    const written = [...origin.path, ...path.slice(length, end)];
    const value = valueAt(model, path.slice(0, end));
    if (value !== undefined && isDeepStrictEqual(valueAt(configuration, written), value)) return written;
  }
  return origin.path;
}
