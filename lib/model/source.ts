import { isDeepStrictEqual } from 'node:util';
import type { Path } from '../finding/finding.ts';
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
    const value = at(model, path.slice(0, end));
    if (value !== undefined && isDeepStrictEqual(at(configuration, written), value)) return written;
  }
  return origin.path;
}

/** `undefined` where there is nothing. */
function at(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
